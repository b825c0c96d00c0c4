import type { Stop } from "@heatloop/core/time/clock";
import { messageOf } from "../base/log.ts";
import { watchersOf } from "../base/watchers.ts";
import type { KeptToken } from "./access-file.ts";
import { openAccessStore, type StoreParts } from "./access-store.ts";
import type { Credential, TokenScope } from "./credential.ts";
import { boundedPasswords } from "./password-checks.ts";
import { digestOf } from "./secret.ts";
import { isOver, newSession } from "./session.ts";
import { mostTokens, newToken } from "./token.ts";
import type { Origin } from "./tries.ts";

/** Why a password was not taken. */
export type PasswordRefusal =
  | { readonly ok: false; readonly why: "none is set" | "wrong" | "changed meanwhile" }
  | { readonly ok: false; readonly why: "too many tries"; readonly waitS: number };
/** A session that was begun; its secret is what its owner shows from now on. */
export type BegunSession = { readonly ok: true; readonly secret: string };

/** Who may use a Heatloop that runs by itself: its password, the sessions that it opened, and API tokens. */
export type Access = {
  /** Why nobody is let in until a person mends the file; undefined: all is well. */
  readonly trouble: string | undefined;
  isPasswordSet(): boolean;
  /** Begins a session where the password is right. */
  signIn(password: string, from: Origin): Promise<BegunSession | PasswordRefusal>;
  /**
   * Sets the password: the first one, or instead of `current`. Ends all sessions and begins one for who did it. Rejected,
   * with nothing changed, where it cannot be written.
   */
  setPassword(
    change: { readonly password: string; readonly current: string | undefined },
    from: Origin,
  ): Promise<BegunSession | PasswordRefusal>;
  /** Rejected where it cannot be written: the session has ended all the same, for now. */
  signOut(sessionId: string): Promise<void>;
  /** Of what a session or a token shows; undefined where that is none, or has ended. It counts as used. */
  credentialOf(kind: Credential["kind"], secret: string): Credential | undefined;
  /** Whether it has not ended; it counts as used. */
  holds(credential: Credential): boolean;
  tokens(): readonly KeptToken[];
  /** Undefined where there are too many. Rejected where it cannot be written. */
  addToken(
    name: string,
    scope: TokenScope,
  ): Promise<{ readonly token: KeptToken; readonly secret: string } | undefined>;
  /** False where there is no such token. Rejected where it cannot be written: it has ended all the same, for now. */
  removeToken(id: string): Promise<boolean>;
  /** `ended` is called when sessions or a token end before their time, and when the first password is set. */
  onEnd(ended: () => void): Stop;
  /** Writes what is not written yet. */
  close(): Promise<void>;
};

/** Reads `access.json` of a folder. */
export async function openAccess(parts: StoreParts): Promise<Access> {
  const { clock, log } = parts;
  const store = await openAccessStore(parts);
  const ends = watchersOf<[]>(log, "the end of a session");
  const passwords = boundedPasswords(clock);

  function sessionWhere(isIt: (session: { id: string; digest: string }) => boolean): Credential | undefined {
    const session = store.kept().sessions.find(isIt);
    if (session === undefined || isOver(session, clock.now())) return undefined;
    session.last_seen = clock.now();
    store.used();
    return { kind: "session", id: session.id };
  }

  function tokenWhere(isIt: (token: { id: string; digest: string }) => boolean): Credential | undefined {
    const token = store.kept().tokens.find(isIt);
    if (token === undefined) return undefined;
    token.last_used = clock.now();
    store.used();
    return { kind: "token", id: token.id, name: token.name, scope: token.scope };
  }

  const where = { session: sessionWhere, token: tokenWhere };

  async function signIn(password: string, from: Origin): Promise<BegunSession | PasswordRefusal> {
    const known = store.kept().password;
    if (known === null) return { ok: false, why: "none is set" };
    const checked = await passwords.check(password, known, from);
    if (!checked.ok) {
      if (checked.why === "wrong") log.warn("somebody tried to sign in with a wrong password", { from: from.address });
      return checked;
    }
    const { session, secret } = newSession(clock.now());
    let isChanged = false;
    const held = store.hold((kept) => {
      isChanged = kept.password !== known;
      return isChanged ? undefined : { ...kept, sessions: [session, ...kept.sessions] };
    });
    // A full disk is no reason to keep its owner out.
    await held.catch((error: unknown) => log.warn("a session will not outlive a restart", { why: messageOf(error) }));
    if (isChanged) return { ok: false, why: "changed meanwhile" };
    log.info("signed in", { from: from.address });
    return { ok: true, secret };
  }

  return {
    trouble: store.trouble,
    isPasswordSet: () => store.kept().password !== null,
    signIn,
    async setPassword({ password, current }, from) {
      const known = store.kept().password;
      if (known !== null) {
        if (current === undefined) return { ok: false, why: "wrong" };
        const checked = await passwords.check(current, known, from);
        if (!checked.ok) return checked;
      }
      const fresh = await passwords.hash(password);
      const { session, secret } = newSession(clock.now());
      const isSet = await store.commit((kept) =>
        kept.password === known ? { ...kept, password: fresh, sessions: [session] } : undefined,
      );
      if (!isSet) return { ok: false, why: "changed meanwhile" };
      log.info(known === null ? "a password is set" : "the password was changed", { from: from.address });
      ends.notify();
      return { ok: true, secret };
    },
    async signOut(id) {
      const held = store.hold((kept) => ({ ...kept, sessions: kept.sessions.filter((each) => each.id !== id) }));
      await held.finally(ends.notify);
    },
    credentialOf(kind, secret) {
      const digest = digestOf(secret);
      return where[kind]((each) => each.digest === digest);
    },
    holds: ({ kind, id }) => where[kind]((each) => each.id === id) !== undefined,
    tokens: () => store.kept().tokens,
    async addToken(name, scope) {
      const made = newToken(name, scope, clock.now());
      const isAdded = await store.commit((kept) =>
        kept.tokens.length < mostTokens ? { ...kept, tokens: [...kept.tokens, made.token] } : undefined,
      );
      if (isAdded) log.info("an API token was made", { name, scope });
      return isAdded ? made : undefined;
    },
    async removeToken(id) {
      const token = store.kept().tokens.find((each) => each.id === id);
      if (token === undefined) return false;
      const held = store.hold((kept) => ({ ...kept, tokens: kept.tokens.filter((each) => each.id !== id) }));
      await held.finally(ends.notify);
      log.info("an API token was revoked", { name: token.name });
      return true;
    },
    onEnd: ends.add,
    close: store.close,
  };
}
