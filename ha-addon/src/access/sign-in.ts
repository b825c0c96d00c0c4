import type { Clock } from "@heatloop/core/time/clock";
import { type Log, messageOf } from "@heatloop/program/log";
import type { AccessStore } from "./access-store.ts";
import { boundedPasswords } from "./password-checks.ts";
import { newSession } from "./session.ts";
import type { Origin } from "./tries.ts";

/** Why a password was not taken. */
export type PasswordRefusal =
  | { readonly ok: false; readonly why: "none is set" | "wrong" | "changed meanwhile" }
  | { readonly ok: false; readonly why: "too many tries"; readonly waitS: number };
/** A session that was begun; its secret is what its owner shows from now on. */
export type BegunSession = { readonly ok: true; readonly secret: string };

type PasswordChange = {
  readonly password: string;
  /** The one that it replaces; undefined: there is none. */
  readonly current: string | undefined;
};

/** The password, and the sessions that it begins. */
export type SignIn = {
  isPasswordSet(): boolean;
  /** Begins a session where the password is right. */
  signIn(password: string, from: Origin): Promise<BegunSession | PasswordRefusal>;
  /**
   * Sets the password, ends all sessions and begins one for who did it. Rejected, with nothing changed, where it cannot be
   * written.
   */
  setPassword(change: PasswordChange, from: Origin): Promise<BegunSession | PasswordRefusal>;
  /** Rejected where it cannot be written: the session has ended all the same, for now. */
  signOut(sessionId: string): Promise<void>;
};

/** `ended` is called when sessions end before their time, and when the first password is set. */
export function signInBy(
  store: AccessStore,
  { clock, log, ended }: { readonly clock: Clock; readonly log: Log; readonly ended: () => void },
): SignIn {
  const passwords = boundedPasswords(clock);
  const known = () => store.kept().password;

  async function signIn(password: string, from: Origin): Promise<BegunSession | PasswordRefusal> {
    const checked = known();
    if (checked === null) return { ok: false, why: "none is set" };
    const check = await passwords.check(password, checked, from);
    if (!check.ok) {
      if (check.why === "wrong") log.warn("somebody tried to sign in with a wrong password", { from: from.address });
      return check;
    }
    const { session, secret } = newSession(clock.now());
    const begun = store.hold((kept) =>
      kept.password === checked ? { ...kept, sessions: [session, ...kept.sessions] } : undefined,
    );
    // A full disk is no reason to keep its owner out.
    const isBegun = await begun.catch((error: unknown) => {
      log.warn("a session will not outlive a restart", { why: messageOf(error) });
      return true;
    });
    if (!isBegun) return { ok: false, why: "changed meanwhile" };
    log.info("signed in", { from: from.address });
    return { ok: true, secret };
  }

  async function setPassword({ password, current }: PasswordChange, from: Origin) {
    const before = known();
    if (before !== null) {
      if (current === undefined) return { ok: false, why: "wrong" } as const;
      const check = await passwords.check(current, before, from);
      if (!check.ok) return check;
    }
    const fresh = await passwords.hash(password);
    const { session, secret } = newSession(clock.now());
    const isSet = await store.commit((kept) =>
      kept.password === before ? { ...kept, password: fresh, sessions: [session] } : undefined,
    );
    if (!isSet) return { ok: false, why: "changed meanwhile" } as const;
    log.info(before === null ? "a password is set" : "the password was changed", { from: from.address });
    ended();
    return { ok: true, secret } as const;
  }

  return {
    isPasswordSet: () => known() !== null,
    signIn,
    setPassword,
    async signOut(id) {
      const held = store.hold((kept) => ({ ...kept, sessions: kept.sessions.filter((each) => each.id !== id) }));
      await held.finally(ended);
    },
  };
}
