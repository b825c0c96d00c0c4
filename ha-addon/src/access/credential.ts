/** What an API token may do. */
export const tokenScopes = ["read", "write"] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Who has shown a password (in a session) or an API token, and holds only as long as that is not ended. */
export type Credential =
  | { readonly kind: "session"; readonly id: string }
  | { readonly kind: "token"; readonly id: string; readonly name: string; readonly scope: TokenScope };
