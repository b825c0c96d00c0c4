import type { KeptToken } from "./access-file.ts";
import type { TokenScope } from "./credential.ts";
import { digestOf, newId, newSecret } from "./secret.ts";

/** More than a home has programs that ask. */
export const mostTokens = 50;

/** A token that nobody uses yet, and the text that its owner shows; told apart from other secrets by its beginning. */
export function newToken(
  name: string,
  scope: TokenScope,
  now: number,
): { readonly token: KeptToken; readonly secret: string } {
  const secret = `heatloop_${newSecret()}`;
  return { token: { id: newId(), name, scope, digest: digestOf(secret), created: now, last_used: null }, secret };
}
