import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";
import { startRepeated } from "../database/repeated.ts";
import type { KeptFrom } from "../telemetry/kept-from.ts";
import { dueDays, sumUp } from "./sum-up.ts";

const lookedEachMs = 5 * secondMs;

export type RollupParts = {
  readonly database: Database;
  readonly owner: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly keptFrom: KeptFrom;
};

/** Sums up the days that are due, now and then; any number of hubs may, and each day is summed up by one of them. */
export function startRollups(parts: RollupParts): { stop(): Promise<void> } {
  return startRepeated(parts, {
    what: "summing days up",
    eachMs: lookedEachMs,
    work: (isEnded) => sumUpDue(parts, isEnded),
  });
}

/** Sums up all days that are due; `isEnded` breaks it off between two of them. */
export async function sumUpDue(
  { database, owner, clock, keptFrom }: Omit<RollupParts, "log">,
  isEnded: () => boolean = () => false,
): Promise<void> {
  for (;;) {
    const now = clock.now();
    const days = await dueDays(owner, now);
    let summedUp = 0;
    for (const day of days) {
      if (isEnded()) return;
      if (await sumUp(database, day, { now, keptFrom: await keptFrom() })) summedUp += 1;
    }
    if (summedUp === 0) return;
  }
}
