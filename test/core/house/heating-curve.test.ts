import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { dayEvents } from "@heatloop/core/events/day-events";
import { emittedW } from "@heatloop/core/house/emitters";
import { type HeatingSetup, heatingCurve } from "@heatloop/core/house/heating-curve";
import { dateAfter } from "@heatloop/core/time/local-day";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch, withElectricity } from "#test/core/examples/example-day.ts";

const zone = romeZone();
const firstDate = "2026-01-10";

/** 160 W/K below 16 °C, radiators of 9 kW at 50 K in rooms of 20 °C, 860 L/h. */
const truth = { coefficient: 9000 / 50 ** 1.3, exponent: 1.3 };
const demandW = (outdoorC: number) => 160 * (16 - outdoorC);
const flowC = (outdoorC: number) =>
  20 + (demandW(outdoorC) / truth.coefficient) ** (1 / 1.3) + demandW(outdoorC) / 1000 / 2;

/** A day without a break at one outdoor temperature, as the house needs it. */
function heatedDay(outdoorC: number, more: Stretch["points"] = {}): Stretch[] {
  const points = {
    outdoor_temperature: outdoorC,
    flow_temperature: flowC(outdoorC),
    return_temperature: flowC(outdoorC) - demandW(outdoorC) / 1000,
    flow_rate: 14.3,
    zone_1_room_temperature: 20,
    zone_1_operating_mode: "heat_compensation_curve",
    zone_1_flow_setpoint: 30 - outdoorC / 2,
    ...more,
  };
  return [{ seconds: 86_400, operation: "heating", heatW: demandW(outdoorC), points }];
}

/** The same house with a pump that stops whenever the heat pump does. */
function intermittentDay(outdoorC: number): Stretch[] {
  return Array.from({ length: 24 }, () => [
    ...heatedDay(outdoorC).map((heated) => ({ ...heated, seconds: 1800, heatW: 2 * demandW(outdoorC) })),
    { seconds: 1800, operation: "standby" as const, points: { outdoor_temperature: outdoorC, flow_rate: 0 } },
  ]).flat();
}

const winter = Array.from({ length: 14 }, (_, i) => (i % 11) - 4);
const usualSetup: HeatingSetup = { emitterKind: "radiators", zones: 1, designTemperatureC: -10 };

function curveOf(days: readonly (readonly Stretch[])[], setup: Partial<HeatingSetup> = {}, from = firstDate) {
  const made = days.map((stretches, i) => {
    const date = dateAfter(firstDate, i);
    const heated = minutesOf(zone.startOf(date), stretches);
    const minutes = withElectricity(heated, ({ figures }) => Math.round((figures.heat_wh ?? 0) / 4));
    return {
      energy: dayEnergy({ date, zone, minutes, now: zone.endOf(date) }),
      events: dayEvents({ date, zone, minutes }),
    };
  });
  const events = new Map(made.map((day) => [day.events.date, day.events]));
  return heatingCurve({ from, days: made.map(({ energy }) => energy), events, setup: { ...usualSetup, ...setup } });
}

describe("the heating curve of a house", () => {
  it("that gets exactly what it needs fits, down to the design temperature", () => {
    const { needed, used, why, assumptions } = curveOf(winter.map((outdoorC) => heatedDay(outdoorC)));
    expect(why).toBeNull();
    expect(needed && emittedW(needed.emitters, 50)).toBeCloseTo(9000, -2);
    expect(needed?.suggested.cold.outdoorC).toBe(-10);
    for (const point of needed?.points ?? []) expect(point.flowC).toBeCloseTo(flowC(point.outdoorC), 1);
    expect(needed?.gain).toMatchObject({ verdict: "fits", electricityShare: expect.any(Number) });
    expect(used.map(({ outdoorC }) => outdoorC)).toEqual([...new Set(winter)].sort((a, b) => a - b));
    expect(assumptions).toEqual(["beyond_seen", "share_of_carnot"]);
  });

  it("names what it assumes", () => {
    const days = winter.map((outdoorC) => heatedDay(outdoorC, { zone_1_room_temperature: "" }));
    const { assumptions } = curveOf(days, { emitterKind: null, zones: 2, designTemperatureC: null });
    expect(assumptions).toEqual(["exponent", "room_temperature", "coldest_seen", "zones_together", "share_of_carnot"]);
  });

  it("goes down to the coldest hour that was heated, where no design temperature is set", () => {
    const coldNight = [...heatedDay(-4), ...heatedDay(-9)].map((heated, i) => ({
      ...heated,
      seconds: i === 0 ? 79_200 : 7200,
    }));
    const days = [coldNight, ...winter.slice(1).map((outdoorC) => heatedDay(outdoorC))];
    const { needed, assumptions } = curveOf(days, { designTemperatureC: null });
    expect(needed?.suggested.cold.outdoorC).toBe(-9);
    expect(assumptions).toEqual(["coldest_seen", "share_of_carnot"]);
  });

  it("fits once the curve that was too high was moved, and says nothing more of the days before", () => {
    const asNeeded = winter.map((outdoorC) => heatedDay(outdoorC));
    const tooWarm = [5, 0, -3, 5].map((outdoorC) =>
      heatedDay(outdoorC, {
        flow_temperature: flowC(outdoorC) + 6,
        return_temperature: flowC(outdoorC) + 6 - demandW(outdoorC) / 1000,
        zone_1_flow_setpoint: 36 - outdoorC / 2,
      }),
    );
    expect(curveOf([...asNeeded, ...tooWarm]).needed?.gain?.verdict).toBe("lower");
    expect(curveOf([...tooWarm, ...asNeeded]).needed?.gain?.verdict).toBe("fits");
  });

  it("learns the house from all days, and shows what was used in the range alone", () => {
    const from = dateAfter(firstDate, 12);
    const { needed, used } = curveOf(
      winter.map((outdoorC) => heatedDay(outdoorC)),
      {},
      from,
    );
    expect(needed?.emitters.days).toBe(14);
    expect(used.map(({ outdoorC }) => outdoorC)).toEqual([-3, -2]);
  });

  it.each<[string, readonly (readonly Stretch[])[], string]>([
    ["too few days", winter.slice(0, 3).map((outdoorC) => heatedDay(outdoorC)), "too_few_days"],
    [
      "a warm summer",
      winter.map(() => [{ seconds: 86_400, operation: "standby" as const, points: { outdoor_temperature: 24 } }]),
      "too_few_days",
    ],
    [
      "no outdoor temperature",
      winter.map((outdoorC) => heatedDay(outdoorC, { outdoor_temperature: "" })),
      "too_few_days",
    ],
    ["one temperature all the time", winter.map(() => heatedDay(3)), "too_little_cold"],
    ["water that stands each half hour", winter.map(intermittentDay), "no_steady_heating"],
    ["no day at all", [], "too_few_days"],
  ])("is not known with %s", (_what, days, why) => {
    expect(curveOf(days)).toMatchObject({ needed: null, why, assumptions: [] });
  });
});

describe("the compensation curve in use", () => {
  const follows = (outdoorC: number, setpointC: number, mode = "heat_compensation_curve") =>
    heatedDay(outdoorC, { zone_1_operating_mode: mode, zone_1_flow_setpoint: setpointC });

  it("is the set-point by outdoor temperature, of the zone that follows it", () => {
    const { curves } = curveOf([follows(-2, 38), follows(4, 34), follows(4, 34.5)]);
    expect(curves.zone_1).toEqual([
      { outdoorC: -2, flowC: 38, minutes: 1440 },
      { outdoorC: 4, flowC: 34.25, minutes: 2880 },
    ]);
    expect(curves.zone_2).toEqual([]);
  });

  it("is as it was after it was last moved", () => {
    const { curves } = curveOf([follows(2, 40), follows(4, 39), follows(2, 37), follows(2, 35), follows(4, 34)]);
    expect(curves.zone_1.map(({ flowC: setpointC }) => setpointC)).toEqual([35, 34]);
  });

  it("is that of the day on which it was moved where there are no later ones", () => {
    const { curves } = curveOf([follows(2, 40), follows(2, 35)]);
    expect(curves.zone_1).toEqual([{ outdoorC: 2, flowC: 35, minutes: 1440 }]);
  });

  it("is none where the set-point is set by something else", () => {
    expect(curveOf([follows(2, 40, "heat_flow_temperature")]).curves.zone_1).toEqual([]);
  });
});
