import { timelineOf } from "@heatloop/core/energy/timeline";
import { findingsOf, joinFindings } from "@heatloop/core/events/findings";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { nextDate } from "@heatloop/core/time/local-day";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch, withElectricity } from "#test/core/examples/example-day.ts";

const zone = romeZone();
const date = "2026-02-03";
const startAt = zone.startOf(date);

type Points = NonNullable<Stretch["points"]>;
const normal: Points = { flow_temperature: 35, return_temperature: 30, outdoor_temperature: 3, flow_rate: 17 };

function heating(minutes: number, heatW: number, points: Points = {}): Stretch {
  return { seconds: minutes * 60, operation: "heating", heatW, points: { ...normal, ...points } };
}
const pause = (minutes: number, points: Points = {}): Stretch => ({
  seconds: minutes * 60,
  operation: "standby",
  points: { ...normal, flow_temperature: 28, return_temperature: 28, ...points },
});

/** A step of 0.1 kWh every six minutes: 1 kW. */
const oneKilowatt = (minutes: readonly Minute[]) =>
  withElectricity(minutes, ({ at }) => (((at - startAt) / minuteMs) % 6 === 5 ? 100 : 0));

function findings(minutes: readonly Minute[]) {
  return findingsOf(timelineOf({ date, zone, minutes })).findings.map(({ name, from, to, minutes: count, point }) => [
    name,
    (from - startAt) / minuteMs,
    (to - startAt) / minuteMs,
    count,
    point,
  ]);
}

describe("a plausible day", () => {
  it("has no findings", () => {
    const cycles = Array.from({ length: 12 }, (_, i) => [
      pause(10),
      heating(30, 3000 + 100 * i, { flow_temperature: 33 + i / 2 }),
    ]).flat();
    expect(findings(oneKilowatt(minutesOf(startAt, cycles)))).toEqual([]);
  });
});

describe("air in the circuit", () => {
  it("is heat that is not counted although the flow is warm and the compressor runs", () => {
    expect(
      findings(minutesOf(startAt, [heating(20, 4000), heating(5, 0, { flow_rate: 0 }), heating(20, 4000)])),
    ).toEqual([["air_in_circuit", 20, 25, 5, null]]);
  });

  it.each<[string, Stretch]>([
    ["a single minute", heating(1, 0)],
    ["a small temperature difference", heating(5, 0, { return_temperature: 34 })],
    ["cool water", heating(5, 0, { flow_temperature: 29, return_temperature: 25 })],
    ["standby", pause(5, { flow_temperature: 35 })],
    ["a defrost", { ...heating(5, 0), operation: "defrost" }],
  ])("is not found in %s", (_, stretch) => {
    expect(findings(minutesOf(startAt, [heating(20, 4000), stretch, heating(20, 4000)]))).toEqual([]);
  });
});

describe("a flow below the minimum", () => {
  it("is reported with the lowest flow", () => {
    const minutes = minutesOf(startAt, [
      heating(20, 4000),
      heating(4, 1500, { flow_rate: 4 }),
      heating(3, 1200, { flow_rate: 3 }),
      heating(9, 4000),
    ]);
    const [finding] = findingsOf(timelineOf({ date, zone, minutes })).findings;
    expect(finding).toMatchObject({ name: "flow_below_minimum", minutes: 7, value: 3 });
  });

  it("is that of the unit's data sheet where it is given", () => {
    const timeline = timelineOf({ date, zone, minutes: minutesOf(startAt, [heating(20, 4000, { flow_rate: 9 })]) });
    expect(findingsOf(timeline).findings).toEqual([]);
    expect(findingsOf(timeline, { leastFlowLMin: 10 }).findings).toHaveLength(1);
  });
});

describe("a COP that can't be", () => {
  it.each([
    ["negative", -500, "negative_cop"],
    ["below one", 500, "cop_below_one"],
    ["above ten", 13_000, "impossible_cop"],
    ["above 70 % of Carnot", 6800, "impossible_cop"],
  ])("is reported: %s", (_, heatW, name) => {
    // 35 °C flow at 3 °C outdoors: Carnot 7.8.
    const found = findings(oneKilowatt(minutesOf(startAt, [pause(10), heating(130, heatW)])));
    expect(found.map(([each]) => each)).toEqual([name]);
    expect(Number(found[0]?.[3])).toBeGreaterThanOrEqual(90);
  });

  it.each([
    ["a good COP", 4500],
    ["a COP just below one within a step of the counter", 900],
  ])("is not %s", (_, heatW) => {
    expect(findings(oneKilowatt(minutesOf(startAt, [pause(10), heating(130, heatW)])))).toEqual([]);
  });

  it("is not found in a defrost and the time after it, nor with the immersion heater on", () => {
    const defrost: Stretch = { ...heating(6, -4000), operation: "defrost" };
    const icy = Array.from({ length: 10 }, () => [heating(9, 600), defrost]).flat();
    expect(findings(oneKilowatt(minutesOf(startAt, icy)))).toEqual([]);
    expect(findings(oneKilowatt(minutesOf(startAt, [heating(200, 500, { immersion_heater: 60 })])))).toEqual([]);
  });

  it("is reported for cooling too, where Carnot of heating means nothing", () => {
    const cooling = (heatW: number): Stretch => ({
      ...heating(130, heatW, { flow_temperature: 16, outdoor_temperature: 30 }),
      operation: "cooling",
    });
    expect(findings(oneKilowatt(minutesOf(startAt, [pause(10), cooling(4000)])))).toEqual([]);
    expect(findings(oneKilowatt(minutesOf(startAt, [pause(10), cooling(500)]))).map(([name]) => name)).toEqual([
      "cop_below_one",
    ]);
  });
});

describe("a stuck sensor", () => {
  const alive = (i: number): Points => ({ flow_temperature: 33 + (i % 3) / 2, return_temperature: 29 + (i % 2) / 2 });
  const cycles = (points: (i: number) => Points) =>
    Array.from({ length: 8 }, (_, i) => [pause(15, points(2 * i)), heating(25, 4000, points(2 * i + 1))]).flat();

  it("is a flow temperature that does not move while the compressor starts and stops", () => {
    const found = findings(
      minutesOf(
        startAt,
        cycles((i) => ({ ...alive(i), flow_temperature: 34 })),
      ),
    );
    expect(found.filter(([, , , , point]) => point === "flow_temperature")).toEqual([
      ["stuck_sensor", 0, 320, 320, "flow_temperature"],
    ]);
  });

  it("is not a flow temperature that does not move in steady running", () => {
    expect(
      findings(minutesOf(startAt, [heating(300, 4000, { outdoor_temperature: 3 })])).filter(
        ([, , , , point]) => point === "flow_temperature",
      ),
    ).toEqual([]);
  });

  it("is a return temperature only after hours, for a warm floor holds it", () => {
    const still = (i: number) => ({ ...alive(i), return_temperature: 27.5 });
    const ofReturn = (rows: readonly unknown[][]) => rows.filter(([, , , , point]) => point === "return_temperature");
    expect(ofReturn(findings(minutesOf(startAt, cycles(still).slice(0, 6))))).toEqual([]);
    expect(ofReturn(findings(minutesOf(startAt, cycles(still))))).toHaveLength(1);
  });

  it("is a tank that does not warm in half an hour of charging", () => {
    const charging = (minutes: number): Stretch => ({
      ...heating(minutes, 4000, { dhw_temperature: 43 }),
      operation: "hot_water",
    });
    expect(findings(minutesOf(startAt, [pause(10), charging(45)])).filter(([name]) => name === "stuck_sensor")).toEqual(
      [["stuck_sensor", 10, 55, 45, "dhw_temperature"]],
    );
    expect(findings(minutesOf(startAt, [pause(10), charging(20)]))).toEqual([]);
    expect(findings(minutesOf(startAt, [pause(10), heating(45, 4000, { dhw_temperature: 43 })]))).toEqual([]);
  });

  it("is an electricity counter that does not move through an hour of running", () => {
    const still = (minutes: number) =>
      minutesOf(startAt, [pause(5), heating(minutes, 4000, { daily_electricity: 4.2 })]);
    expect(findings(still(90)).map(([, , , , point]) => point)).toEqual(["daily_electricity"]);
    expect(findings(still(45))).toEqual([]);
  });

  it("is the outdoor temperature on two days at the same degree; one day of fog is not", () => {
    const foggy = (on: string, outdoor_temperature: number) =>
      findingsOf(
        timelineOf({ date: on, zone, minutes: minutesOf(zone.startOf(on), [pause(1440, { outdoor_temperature })]) }),
      );
    const [first, second, third] = [date, nextDate(date), nextDate(nextDate(date))] as [string, string, string];
    expect(joinFindings([foggy(first, 4), foggy(second, 5)])).toEqual([]);
    expect(joinFindings([foggy(first, 4), foggy(third, 4)])).toEqual([]);
    expect(joinFindings([foggy(first, 3), foggy(second, 4), foggy(third, 4)])).toEqual([
      {
        name: "stuck_sensor",
        from: zone.startOf(second),
        to: zone.endOf(third),
        minutes: 2880,
        point: "outdoor_temperature",
        value: 4,
      },
    ]);
  });
});
