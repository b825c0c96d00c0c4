import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { meterFindings } from "@heatloop/core/house/meter-fit";
import type { Minute } from "@heatloop/core/minute/minute";
import { datesBetween, nextDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { beforeAll, describe, expect, it } from "vitest";
import { watchHouse } from "#test/support/watched-house.ts";

const zone = zoneOf("Europe/Rome") as Zone;
const [from, to] = ["2026-01-08", "2026-01-26"];

/** Some weeks of a simulated winter whose sensors are off; the last day waits for the controller's totals. */
function weeks(off: { readonly flowFactor?: number; readonly returnK?: number }): DayEnergy[] {
  const minutes = new Map<string, Minute[]>(datesBetween(from, to).map((date) => [date, []]));
  const watched = watchHouse({
    from: zone.startOf(from),
    to: zone.endOf(to),
    seed: 3,
    zone,
    hindered({ home }) {
      home.flowSensorFactor = off.flowFactor ?? 1;
      home.returnSensorErrorK = off.returnK ?? 0;
      return {};
    },
  });
  for (const { minute } of watched) if (minute !== undefined) minutes.get(zone.dateOf(minute.at))?.push(minute);
  return [...minutes].map(([date, ofDay]) => {
    const nextDay = minutes.get(nextDate(date)) ?? [];
    return dayEnergy({ date, zone, minutes: ofDay, now: zone.endOf(to), nextDay });
  });
}

describe("weeks of a simulated heat pump beside its controller's totals", () => {
  let right: readonly DayEnergy[];
  beforeAll(() => {
    right = weeks({});
  }, 180_000);

  it("find nothing where the sensors are right", () => {
    expect(right.filter(({ controller }) => controller !== null).length).toBeGreaterThanOrEqual(14);
    expect(meterFindings(right)).toEqual([]);
  });

  it.each([
    [0.92, "shows 8 % too little", 1 / 0.92],
    [1.08, "shows 8 % too much", 1 / 1.08],
  ])(
    "find a flow sensor that is off (x %d, it %s) and offer the factor that makes it right",
    (flowFactor, _what, rightFactor) => {
      const days = weeks({ flowFactor });
      const findings = meterFindings(days);
      expect(findings).toHaveLength(1);
      const [finding] = findings;
      expect(["flow", "heat"]).toContain(finding?.kind);
      const factor = finding !== undefined && "factor" in finding.correction ? finding.correction.factor : Number.NaN;
      expect(Math.abs(factor - rightFactor)).toBeLessThan(0.02);
      expect(finding?.days).toBeGreaterThanOrEqual(14);
    },
    60_000,
  );

  it("find that a return sensor is off, and apply nothing of it by themselves", () => {
    const wrong = weeks({ returnK: 0.5 });
    const [finding] = meterFindings(wrong);
    expect(["temperature", "heat"]).toContain(finding?.kind);
    expect(finding?.ratio).toBeGreaterThan(1.2);
    // Each is by its own sensors: less where the water seems to come back warmer.
    const heatWh = (days: readonly DayEnergy[]) => days.reduce((sum, day) => sum + (day.heatWh ?? 0), 0);
    expect(heatWh(wrong) / heatWh(right)).toBeLessThan(0.9);
  }, 180_000);
});
