import { claimCodeIn } from "@heatloop/core/hub/claim-code";
import { z } from "zod";
import { isSafeUrl } from "./channel-settings.ts";

const urlRule = {
  error:
    "the hub's https:// address without user and password such as https://hub.example.org; http:// only to an address or a " +
    "name of the home",
};
const codeRule = { error: "the claim code that the hub shows, twelve letters and digits such as 7K2M-Q9XA-0FHT" };

const caRule = {
  error:
    "the full path of a file with the certificate (PEM) of the authority that signed the hub's, such as /config/hub-ca.pem; empty " +
    "where every machine knows that authority",
};

/** `hub` of the settings: where this home is seen beside others; empty: nowhere. */
export const hubSchema = z.strictObject({
  /** The hub, with a path where it stands behind one. */
  url: z
    .string(urlRule)
    .trim()
    .max(2_000, urlRule)
    .refine((url) => url === "" || (isSafeUrl(url) && !/[?#]/.test(url)), urlRule)
    .default(""),
  /** The one-time code by which this home becomes a node of the hub; it may stay once that is done. */
  claim_code: z
    .string(codeRule)
    .trim()
    .refine((code) => code === "" || claimCodeIn(code) !== undefined, codeRule)
    .default(""),
  /** Whom the hub's certificate is believed by, where that is an authority of its own; no other server is. */
  ca_file: z
    .string(caRule)
    .trim()
    .max(1_000, caRule)
    .refine((path) => path === "" || path.startsWith("/"), caRule)
    .default(""),
});

export type HubSettings = z.output<typeof hubSchema>;
