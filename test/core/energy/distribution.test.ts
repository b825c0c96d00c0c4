import { columnOfDay, columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { distribute } from "@heatloop/core/energy/distribution";
import { usualHeaters } from "@heatloop/core/energy/estimated-use";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

function distributed(minutes: readonly Minute[]) {
  const day = columnsOfMinutes(minutes);
  return distribute(day, 0, columnOfDay(day, "electricity_wh"), usualHeaters);
}

const sum = (values: Iterable<number>) => [...values].reduce((total, wh) => total + wh, 0);
const heating = (from: number, to: number, countedW: number) =>
  Array.from({ length: to - from }, (_, i) => {
    const electricityWh = Math.floor(((i + 1) * countedW) / 6000) * 100 - Math.floor((i * countedW) / 6000) * 100;
    return wholeMinute((from + i) * minuteMs, "heating", { heatWh: 50, electricityWh, hz: 40 });
  });

describe("the electricity of time that was not seen", () => {
  // By the estimate 40 Hz take 820 W; this compressor takes 1500 W.
  const before = heating(0, 120, 1500);
  const back = wholeMinute(180 * minuteMs, "heating", { heatWh: 50, electricityWh: 1500, hz: 40 });

  test("corrects the estimate by the steps seen on the day", () => {
    const { unseen } = distributed([...before, ...heating(120, 150, 1500), ...[back]]);
    expect(unseen).toHaveLength(1);
    expect(unseen[0]).toMatchObject({ from: 150 * minuteMs, minutes: 30 });
    // The minute of the return took 25 of the 1500 Wh, and a step may have been cut before the gap.
    expect(unseen[0]?.wh).toBeGreaterThan(1390);
    expect(unseen[0]?.wh).toBeLessThan(1490);
  });

  test("is that of rows of which nothing is known as well as of minutes without a row", () => {
    const blank = Array.from({ length: 60 }, (_, i) => minuteOf((120 + i) * minuteMs));
    const { unknownWh } = distributed([...before, ...blank, back]);
    expect(sum(unknownWh)).toBeGreaterThan(1440);
    expect(sum(unknownWh)).toBeLessThan(1490);
  });

  test("is nothing where the counter came back unchanged, and what follows is of the time after it", () => {
    const still = wholeMinute(180 * minuteMs, "standby", { heatWh: 0, electricityWh: 0 });
    const { unseen, knownWh } = distributed([
      ...before,
      still,
      wholeMinute(181 * minuteMs, "standby", { heatWh: 0, electricityWh: 100 }),
    ]);
    expect(unseen).toEqual([]);
    expect((knownWh[120] as number) + (knownWh[121] as number)).toBeCloseTo(100, 6);
  });

  test("does not begin before the counter was ever seen", () => {
    const unseen = Array.from({ length: 60 }, (_, i) =>
      wholeMinute(i * minuteMs, "heating", { heatWh: 50, electricityWh: null }),
    );
    const { knownWh } = distributed([...unseen, ...heating(60, 120, 1500)]);
    expect(sum(knownWh.slice(0, 60))).toBe(0);
    expect(sum(knownWh)).toBe(1500);
  });
});
