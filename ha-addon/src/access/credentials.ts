import type { Clock } from "@heatloop/core/time/clock";
import type { AccessStore } from "./access-store.ts";
import type { Credential } from "./credential.ts";
import { digestOf } from "./secret.ts";
import { isOver } from "./session.ts";

/** What sessions and API tokens are recognized by, and whether they still hold. Both count as used. */
export type Credentials = {
  /** Of what a session or a token shows; undefined where that is none, or has ended. */
  credentialOf(kind: Credential["kind"], secret: string): Credential | undefined;
  /** Whether it has not ended. */
  holds(credential: Credential): boolean;
};

type Kept = { readonly id: string; readonly digest: string };

export function credentialsOf(store: AccessStore, clock: Clock): Credentials {
  function sessionWhere(isIt: (session: Kept) => boolean): Credential | undefined {
    const session = store.kept().sessions.find(isIt);
    if (session === undefined || isOver(session, clock.now())) return undefined;
    session.last_seen = clock.now();
    store.used();
    return { kind: "session", id: session.id };
  }

  function tokenWhere(isIt: (token: Kept) => boolean): Credential | undefined {
    const token = store.kept().tokens.find(isIt);
    if (token === undefined) return undefined;
    token.last_used = clock.now();
    store.used();
    return { kind: "token", id: token.id, name: token.name, scope: token.scope };
  }

  const where = { session: sessionWhere, token: tokenWhere };
  return {
    credentialOf(kind, secret) {
      const digest = digestOf(secret);
      return where[kind]((each) => each.digest === digest);
    },
    holds: ({ kind, id }) => where[kind]((each) => each.id === id) !== undefined,
  };
}
