import { counterError } from "@heatloop/core/energy/counter-error";
import { columnOfDay, columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { dayWindow } from "@heatloop/core/energy/day-window";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { describe, expect, test } from "vitest";
import { minuteOf } from "#test/core/examples/example-minutes.ts";

const rome = zoneOf("Europe/Rome") as Zone;

/** Hours of a local day in which the counter is seen, and what it shows at an hour; 1 kW throughout. */
type Seen = readonly (readonly [from: number, to: number])[];

/** A heat pump that takes 1 kW, counted from the controller's midnight, `lateH` after ours. */
function dayOf(date: string, seen: Seen, lateH: number, shownOnTheDayBefore?: number) {
  const startAt = rome.startOf(date);
  let shownBefore = shownOnTheDayBefore;
  const minutes = seen.flatMap(([from, to]) =>
    Array.from({ length: (to - from) * 60 }, (_, i) => {
      const hour = from + (i + 1) / 60;
      // Before its midnight it still counts the day before.
      const kwh = Math.floor((hour > lateH ? hour - lateH : hour + 24 - lateH) * 10 + 1e-9) / 10;
      const step = shownBefore === undefined ? 0 : kwh < shownBefore ? kwh : kwh - shownBefore;
      shownBefore = kwh;
      return minuteOf(
        startAt + from * hourMs + i * minuteMs,
        { electricity_wh: Math.round(step * 1000) },
        { daily_electricity: kwh },
      );
    }),
  );
  return columnsOfMinutes(minutes);
}

function errorOf(
  date: string,
  seen: Seen,
  more: { readonly lateH?: number; readonly next?: Seen; readonly now?: number; readonly before?: number } = {},
) {
  const lateH = more.lateH ?? 0;
  const day = dayOf(date, seen, lateH, more.before);
  const next = more.next && dayOf("2026-01-16", more.next, lateH);
  const window = dayWindow({ date, zone: rome, now: more.now ?? Number.POSITIVE_INFINITY, day, next });
  const countedWh = columnOfDay(day, "electricity_wh").reduce((sum, wh) => sum + wh, 0);
  return { error: counterError({ ...window, countedWh }), countedWh };
}

const winter = "2026-01-15";
const summer = "2026-07-15";

describe("what the counter leaves out of a day", () => {
  test("is nothing on a day that was seen, but for the last step that was not full", () => {
    const { error } = errorOf(winter, [[0, 24]]);
    expect(error).toMatchObject({ wh: 0, deviationWh: 0, stepsWh: 50 });
    expect(error?.stepsHalfWh).toBeGreaterThan(50);
    expect(error?.stepsHalfWh).toBeLessThan(110);
  });

  test("is a step more at each border where the controller's clock knows no DST", () => {
    const { error } = errorOf(summer, [[0, 24]], { lateH: 1 });
    // In at our midnight, out at the controller's, in at our next one.
    expect(error?.stepsWh).toBe(50);
    expect(error?.stepsHalfWh).toBeGreaterThan(100);
  });

  test("is what was used in the hours before midnight that were not seen", () => {
    const { error } = errorOf(winter, [[0, 20]]);
    expect(error?.wh).toBeGreaterThan(3900);
    expect(error?.wh).toBeLessThan(4100);
    expect(error?.deviationWh).toBeGreaterThan(2000);
  });

  test("is nothing where the counter started at midnight and was seen again in the morning", () => {
    expect(errorOf(winter, [[8, 24]], { before: 22 }).error).toMatchObject({ wh: 0, deviationWh: 0 });
  });

  test("is what it shows at first where it was never seen before", () => {
    expect(errorOf(winter, [[8, 24]]).error?.wh).toBeCloseTo(8000, -2);
  });

  test("is the hour before the controller's midnight in summer, after a night that was not seen", () => {
    const { error } = errorOf(summer, [[8, 24]], { lateH: 1, before: 22 });
    expect(error?.wh).toBeGreaterThan(800);
    expect(error?.wh).toBeLessThan(1200);
    expect(error?.deviationWh).toBeGreaterThan(500);
  });

  test("is unknown where the counter was never seen", () => {
    expect(errorOf(winter, []).error).toBeNull();
  });

  test("of a running day ends now", () => {
    const now = rome.startOf(winter) + 10 * hourMs;
    expect(errorOf(winter, [[0, 10]], { now }).error).toMatchObject({ wh: 0, deviationWh: 0 });
  });
});

test("steps that can't be read are missing, not nothing, as far as the counter shows them", () => {
  const day = dayOf(winter, [[0, 24]], 0);
  const steps = columnOfDay(day, "electricity_wh");
  for (let row = 60; row < 180; row += 1) steps[row] = Number.NaN;
  const countedWh = steps.reduce((sum, wh) => sum + (wh || 0), 0);
  const window = dayWindow({ date: winter, zone: rome, now: Number.POSITIVE_INFINITY, day, next: undefined });
  expect(countedWh).toBe(22_000);
  expect(counterError({ ...window, countedWh })?.wh).toBe(2000);
});
