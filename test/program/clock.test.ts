import { dayMs } from "@heatloop/core/time/durations";
import { systemClock } from "@heatloop/program/clock";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

// The machine's timers and clocks are the other side here.
beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21), toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the system clock", () => {
  it("has the machine's time", () => {
    const clock = systemClock();
    expect(clock.now()).toBe(Date.UTC(2026, 10, 21));
    vi.advanceTimersByTime(1234);
    expect(clock.now()).toBe(Date.UTC(2026, 10, 21) + 1234);
  });

  it.each([0, 1, 1000, 24.8 * dayMs, 30 * dayMs, 400 * dayMs])("runs work once, %d ms from now, not before", (ms) => {
    const work = vi.fn();
    systemClock().after(ms, work);
    vi.advanceTimersByTime(Math.max(0, ms - 1));
    expect(work).toHaveBeenCalledTimes(ms === 0 ? 1 : 0);
    vi.advanceTimersByTime(1);
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(500 * dayMs);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("runs nothing once it is stopped, even in the middle of a wait longer than a timer can be", () => {
    const work = vi.fn();
    const stop = systemClock().after(60 * dayMs, work);
    vi.advanceTimersByTime(50 * dayMs);
    stop();
    vi.advanceTimersByTime(50 * dayMs);
    expect(work).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("repeats work in its rhythm until it is stopped", () => {
    const at: number[] = [];
    const clock = systemClock();
    const start = clock.now();
    const stop = clock.every(1000, () => at.push(clock.now() - start));
    vi.advanceTimersByTime(5500);
    stop();
    vi.advanceTimersByTime(5000);
    expect(at).toEqual([1000, 2000, 3000, 4000, 5000]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not drift when each timer is late", () => {
    const clock = systemClock();
    let elapsedMs = 0;
    const elapsed = vi.spyOn(performance, "now").mockImplementation(() => elapsedMs);
    const waits: number[] = [];
    const timer = vi.spyOn(globalThis, "setTimeout");
    const stop = clock.every(1000, () => {});
    for (const late of [1007, 2030, 3001, 3999.7, 5012]) {
      elapsedMs = late;
      vi.runOnlyPendingTimers();
    }
    stop();
    for (const [, ms] of timer.mock.calls) waits.push(ms ?? 0);
    expect(waits).toEqual([1000, 993, 970, 999, 1001, 988]);
    timer.mockRestore();
    elapsed.mockRestore();
  });

  it("can be stopped by the work itself", () => {
    const clock = systemClock();
    let runs = 0;
    const stop = clock.every(10, () => {
      runs += 1;
      if (runs === 3) stop();
    });
    vi.advanceTimersByTime(1000);
    expect(runs).toBe(3);
  });

  it.each([-3_600_000, 3_600_000])("keeps its rhythm when the wall clock is set by %d ms", (shift) => {
    const clock = systemClock();
    let runs = 0;
    const stop = clock.every(1000, () => (runs += 1));
    vi.advanceTimersByTime(1500);
    vi.setSystemTime(clock.now() + shift);
    vi.advanceTimersByTime(2000);
    stop();
    expect(runs).toBe(3);
  });

  it("leaves out what it was too busy for", () => {
    const clock = systemClock();
    let runs = 0;
    const elapsed = vi.spyOn(performance, "now");
    const stop = clock.every(1000, () => (runs += 1));
    elapsed.mockImplementation(() => 3_600_000);
    vi.advanceTimersByTime(1000);
    expect(runs).toBe(1);
    vi.advanceTimersByTime(999);
    expect(runs).toBe(1);
    vi.advanceTimersByTime(1);
    expect(runs).toBe(2);
    stop();
    elapsed.mockRestore();
  });

  it.each([0, -1, Number.NaN])("refuses an interval of %d ms", (ms) => {
    expect(() => systemClock().every(ms, () => {})).toThrow("above 0 ms");
  });
});
