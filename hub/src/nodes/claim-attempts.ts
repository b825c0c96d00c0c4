import { createHash } from "node:crypto";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import { networkOf } from "@heatloop/program/ip-address";
import type { Database } from "../database/database.ts";

/** So many wrong codes of one address are taken in so long a time; the window begins with the first. */
const mostAttempts = 10;
export const attemptsWindowMs = 10 * minuteMs;

/** Tries of codes by the network of one address, counted in the database for all hubs together. */
export type ClaimAttempts = {
  /** Counts a try before it is made; throws a `Problem` (429) where there were too many. */
  begin(now: number): Promise<void>;
  /** A try that had a right code does not count. */
  wasRight(): Promise<void>;
};

export function claimAttemptsOf(database: Database, address: string): ClaimAttempts {
  const secret = createHash("sha256")
    .update(`claims from ${networkOf(address)}`)
    .digest();
  return {
    async begin(now) {
      const row = await database.transaction({ secret }, (queries) =>
        queries.first<{ attempts: number; since: number }>(
          `insert into claim_attempts as known (source, since, attempts) values ($1, $2, 1)
           on conflict (source) do update set
             since = case when known.since < $3 then $2 else known.since end,
             attempts = case when known.since < $3 then 1 else known.attempts + 1 end
           returning attempts, since`,
          [secret, new Date(now), new Date(now - attemptsWindowMs)],
        ),
      );
      if (row === undefined || row.attempts <= mostAttempts) return;
      const waitS = Math.max(1, Math.ceil((row.since + attemptsWindowMs - now) / secondMs));
      throw new Problem(429, `Too many wrong codes from this address: try again in ${waitS} s.`, [], {
        "retry-after": String(waitS),
      });
    },
    async wasRight() {
      await database.transaction({ secret }, (queries) =>
        queries.change("update claim_attempts set attempts = attempts - 1 where source = $1 and attempts > 0", [
          secret,
        ]),
      );
    },
  };
}
