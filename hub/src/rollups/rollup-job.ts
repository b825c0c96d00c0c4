import type { Clock } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
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
  const { clock, log } = parts;
  let working = Promise.resolve();
  let isEnded = false;
  const look = inBackground(log, "summing days up", async () => {
    try {
      await sumUpDue(parts, () => isEnded);
    } catch (error) {
      // The days keep their marks, and whoever lost the connection has logged it.
      if (!isAway(error)) throw error;
    }
  });
  let isLooking = false;
  const stopTimer = clock.every(lookedEachMs, () => {
    if (isLooking) return;
    isLooking = true;
    working = look().finally(() => {
      isLooking = false;
    });
  });
  return {
    async stop() {
      isEnded = true;
      stopTimer();
      await working;
    },
  };
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
