import { isAddressRange } from "@heatloop/program/ip-address";
import { z } from "zod";
import { hostNameOf } from "../base/host-name.ts";

const nameRule = { error: "a host name such as heatloop.lan, without http:// and port" };
const proxyRule = { error: "an address such as 192.168.1.5, or a range such as 172.18.0.0/16" };
const originRule = { error: "an origin such as http://homeassistant.local:8123, without a path" };

/** `web {...}` of the settings. */
export const webSchema = z.strictObject({
  /** Standing alone: origins whose pages may read the API with an API token, as that of Home Assistant with the card. */
  allowed_origins: z.array(z.string(originRule).trim().refine(isWebOrigin, originRule)).max(50).default([]),
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
  /** Under ingress: whether users of Home Assistant that are no administrators may change things too. */
  others_may_change: z.boolean().default(false),
  /** Standing alone: addresses of proxies whose X-Forwarded headers are believed. */
  trusted_proxies: z.array(z.string(proxyRule).trim().refine(isAddressRange, proxyRule)).max(50).default([]),
});

/** Whether a text is the origin of web pages as a browser sends it in `Origin`. */
function isWebOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
