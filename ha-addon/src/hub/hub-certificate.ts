import type { PostAnswer } from "../channels/http-post.ts";
import { namesOf, untrusted } from "../mqtt/refusal.ts";
import { readCa } from "../mqtt/server.ts";

/** Asks with the authority in a file, which may be another one each time; without it where the name of the file is empty. */
export async function withAuthority(
  caFile: string,
  ask: (ca: string | undefined) => Promise<PostAnswer>,
): Promise<PostAnswer> {
  let ca: string | undefined;
  try {
    ca = caFile === "" ? undefined : await readCa(caFile, "hub.ca_file");
  } catch (error) {
    return { kind: "broken", error, connected: false };
  }
  return ask(ca);
}

/** What is wrong with the hub's certificate and what to do, a sentence; undefined where that is not why it cannot be reached. */
export function certificateProblem(error: unknown, url: string, caFile: string): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined) return undefined;
  if (untrusted.has(code)) {
    return caFile === ""
      ? "the hub's certificate is of an authority that this machine does not know: ask whoever runs the hub for the authority's certificate (PEM, tls/ca.crt of the hub's folder), save it here, and name the file in hub.ca_file"
      : `the hub's certificate is not of the authority in ${caFile}: save the certificate (PEM) of the authority that signed it there, or empty hub.ca_file where every machine knows that authority`;
  }
  switch (code) {
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `the hub's certificate is not for ${new URL(url).hostname} but for ${namesOf(error)}: use a name of the certificate in hub.url`;
    case "CERT_HAS_EXPIRED":
      return "the hub's certificate has expired: whoever runs the hub has to renew it, unless the date of this machine is wrong";
    case "CERT_NOT_YET_VALID":
      return "the hub's certificate is not valid yet: check the date of this machine";
    default:
      return undefined;
  }
}
