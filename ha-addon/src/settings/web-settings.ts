import { z } from "zod";
import { hostNameOf } from "../base/host-name.ts";

const nameRule = { error: "a host name such as heatloop.lan, without http:// and port" };

/** `web {...}` of the settings. */
export const webSchema = z.strictObject({
  /** Names by which the page is opened, beside addresses and names that only a home has, such as homeassistant.local. */
  host_names: z
    .array(
      z
        .string(nameRule)
        .trim()
        .max(253, nameRule)
        .refine((name) => !/[:*]/.test(name) && hostNameOf(name) !== undefined, nameRule),
    )
    .max(50)
    .default([]),
});
