import type { Clock } from "@heatloop/core/time/clock";
import { hourMs, secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";
import { oneAlone } from "../database/one-alone.ts";
import { startRepeated } from "../database/repeated.ts";
import type { KeptFrom } from "../telemetry/kept-from.ts";
import { type DirtyDay, dueDays, putOff, sumUp } from "./sum-up.ts";

const lookedEachMs = 5 * secondMs;
/** A day that can't be summed up must not keep the others waiting. */
const retryMs = hourMs;

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
  { database, owner, clock, log, keptFrom }: RollupParts,
  isEnded: () => boolean = () => false,
): Promise<void> {
  for (;;) {
    const now = clock.now();
    const days = await dueDays(owner, now);
    let summedUp = 0;
    for (const day of days) {
      if (isEnded()) return;
      const times = { now, keptFrom: await keptFrom() };
      const done = await oneAlone(log, failureOf(day), () => sumUp(database, day, times));
      if (done === undefined) await putOff(database, day, now + retryMs);
      if (done !== false) summedUp += 1;
    }
    if (summedUp === 0) return;
  }
}

function failureOf({ device, date }: DirtyDay) {
  return { message: "a day could not be summed up; it is tried again in an hour", details: { device, date } };
}
