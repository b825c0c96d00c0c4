import type { Clock, Stop } from "@heatloop/core/time/clock";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { fullHour } from "./hours.ts";

/** Runs of some work, one at a time: one that is due while another goes on follows it. */
export type HourlyRuns = {
  /** Runs the work after a time, ms, instead of an earlier such request. */
  after(ms: number): void;
  close(): void;
};

/** The last row of an hour is written a little after it. */
const afterHourMs = 5 * minuteMs;

/** Runs work at five past each hour, and when it is requested, if it is possible then. Work that rejects is logged. */
export function hourlyRuns(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly isPossible: () => boolean;
  readonly work: () => Promise<void>;
}): HourlyRuns {
  const { clock, isPossible, work } = parts;
  let isRunning = false;
  let runAgain = false;
  let stopNext: Stop = () => undefined;
  let stopHourly: Stop = () => undefined;

  const run = inBackground(parts.log, "statistics", async () => {
    if (!isPossible()) return;
    if (isRunning) {
      runAgain = true;
      return;
    }
    isRunning = true;
    try {
      await work();
    } finally {
      isRunning = false;
      if (runAgain) after(0);
      runAgain = false;
    }
  });

  function after(ms: number): void {
    stopNext();
    stopNext = clock.after(ms, () => void run());
  }

  function schedule(): void {
    const now = clock.now();
    stopHourly = clock.after(fullHour(now - afterHourMs) + hourMs + afterHourMs - now, () => {
      schedule();
      void run();
    });
  }

  schedule();
  return {
    after,
    close() {
      stopNext();
      stopHourly();
    },
  };
}
