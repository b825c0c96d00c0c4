import type { SignatureKey } from "@heatloop/program/http-signature";
import { signRequest } from "@heatloop/program/signed-request";

/**
 * Posts JSON as a node does that signs it; `at`: by its clock, ms since the epoch, and now where it is not given. Rejected where there is
 * no answer.
 */
export async function signedPost(
  url: string,
  body: Buffer,
  by: SignatureKey & { readonly keyId: string },
  how: {
    readonly at?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Response> {
  const { at = Date.now(), headers, signal } = how;
  const signed = await signRequest({ method: "POST", url, body }, by, at);
  return fetch(url, {
    method: "POST",
    body: new Uint8Array(body),
    headers: { "content-type": "application/json", ...headers, ...signed },
    ...(signal && { signal }),
  });
}
