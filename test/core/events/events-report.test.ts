import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { dayEvents } from "@heatloop/core/events/day-events";
import { eventsReport } from "@heatloop/core/events/events-report";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch } from "#test/core/examples/example-day.ts";

const zone = romeZone();
const hour = 3600;
const pause = (seconds: number): Stretch => ({ seconds, operation: "standby" });
const heat = (seconds: number): Stretch => ({ seconds, operation: "heating", heatW: 3000 });

/** A day with so many runs of half an hour, the first at 00:30, and then nothing until it ends. */
function dayOf(date: string, runs: number): Minute[] {
  const cycles = Array.from({ length: runs }, () => [pause(hour / 2), heat(hour / 2)]).flat();
  return minutesOf(zone.startOf(date), [...cycles, pause((24 - runs) * hour)]);
}

function runsOf(days: readonly { readonly date: string; readonly minutes: readonly Minute[] }[], now: number) {
  const energy = days.map(({ date, minutes }) => dayEnergy({ date, zone, minutes, now }));
  const events = days.map(({ date, minutes }) => dayEvents({ date, zone, minutes }));
  return eventsReport(events, energy, null)?.cycles;
}

describe("the runs of a range", () => {
  const whole = { date: "2026-11-18", minutes: dayOf("2026-11-18", 8) };
  const half = { date: "2026-11-19", minutes: dayOf("2026-11-19", 20).filter((_, i) => i < 700) };
  const morning = zone.startOf("2026-11-20") + 180 * minuteMs;
  const running = { date: "2026-11-20", minutes: dayOf("2026-11-20", 20).filter(({ at }) => at < morning) };

  it("make a mean of a day from days that are over and were seen whole", () => {
    const runs = runsOf([whole, half, running], morning);
    expect(runs?.starts).toBe(8 + 12 + 3);
    expect(runs).toMatchObject({ wholeDays: 1, startsPerDay: 8 });
    expect(runs?.startsByHour.slice(0, 4)).toEqual([3, 3, 3, 2]);
    expect(runs?.wholeDayStartsByHour).toEqual(Array.from({ length: 24 }, (_, at) => (at < 8 ? 1 : 0)));
  });

  it("are judged by their whole days alone", () => {
    const often = { date: "2026-11-18", minutes: dayOf("2026-11-18", 20) };
    expect(runsOf([often, half], morning)).toMatchObject({ problem: "many_starts", wholeDays: 1 });
    expect(runsOf([whole, half], morning)).toMatchObject({ problem: "none", advice: null });
    expect(runsOf([half, running], morning)).toMatchObject({ problem: null, advice: null });
  });

  it("have no mean of a day where no day is whole", () => {
    expect(runsOf([half, running], morning)).toMatchObject({ wholeDays: 0, startsPerDay: null });
  });
});
