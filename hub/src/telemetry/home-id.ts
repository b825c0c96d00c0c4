import { z } from "zod";

/** How a home names a heat pump. */
export const homeIdSchema = z
  .string()
  .min(1)
  .max(100)
  .refine((name) => !/\p{Cc}/u.test(name), { error: "a name without control characters" })
  .describe("the heat pump's id at home");
