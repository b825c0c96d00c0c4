import { createHmac } from "node:crypto";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { type Allowance, type Failures, waitAfter } from "@heatloop/program/failures";
import { Problem } from "@heatloop/program/http/problem";
import { networkOf } from "@heatloop/program/ip-address";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";

/** Of one network, whoever it tries to be. */
const ofNetwork: Allowance = { free: 10, forgivenAfterMs: 5 * minuteMs, longestWaitMs: 15 * minuteMs };
/** Of one person from everywhere: more than a minute would be a way to lock somebody out. */
const ofPerson: Allowance = { free: 10, forgivenAfterMs: 5 * minuteMs, longestWaitMs: minuteMs };
/** Of one person from where that person has signed in before: what others do elsewhere does not count there. */
const ofKnown: Allowance = { free: 5, forgivenAfterMs: minuteMs, longestWaitMs: minuteMs };

const knownForMs = 90 * dayMs;
const failureForMs = dayMs;

/** Who tries, and from where; `person` is an e-mail address or an id. */
export type LoginOrigin = { readonly person: string; readonly address: string };

/** Bounds how often a password, a code or a link is tried, together with all other hubs. */
export type LoginTries = {
  /** Counts a try as failed until it is said what became of it. Throws a 429 where none may be made. */
  begin(from: LoginOrigin): Promise<BegunTry>;
};

export type BegunTry = {
  /** Somebody is in: what was counted for that person is forgotten. */
  succeeded(): Promise<void>;
  /** It was neither right nor wrong yet, and does not count. */
  takenBack(): Promise<void>;
};

type Counted = { readonly key: Buffer; readonly allowance: Allowance };
type Row = { readonly key: Buffer; readonly failures: number; readonly since: number; readonly isKnown: boolean };

/** `key` is the hubs' own: nobody else finds out of the database who has tried. */
export function sharedTries(database: Database, clock: Clock, key: Buffer): LoginTries {
  const keyOf = (...of: readonly string[]) => createHmac("sha256", key).update(JSON.stringify(of)).digest();
  return {
    async begin({ person, address }) {
      const network = networkOf(address);
      const known: Counted = { key: keyOf("known", person, network), allowance: ofKnown };
      const unknown: readonly Counted[] = [
        { key: keyOf("network", network), allowance: ofNetwork },
        { key: keyOf("person", person), allowance: ofPerson },
      ].sort((a, b) => Buffer.compare(a.key, b.key));
      const now = clock.now();
      const counted = await database.transaction({}, async (queries) => {
        const [pair] = await rowsOf(queries, [known.key]);
        const each = pair?.isKnown ? [known] : unknown;
        const waitMs = await countOf(queries, each, now);
        return { each, waitMs };
      });
      if (counted.waitMs > 0) throw tooMany(counted.waitMs);
      return {
        succeeded: () => forgive(database, counted.each, known.key, clock.now()),
        takenBack: () =>
          database.transaction({}, async (queries) => {
            for (const { key } of counted.each) await queries.change(takeOneBack, [key]);
          }),
      };
    },
  };
}

const takeOneBack = "update login_tries set failures = greatest(failures - 1, 0) where key = $1";

/** Counts a try for each key, or for none where one of them has to wait: ms until the next one may be made. */
async function countOf(queries: Queries, each: readonly Counted[], now: number): Promise<number> {
  const keys = each.map(({ key }) => key);
  for (const key of keys) {
    await queries.change(
      "insert into login_tries (key, since, forget_at) values ($1, $2, $3) on conflict (key) do nothing",
      [key, new Date(now), new Date(now + failureForMs)],
    );
  }
  const rows = await rowsOf(queries, keys, "for update");
  const states = each.map(({ key, allowance }) => {
    const row = rows.find((found) => found.key.equals(key));
    const failures: Failures = { count: row?.failures ?? 0, since: row?.since ?? now };
    return { key, failures, waitMs: waitAfter(failures, allowance, now) };
  });
  const waitMs = Math.max(...states.map((state) => state.waitMs));
  if (waitMs > 0) return waitMs;
  for (const { key, failures } of states) {
    await queries.change(
      "update login_tries set failures = $2, since = $3, forget_at = greatest(forget_at, $4) where key = $1",
      [key, failures.count + 1, new Date(now), new Date(now + failureForMs)],
    );
  }
  return 0;
}

/** Locked in the order of the keys by every hub, so that none waits for the other for ever. */
function rowsOf(queries: Queries, keys: readonly Buffer[], lock = ""): Promise<Row[]> {
  return queries.all<Row>(
    `select key, failures, since, is_known as "isKnown" from login_tries where key = any($1) order by key ${lock}`,
    [keys],
  );
}

/** What was counted for a person is forgotten, and for the network as much as this try; it is known from now on. */
function forgive(database: Database, each: readonly Counted[], known: Buffer, now: number): Promise<void> {
  return database.transaction({}, async (queries) => {
    for (const { key, allowance } of each) {
      const isShared = allowance === ofNetwork;
      await queries.change(isShared ? takeOneBack : "update login_tries set failures = 0 where key = $1", [key]);
    }
    await queries.change(
      `insert into login_tries (key, since, is_known, forget_at) values ($1, $2, true, $3)
       on conflict (key) do update set is_known = true, forget_at = excluded.forget_at`,
      [known, new Date(now), new Date(now + knownForMs)],
    );
  });
}

function tooMany(waitMs: number): Problem {
  const waitS = Math.ceil(waitMs / secondMs);
  return new Problem(429, `Too many tries: wait ${waitS} s before the next one.`, [], { "retry-after": String(waitS) });
}
