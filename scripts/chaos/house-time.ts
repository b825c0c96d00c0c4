import type { HousePart } from "./part.ts";
import { monotonicMs, type SharedTime, sharedClock } from "./shared-time.ts";

/** The time of the house and of the program in it, ms since the epoch. */
export type HouseTime = {
  now(): number;
  /** What the program's clock shows. */
  programNow(): number;
  speed(): number;
  setSpeed(speed: number): void;
  /** Sets the program's clock so much ahead of the house's. */
  setProgram(aheadMs: number): void;
  programAheadMs(): number;
  /** What a part that starts now is given. */
  of(part: "program" | "other"): SharedTime;
  after(ms: number): Promise<void>;
};

/** Time that begins at `at`; `parts` hands the running ones back, the program first. */
export function startHouseTime(
  at: number,
  speed: number,
  parts: () => readonly [HousePart, ...HousePart[]],
): HouseTime {
  const clock = sharedClock({ at, monotonicMs: monotonicMs(), speed, aheadMs: 0 });
  let aheadMs = 0;
  const of = (part: "program" | "other") => ({ ...clock.time(), aheadMs: part === "program" ? aheadMs : 0 });

  function tellAll(): void {
    const [program, ...others] = parts();
    program.tell(of("program"));
    for (const other of others) other.tell(of("other"));
  }

  return {
    now: clock.now,
    programNow: () => clock.now() + aheadMs,
    speed: () => clock.time().speed,
    setSpeed(changed) {
      clock.set({ at: clock.now(), monotonicMs: monotonicMs(), speed: changed, aheadMs: 0 });
      tellAll();
    },
    setProgram(changed) {
      aheadMs = changed;
      tellAll();
    },
    programAheadMs: () => aheadMs,
    of,
    after: (ms) => new Promise((resolve) => clock.after(ms, resolve)),
  };
}
