import { Problem } from "@heatloop/program/http/problem";
import { argon2idOf, isArgon2id, isOutdated, noPassword } from "./argon2id.ts";

/** Each takes 19 MiB and one of the four threads that also resolve names and read files. */
const mostAtOnce = 2;
const mostWaiting = 16;
const busyWaitS = 5;

/** Passwords hashed and compared, at most two at a time. Throws a 429 where too many wait already. */
export type Passwords = {
  /** What is kept of a password. */
  hash(password: string): Promise<string>;
  /**
   * Whether it is the password that `kept` was made of; undefined: there is none, which takes the same time and is never right.
   * `isOutdated`: it was made with other parameters, and should be made anew.
   */
  compare(
    password: string,
    kept: string | undefined | null,
  ): Promise<{ readonly isRight: boolean; readonly isOutdated: boolean }>;
};

export function boundedPasswords(): Passwords {
  const inTurn = turns(mostAtOnce, mostWaiting);
  return {
    hash: (password) => inTurn(() => argon2idOf(password)),
    async compare(password, kept) {
      const isSame = await inTurn(() => isArgon2id(password, kept ?? noPassword));
      return { isRight: isSame && typeof kept === "string", isOutdated: typeof kept === "string" && isOutdated(kept) };
    },
  };
}

/** Runs work of which only so many pieces may run at once. */
function turns(atOnce: number, waitingAtMost: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw busy();
      await new Promise<void>((begin) => waiting.push(begin));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

function busy(): Problem {
  return new Problem(429, `Too many people are signing in at once: try again in ${busyWaitS} s.`, [], {
    "retry-after": String(busyWaitS),
  });
}
