import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { problemText } from "@heatloop/ha-addon/alerts/texts/problem-text";
import { nordPoolPrices, tibberPrices } from "@heatloop/ha-addon/prices/actions";
import { listedPrices } from "@heatloop/ha-addon/prices/forms";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const rome = zoneOf("Europe/Rome") as Zone;
const read = (attributes: Record<string, unknown>) => listedPrices(attributes, rome, Date.parse("2025-10-09T12:00Z"));

function shown(attributes: Record<string, unknown>) {
  const listed = read(attributes);
  if (!listed.ok) return problemText(listed.why, "en");
  const slots = listed.slots.map(({ start, end, value }) => [
    new Date(start).toISOString().slice(0, 16),
    (end - start) / 60_000,
    value,
  ]);
  return [listed.form, ...slots];
}

function epex(prices: Record<string, number>, unit_of_measurement: string) {
  const times = { start_time: "2025-10-09T00:00:00+02:00", end_time: "2025-10-09T01:00:00+02:00" };
  return { data: [{ ...times, ...prices }], unit_of_measurement };
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
    expect(shown({ raw_today, unit_of_measurement: "%" })).toBe(
      `its unit % is not known as that of a price; allowed is money per Wh, kWh or MWh, such as EUR/kWh, €/MWh or kr/kWh, or its hundredth, such as ct/kWh, øre/kWh or p/kWh`,
    );
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

  it("are those of Tibber: as its API lists them, or by a template of its action", () => {
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
    [
      "Energi Data Service",
      { raw_today: [{ hour: "2025-10-09T00:00:00+02:00", price: 0.2 }], raw_tomorrow: null, tomorrow_valid: false },
    ],
    ["EPEX Spot", epex({ price_per_kwh: 0.2 }, "€/kWh")],
    ["EPEX Spot before 3", epex({ price_ct_per_kwh: 20 }, "ct/kWh")],
    ["EPEX Spot before 3", epex({ price_eur_per_mwh: 200, price_ct_per_kwh: 20 }, "EUR/MWh")],
    ["EPEX Spot before 3", epex({ price_gbp_per_mwh: 200 }, "GBP/MWh")],
    ["EPEX Spot before 3", epex({ price_pence_per_kwh: 20 }, "pence/kWh")],
    [
      "aWATTar's API",
      { data: [{ start_timestamp: 1759960800000, end_timestamp: 1759964400000, marketprice: 200, unit: "Eur/MWh" }] },
    ],
    ["GE-Spot", { today_interval_prices: [{ time: "2025-10-09T00:00:00+02:00", value: 0.2, raw_value: 0.1 }] }],
    [
      "Zonneplan",
      {
        unit_of_measurement: "€/kWh",
        forecast: [{ datetime: "2025-10-08T22:00:00.000000Z", electricity_price: 2000000, tariff_group: "low" }],
      },
    ],
    ["Czech spot prices", { "2025-10-09T00:00:00+02:00": 5, unit_of_measurement: "CZK/kWh" }, 5],
    ["PVPC", { price_00h: 0.2, min_price: 0.2, price_position: 3, unit_of_measurement: "€/kWh" }],
    ["start and value", { data: [{ start: "2025-10-09T00:00:00+02:00", value: "0.2" }] }],
    ["hour and price", { prices: [{ hour: "2025-10-09 00:00", price: "0.20" }] }],
    ["Nord Pool's action", { data: [{ start: 1759960800, price: 0.2 }] }],
    ["ENTSO-E by day", { prices_today: '[{"time": "2025-10-09 00:00:00+02:00", "price": "0.2"}]' }],
  ])("are those of %s", (form, attributes, price = 0.2) => {
    expect(shown(attributes)).toEqual([form, ["2025-10-08T22:00", 60, price]]);
  });

  it("are also those written as texts, with a decimal point", () => {
    const raw_today = ["0.25", " -0.01 ", "1e-2", ".5", "0,25", "cheap", "NaN", "0x1"].map((value, hour) => ({
      start: `2025-10-08T0${hour}:00:00+02:00`,
      value,
    }));
    expect(read({ raw_today })).toMatchObject({
      ok: true,
      slots: [{ value: 0.25 }, { value: -0.01 }, { value: 0.01 }, { value: 0.5 }],
      unread: 'start: "2025-10-08T04:00:00+02:00", value: "0,25"',
    });
  });

  it("are by hour of the day on which PVPC lists them, the next day's and the hour that comes twice too", () => {
    const madrid = zoneOf("Europe/Madrid") as Zone;
    const attributes = { price_02h: 0.1, price_02h_d: 0.2, price_23h: 0.3, price_next_day_00h: 0.4 };
    const listed = listedPrices(attributes, madrid, Date.parse("2025-10-26T10:00+01:00"));
    expect(
      listed.ok && listed.slots.map(({ start, value }) => [new Date(start).toISOString().slice(5, 16), value]),
    ).toEqual([
      ["10-26T00:00", 0.1],
      ["10-26T01:00", 0.2],
      ["10-26T22:00", 0.3],
      ["10-26T23:00", 0.4],
    ]);
  });

  it.each([
    [
      "texts that are no numbers",
      { raw_today: [{ start: "2025-10-08T00:00:00+02:00", value: "0,25" }] },
      'none of its 1 entries in the form of Nord Pool (custom) can be read, as start: "2025-10-08T00:00:00+02:00", ' +
        'value: "0,25"; expected is a time on a full 5 minutes and a number with a decimal point',
    ],
    [
      "times that are none",
      {
        prices: [
          { time: "noon", price: 1 },
          { time: "one", price: 1 },
        ],
      },
      'none of its 2 entries in the form of ENTSO-E can be read, as time: "noon", price: 1; expected is',
    ],
    [
      "prices that are not out yet",
      { raw_tomorrow: [{ start: "2025-10-09T00:00:00+02:00", value: null }] },
      "its 1 entries in the form of Nord Pool (custom) have no value yet",
    ],
    [
      "another form",
      { rows: [{ when: "2025-10-08T00:00:00+02:00", cost: 1 }] },
      "its list rows has entries with when, cost; expected is a list such as prices, data or raw_today whose entries have",
    ],
    ["nothing", {}, "it lists no prices in its attributes; expected is a list"],
  ])("are none where there is %s, and the reason names what is there and what is expected", (_, attributes, why) => {
    const listed = read(attributes);
    expect(listed.ok ? "" : problemText(listed.why, "en")).toContain(why);
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
    for (const [unit_of_measurement, printed] of [
      [{ toString: 1 }, '{"toString":1}'],
      [[], "[]"],
      [7, "7"],
      [true, "true"],
    ]) {
      expect(shown({ raw_today, unit_of_measurement })).toBe(
        `its unit ${printed} is not known as that of a price; allowed is money per Wh, kWh or MWh, such as EUR/kWh, €/MWh or kr/kWh, or its hundredth, such as ct/kWh, øre/kWh or p/kWh`,
      );
    }
  });

  it("leave out a price that no number can hold", () => {
    const raw_today = [{ start: "2025-10-08T00:00:00+02:00", value: 1e308 }];
    expect(shown({ raw_today, unit_of_measurement: "EUR/Wh" })).toContain("none of its 1 entries");
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

describe("the answer of an action", () => {
  it("of Nord Pool is by area and per MWh", () => {
    const response = {
      SE3: [{ start: "2025-10-09T22:00:00+00:00", end: "2025-10-09T22:15:00+00:00", price: 523.7 }],
      SE4: [{ start: "2025-10-09T22:00:00+00:00", end: "2025-10-09T22:15:00+00:00", price: 1 }],
    };
    const start = Date.parse("2025-10-09T22:00Z");
    expect(nordPoolPrices(response, "SE3", rome)).toEqual([{ start, end: start + 900_000, value: 0.5237 }]);
    expect(() => nordPoolPrices(response, "FI", rome)).toThrow("has no prices of FI, but of SE3, SE4");
    expect(() => nordPoolPrices("no", "FI", rome)).toThrow("has no prices of FI, but of no area");
    expect(() => nordPoolPrices({ FI: [{ start: "today", price: 1 }] }, "FI", rome)).toThrow(
      'answers entries such as start: "today", price: 1; expected is a time on a full 5 minutes and a number',
    );
  });

  it("of Tibber is by home, and refused where there are several", () => {
    const home = [
      { start_time: "2025-10-09T00:00:00.000+02:00", price: 0.4 },
      { start_time: "2025-10-09T00:15:00.000+02:00", price: 0.5 },
    ];
    expect(tibberPrices({ prices: { Cottage: home } }, rome).map(({ value }) => value)).toEqual([0.4, 0.5]);
    expect(() => tibberPrices({ prices: { Cottage: home, Town: home } }, rome)).toThrow("several homes");
    expect(() => tibberPrices({}, rome)).toThrow("tibber.get_prices answers 0 entries without a price");
  });
});
