import { isAddressRange } from "@heatloop/program/ip-address";
import { z } from "zod";

const form =
  "addresses and ranges of the proxies in front of the hub, with commas between them: 127.0.0.1, 172.18.0.0/16";

/** `HUB_TRUSTED_PROXIES`: who is believed in what `X-Forwarded-For` says; a list, empty where it is not set. */
export const trustedProxies = z
  .string()
  .default("")
  .refine((text) => rangesIn(text).every(isAddressRange), { error: form })
  .transform(rangesIn);

function rangesIn(text: string): string[] {
  return text
    .split(",")
    .map((range) => range.trim())
    .filter((range) => range !== "");
}
