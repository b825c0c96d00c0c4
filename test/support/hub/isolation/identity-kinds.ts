import { type FuzzIdentity, sameHeaders } from "./fuzz-identity.ts";
import type { FuzzedHub } from "./fuzzed-hub.ts";
import { nodeIdentities } from "./node-identities.ts";
import { sessionIdentities } from "./session-identities.ts";
import { tokenIdentities } from "./token-identities.ts";

/** Makes the identities of one kind: those that hold, and those that do no more or never did. */
export type IdentityKind = (hub: FuzzedHub) => Promise<readonly FuzzIdentity[]>;

/** Each kind of proof that a hub takes: one row. */
export const identityKinds: Readonly<Record<string, IdentityKind>> = {
  nobody: async () => [{ name: "nobody", tenants: [], isValid: true, headersFor: sameHeaders({}) }],
  "the cookie of a session": sessionIdentities,
  "a signature": nodeIdentities,
  "a token": tokenIdentities,
};
