import { z } from "zod";

/** `card {...}` of the settings. */
export const cardSchema = z.strictObject({
  /** Whether the card is put into Home Assistant; null: only under the Supervisor. */
  install: z.boolean().nullable().default(null),
});
