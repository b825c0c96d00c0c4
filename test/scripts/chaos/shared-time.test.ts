import { expect, it, onTestFinished } from "vitest";
import { monotonicMs, type SharedTime, sharedClock } from "#scripts/chaos/shared-time.ts";
import { waitFor } from "#test/support/wait-for.ts";

const startAt = Date.parse("2026-10-25T01:00:00Z");
const dayMs = 86_400_000;
const still = (): SharedTime => ({ at: startAt, monotonicMs: monotonicMs(), speed: 1e-9, aheadMs: 0 });

it("two clocks of one time show the same", () => {
  const time = { at: startAt, monotonicMs: monotonicMs() - 1000, speed: 60, aheadMs: 0 };
  const [one, other] = [sharedClock(time), sharedClock(time)];
  expect(Math.abs(one.now() - other.now())).toBeLessThan(60_000);
  expect(one.now()).toBeGreaterThanOrEqual(startAt + 60_000);
});

it("a timer that waits for a day is due soon once time goes faster", async () => {
  const clock = sharedClock(still());
  let rang = false;
  onTestFinished(
    clock.after(dayMs, () => {
      rang = true;
    }),
  );
  clock.set({ ...still(), at: clock.now(), speed: 1e9 });
  await waitFor(() => rang, "the timer rings");
});

it("a clock that is set shows it, and no timer notices", () => {
  const clock = sharedClock(still());
  let rang = false;
  onTestFinished(
    clock.after(1000, () => {
      rang = true;
    }),
  );
  clock.set({ ...clock.time(), aheadMs: dayMs });
  expect(Math.round(clock.now())).toBe(startAt + dayMs);
  expect(rang).toBe(false);
});

it("what comes each second goes on until it is stopped, also after another speed", async () => {
  const clock = sharedClock({ ...still(), speed: 100 });
  let count = 0;
  const stop = clock.every(1000, () => {
    count += 1;
  });
  await waitFor(() => count >= 2, "it comes");
  clock.set({ ...clock.time(), at: clock.now(), monotonicMs: monotonicMs(), speed: 1000 });
  await waitFor(() => count >= 5, "it comes again");
  stop();
  const stoppedAt = count;
  const passed = clock.now() + 5_000;
  await waitFor(() => clock.now() > passed, "time goes on");
  expect(count).toBe(stoppedAt);
});
