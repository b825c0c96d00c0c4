import { pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { entitiesOf } from "@heatloop/ha-addon/page/house/entities";
import { nameAndUnit } from "@heatloop/ha-addon/page/house/live-values";
import { type ReadingsRow, statesOf } from "@heatloop/ha-addon/page/house/readings";
import type { LiveDevice } from "@heatloop/ha-addon/page/live/live-data";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("names of values", () => {
  it("of every point of the catalogue come apart into its id and its unit", () => {
    for (const id of pointIds) {
      const { suffix, unit } = quantities[pointOf(id).quantity];
      expect(nameAndUnit(id + suffix)).toEqual({ id, unit: unit ?? "" });
    }
  });
});

const device: LiveDevice = {
  ...{ id: "home", prefix: "ecodan", name: "Home", online: true, zones: 1, language: "en", last_seen: null },
  ...{ operation: "heating", since: null, heat_power_w: 5000, electricity_power_w: null, cop: null },
  values: { flow_temperature_c: 34.5, compressor: true, fault_code: "No error", dhw_temperature_c: null },
  ...{ today: null, room_feed: [] },
};

describe("a heat pump as entities", () => {
  it("has a state for each value, with its unit; what is not known is unknown", () => {
    const { states } = entitiesOf(device, undefined);
    const shown = Object.values(states).map(({ entity_id, state, attributes }) =>
      [entity_id, state, attributes.unit_of_measurement].join(" "),
    );
    expect(shown).toEqual([
      "sensor.flow_temperature 34.5 °C",
      "sensor.compressor on ",
      "sensor.fault_code No error ",
      "sensor.dhw_temperature unknown °C",
      "sensor.operation heating ",
      "sensor.heat_power 5000 W",
      "sensor.cop unknown ",
    ]);
  });

  it("has the energy of today where it is known, in kWh, also while it is offline", () => {
    const today = { heat_wh: 16_000, electricity_wh: 4500, cooling_wh: null, cop: 3.56 } as LiveDevice["today"];
    const { states } = entitiesOf({ ...device, online: false, today }, undefined);
    const shown = ["today_heat", "today_electricity", "today_cooling", "today_cop"].map((id) => {
      const state = states[`sensor.${id}`];
      return `${state?.state} ${state?.attributes.unit_of_measurement}`;
    });
    expect(shown).toEqual(["16 kWh", "4.5 kWh", "unknown kWh", "3.56 "]);
  });

  it("is unavailable while it is offline", () => {
    const { states } = entitiesOf({ ...device, online: false }, undefined);
    expect(new Set(Object.values(states).map(({ state }) => state))).toEqual(new Set(["unavailable"]));
  });

  it("keeps the object of a state that has not changed, and the list of entities as long as there are no others", () => {
    const first = entitiesOf(device, undefined);
    const values = { ...device.values, flow_temperature_c: 35 };
    const second = entitiesOf({ ...device, values }, first);
    expect(second.entities).toBe(first.entities);
    expect(second.states["sensor.compressor"]).toBe(first.states["sensor.compressor"]);
    expect(second.states["sensor.flow_temperature"]).not.toBe(first.states["sensor.flow_temperature"]);
    expect(entitiesOf({ ...device, values: { flow_rate_l_min: 17 } }, second).entities).not.toBe(first.entities);
  });
});

describe("states of rows", () => {
  const minuteMs = 60_000;
  const row = (minute: number, value: number): ReadingsRow => ({
    time: new Date(minute * minuteMs).toISOString(),
    value,
  });
  const textOf = ({ value }: ReadingsRow) => String(value);

  it.each([
    ["nothing", [], []],
    ["one minute", [row(0, 1)], ["0 1", "1 unknown"]],
    ["the same for long", [row(0, 1), row(1, 1), row(2, 1)], ["0 1", "3 unknown"]],
    ["a gap", [row(0, 1), row(5, 1)], ["0 1", "1 unknown", "5 1", "6 unknown"]],
    ["changes", [row(0, 1), row(1, 2), row(2, 1)], ["0 1", "1 2", "2 1", "3 unknown"]],
  ] as const)("of %s are those at which something changes", (_of, rows, expected) => {
    expect(statesOf(rows, minuteMs, textOf).map(({ s, lu }) => `${lu / 60} ${s}`)).toEqual(expected);
  });

  it("say of every minute what its row says, and unknown of every other", () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(minutes, fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 61, maxLength: 61 }), (at, values) => {
        const rows = at.sort((a, b) => a - b).map((minute) => row(minute, values[minute] as number));
        const states = statesOf(rows, minuteMs, textOf);
        for (let minute = 0; minute <= 62; minute++) {
          const shown = states.findLast(({ lu }) => lu <= minute * 60)?.s ?? "unknown";
          expect(shown).toBe(at.includes(minute) ? String(values[minute]) : "unknown");
        }
      }),
    );
  });
});
