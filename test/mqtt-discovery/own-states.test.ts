import { type DayEnergy, dayEnergy, type PartEnergy } from "@heatloop/core/energy/day-energy";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { alertsTopic, alertTopic } from "@heatloop/mqtt-discovery/alert-components";
import { boostTopic } from "@heatloop/mqtt-discovery/boost-components";
import { ownComponents } from "@heatloop/mqtt-discovery/own-components";
import {
  dayState,
  dayTopic,
  logTopic,
  operationPayload,
  operationTopic,
  powerTopic,
  roomFeedTopic,
  yesterdayTopic,
} from "@heatloop/mqtt-discovery/own-states";
import { reportTopic } from "@heatloop/mqtt-discovery/report-states";
import { scheduleTopic } from "@heatloop/mqtt-discovery/schedule-components";
import { expect, test } from "vitest";

const nothing: PartEnergy = { heatWh: null, electricityWh: null, cop: null, seconds: 0 };
const day: DayEnergy = {
  ...dayEnergy({ date: "2026-10-25", zone: zoneOf("Europe/Rome") as Zone, minutes: [], now: 0 }),
  seconds: 90_000,
  coveredS: 85_500,
  coverage: 0.95,
  complete: true,
  heatWh: 31_234.6,
  coolingWh: 0,
  electricityWh: 8_100,
  cop: 3.8561,
  copBoundary: "H4",
  parts: {
    heating: { heatWh: 25_000, electricityWh: 6_000, cop: 4.16667, seconds: 40_000 },
    hot_water: { heatWh: 6_300, electricityWh: 2_000, cop: 3.15, seconds: 5_000 },
    cooling: nothing,
    defrost: nothing,
    standby: nothing,
    unknown: nothing,
  },
  starts: 12,
  defrosts: 2,
  runMinutes: 615,
  controller: null,
};
const start = "2026-10-25T00:00:00.000+02:00";

test("a day is published in kWh and hours, with the moment it began", () => {
  expect(dayState(day, start)).toEqual({
    date: "2026-10-25",
    start,
    heat_kwh: 31.235,
    cooling_kwh: 0,
    electricity_kwh: 8.1,
    cop: 3.86,
    cop_boundary: "H4",
    heating_heat_kwh: 25,
    heating_electricity_kwh: 6,
    heating_cop: 4.17,
    hot_water_heat_kwh: 6.3,
    hot_water_electricity_kwh: 2,
    hot_water_cop: 3.15,
    starts: 12,
    defrosts: 2,
    run_hours: 10.25,
    coverage_percent: 95,
  });
});

test("what a day does not know stays unknown", () => {
  const state = dayState({ ...day, heatWh: null, electricityWh: null, cop: null }, start);
  expect([state.heat_kwh, state.electricity_kwh, state.cop]).toEqual([null, null, null]);
  expect(operationPayload(null)).toBe("None");
  expect(operationPayload("hot_water")).toBe("hot_water");
});

const everything = { zones: [1, 2], boosts: true, isScheduled: true, currency: "EUR" } as const;

test("every own entity reads a topic that is published, and a field that is there", () => {
  const fields = Object.keys(dayState(day, start));
  const json: Record<string, readonly string[]> = {
    [dayTopic("pump")]: fields,
    [yesterdayTopic("pump")]: fields,
    [operationTopic("pump")]: [],
    [powerTopic("pump")]: ["heat_w", "electricity_w", "cop"],
    [logTopic("pump")]: ["ok", "reason"],
    [alertsTopic("pump")]: ["problems", "alerts"],
    [alertTopic("pump")]: [],
    [boostTopic("pump")]: ["minutes", "until"],
    [scheduleTopic("pump")]: ["next", "changes"],
    [roomFeedTopic("pump", 1)]: ["state", "reason", "temperature_c", "sent_c", "read_back_c", "source"],
    [roomFeedTopic("pump", 2)]: ["state", "reason", "temperature_c", "sent_c", "read_back_c", "source"],
  };
  for (const component of Object.values(ownComponents("pump", everything))) {
    if (component.state_topic === reportTopic("pump")) continue;
    const allowed = json[component.state_topic ?? ""];
    expect(allowed, component.name).toBeDefined();
    const used = JSON.stringify(component).matchAll(/value_json\.(\w+)/g);
    for (const [, field] of used) expect(allowed).toContain(field);
  }
});
