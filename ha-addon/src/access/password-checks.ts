import type { Clock } from "@heatloop/core/time/clock";
import PQueue from "p-queue";
import { hashOfPassword, isPassword, type PasswordHash } from "./password.ts";
import { boundedTries, type Origin } from "./tries.ts";

/** scrypt takes 16 MB and one of the four threads that also write files. */
const mostAtOnce = 2;
const mostWaiting = 8;
const busyWaitS = 5;

export type PasswordCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: "wrong" }
  | { readonly ok: false; readonly why: "too many tries"; readonly waitS: number };

/** Passwords tried and hashed, bounded in how often and in how many at once. */
export type PasswordChecks = {
  check(password: string, kept: PasswordHash, from: Origin): Promise<PasswordCheck>;
  hash(password: string): Promise<PasswordHash>;
};

export function boundedPasswords(clock: Clock): PasswordChecks {
  const tries = boundedTries(clock);
  const turns = new PQueue({ concurrency: mostAtOnce });
  return {
    async check(password, kept, from) {
      if (turns.size >= mostWaiting) return { ok: false, why: "too many tries", waitS: busyWaitS };
      const begun = tries.begin(from);
      if (!begun.ok) return { ok: false, why: "too many tries", waitS: begun.waitS };
      if (!(await turns.add(() => isPassword(password, kept)))) return { ok: false, why: "wrong" };
      begun.succeeded();
      return { ok: true };
    },
    hash: (password) => turns.add(() => hashOfPassword(password)),
  };
}
