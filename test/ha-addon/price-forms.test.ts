import { type Zone, zoneOf } from "@heatloop/core/local-day";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nordPoolPrices, tibberPrices } from "../../ha-addon/src/price-actions.ts";
import { listedPrices, unitScale } from "../../ha-addon/src/price-forms.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const read = (attributes: Record<string, unknown>) => listedPrices(attributes, rome);

function shown(attributes: Record<string, unknown>) {
  const listed = read(attributes);
  if (!listed.ok) return listed.why;
  const slots = listed.slots.map(({ start, end, value }) => [
    new Date(start).toISOString().slice(0, 16),
    (end - start) / 60_000,
    value,
  ]);
  return [listed.form.name, ...slots];
}

describe("the prices that an entity lists", () => {
  it("are those of Nord Pool's custom integration, tomorrow's left out until they are there", () => {
    expect(
      shown({
        current_price: 0.471,
        unit: "kWh",
        currency: "EUR",
        unit_of_measurement: "EUR/kWh",
        today: [0.471, 0.723],
        tomorrow: [],
        raw_today: [
          { start: "2025-10-08T00:00:00+02:00", end: "2025-10-08T00:15:00+02:00", value: 0.471 },
          { start: "2025-10-08T00:15:00+02:00", end: "2025-10-08T00:30:00+02:00", value: -0.723 },
        ],
        raw_tomorrow: [{ start: "2025-10-09T00:00:00+02:00", end: "2025-10-09T00:15:00+02:00", value: null }],
        price_in_cents: false,
      }),
    ).toEqual(["Nord Pool (custom)", ["2025-10-07T22:00", 15, 0.471], ["2025-10-07T22:15", 15, -0.723]]);
  });

  it("are in whole money per kWh, whatever the unit of the entity", () => {
    const raw_today = [{ start: "2025-10-08T00:00:00+02:00", end: "2025-10-08T01:00:00+02:00", value: 32.5 }];
    for (const [unit, price] of [
      ["c/kWh", 0.325],
      ["Öre/kWh", 0.325],
      ["EUR/MWh", 0.0325],
      ["NOK/kWh", 32.5],
    ]) {
      expect(shown({ raw_today, unit_of_measurement: unit })).toEqual([
        "Nord Pool (custom)",
        ["2025-10-07T22:00", 60, price],
      ]);
    }
    expect(shown({ raw_today, unit_of_measurement: "%" })).toBe("its unit is %, not money per kWh");
  });

  it("are those of ENTSO-E, whose times have a space and no end", () => {
    expect(
      shown({
        unit_of_measurement: "EUR/kWh",
        prices_today: [{ time: "2025-10-28 00:00:00+01:00", price: 0.1 }],
        prices: [
          { time: "2025-10-27 23:45:00+01:00", price: 0.09 },
          { time: "2025-10-28 00:00:00+01:00", price: 0.10213 },
          { time: "2025-10-28 00:15:00+01:00", price: 0.11 },
        ],
      }),
    ).toEqual([
      "ENTSO-E",
      ["2025-10-27T22:45", 15, 0.09],
      ["2025-10-27T23:00", 15, 0.10213],
      ["2025-10-27T23:15", 15, 0.11],
    ]);
  });

  it("are those of Octopus Energy, half hours with tax in pounds", () => {
    expect(
      shown({
        event_types: ["octopus_energy_electricity_current_day_rates"],
        rates: [
          {
            start: "2024-06-28T12:30:00+01:00",
            end: "2024-06-28T13:00:00+01:00",
            value_inc_vat: 0.00441,
            is_capped: false,
          },
          {
            start: "2024-06-28T13:00:00+01:00",
            end: "2024-06-28T13:30:00+01:00",
            value_inc_vat: -0.02,
            is_capped: false,
          },
        ],
      }),
    ).toEqual(["Octopus Energy", ["2024-06-28T11:30", 30, 0.00441], ["2024-06-28T12:00", 30, -0.02]]);
  });

  it("are those of Tibber: as its API tells them, or by a template of its action", () => {
    expect(
      shown({
        today: [
          { total: 0.3664, energy: 0.1324, tax: 0.234, startsAt: "2025-10-09T00:00:00.000+02:00", level: "NORMAL" },
          { total: 0.316, startsAt: "2025-10-09T00:15:00.000+02:00", level: "CHEAP" },
        ],
        tomorrow: [],
        unit_of_measurement: "EUR/kWh",
      }),
    ).toEqual(["Tibber", ["2025-10-08T22:00", 15, 0.3664], ["2025-10-08T22:15", 15, 0.316]]);
    expect(shown({ prices: [{ start_time: "2025-10-09T00:00:00.000+02:00", price: 0.3664 }] })).toEqual([
      "Tibber's action",
      ["2025-10-08T22:00", 60, 0.3664],
    ]);
  });

  it.each([
    [
      "Frank Energie",
      { prices: [{ from: "2025-10-09T00:00:00+02:00", till: "2025-10-09T01:00:00+02:00", price: 0.2 }] },
    ],
    ["EnergyZero's action", { prices: [{ timestamp: "2025-10-08 22:00:00+00:00", price: 0.2 }] }],
    ["Nord Pool's form", { raw_today: [{ start: "2025-10-09T00:00:00+02:00", price: 0.2 }] }],
  ])("are those of %s", (form, attributes) => {
    expect(shown(attributes)).toEqual([form, ["2025-10-08T22:00", 60, 0.2]]);
  });

  it("are none where there is no list, or a list of something else", () => {
    for (const attributes of [
      {},
      { today: [0.1, 0.2] },
      { prices: "many" },
      { prices: [null, 1, { when: 1 }] },
      { forecast: [{ temperature: 1 }] },
    ]) {
      expect(read(attributes)).toMatchObject({ ok: false, form: undefined });
    }
  });

  it("are refused, not a crash, where the unit is something else than a text", () => {
    const raw_today = [{ start: "2025-10-08T00:00:00+02:00", value: 1 }];
    for (const [unit_of_measurement, told] of [
      [{ toString: 1 }, '{"toString":1}'],
      [[], "[]"],
      [7, "7"],
      [true, "true"],
    ]) {
      expect(shown({ raw_today, unit_of_measurement })).toBe(`its unit is ${told}, not money per kWh`);
    }
  });

  it("leave out a price that no number can hold", () => {
    const raw_today = [{ start: "2025-10-08T00:00:00+02:00", value: 1e308 }];
    expect(shown({ raw_today, unit_of_measurement: "EUR/Wh" })).toEqual(["Nord Pool (custom)"]);
  });

  it("keep what is well-formed of any list", () => {
    const entry = fc.oneof(
      fc.jsonValue(),
      fc.record({ start: fc.oneof(fc.string(), fc.constant("2025-10-09T00:00:00+02:00")), value: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(fc.array(entry), fc.jsonValue(), (raw_today, unit_of_measurement) => {
        const listed = read({ raw_today, unit_of_measurement });
        if (!listed.ok) return;
        for (const { start, end, value } of listed.slots) {
          expect(end).toBeGreaterThan(start);
          expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });
});

describe("the unit of a price", () => {
  it.each([
    ["EUR/kWh", 1],
    ["€/kWh", 1],
    ["kr / kWh", 1],
    ["SEK/MWh", 0.001],
    ["ct/kWh", 0.01],
    ["Cent/kWh", 0.01],
    ["p/kWh", 0.01],
    ["¢/kWh", 0.01],
    ["Øre/kWh", 0.01],
    ["EUR/Wh", 1000],
    ["", 1],
    ["kWh", undefined],
    ["EUR", undefined],
    ["EUR/h", undefined],
  ])("%s is worth %s", (unit, scale) => {
    expect(unitScale(unit)).toBe(scale);
  });
});

describe("the answer of an action", () => {
  it("of Nord Pool is by area and per MWh", () => {
    const response = {
      SE3: [{ start: "2025-10-09T22:00:00+00:00", end: "2025-10-09T22:15:00+00:00", price: 523.7 }],
      SE4: [{ start: "2025-10-09T22:00:00+00:00", end: "2025-10-09T22:15:00+00:00", price: 1 }],
    };
    const start = Date.parse("2025-10-09T22:00Z");
    expect(nordPoolPrices(response, "SE3", rome)).toEqual([{ start, end: start + 900_000, value: 0.5237 }]);
    expect(nordPoolPrices(response, "FI", rome)).toEqual([]);
    expect(nordPoolPrices("no", "FI", rome)).toEqual([]);
  });

  it("of Tibber is by home, and refused where there are several", () => {
    const home = [
      { start_time: "2025-10-09T00:00:00.000+02:00", price: 0.4 },
      { start_time: "2025-10-09T00:15:00.000+02:00", price: 0.5 },
    ];
    expect(tibberPrices({ prices: { Cottage: home } }, rome).map(({ value }) => value)).toEqual([0.4, 0.5]);
    expect(() => tibberPrices({ prices: { Cottage: home, Town: home } }, rome)).toThrow("several homes");
    expect(tibberPrices({}, rome)).toEqual([]);
  });
});
