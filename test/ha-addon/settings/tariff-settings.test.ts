import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { contractSettings, costOptionsOf, tariffOf } from "@heatloop/ha-addon/settings/tariff-contracts";
import { mistakeLine } from "@heatloop/program/mistakes";
import { describe, expect, it } from "vitest";

const parse = (tariff: unknown) => parseSettings({ tariff });
const settingOf = (tariff: unknown) => {
  const { settings, mistakes } = parse(tariff);
  expect(mistakes).toEqual([]);
  return settings.tariff;
};

describe("tariff settings", () => {
  it("have a default for every field: no price, and so no cost", () => {
    const { currency, contracts } = tariffOf(settingOf({}));
    expect(currency).toBe("");
    expect(contracts).toEqual([
      {
        from: null,
        pricePerKwh: null,
        dynamic: null,
        windows: [],
        holidays: [],
        standingCharge: { amount: 0, per: "month" },
        pv: null,
      },
    ]);
    expect(costOptionsOf(settingOf({}))).toEqual({
      currency: "",
      co2GPerKwh: null,
      boilers: { gas: null, oil: null },
    });
  });

  it("are a fixed price with price_per_kwh and currency alone", () => {
    const tariff = tariffOf(settingOf({ price_per_kwh: 0.31, currency: "EUR" }));
    expect(tariff).toMatchObject({ currency: "EUR", contracts: [{ pricePerKwh: 0.31, dynamic: null, windows: [] }] });
  });

  it("take windows with what is left out meaning all", () => {
    const [contract] = tariffOf(
      settingOf({ windows: [{ name: "night", from: "22:30", to: "06:00", price_per_kwh: 0.2 }, { name: "any" }] }),
    ).contracts;
    expect(contract.windows[0]).toMatchObject({ name: "night", fromMinute: 1350, toMinute: 360, pricePerKwh: 0.2 });
    expect(contract.windows[1]).toEqual({
      name: "any",
      days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
      fromMinute: 0,
      toMinute: 1440,
      fromDay: "01-01",
      toDay: "12-31",
      pricePerKwh: null,
      addedPerKwh: 0,
    });
  });

  it("are dynamic with a file or an entity", () => {
    const dynamicOf = (dynamic: unknown) => tariffOf(settingOf({ dynamic })).contracts[0].dynamic;
    expect(dynamicOf({ file: "prices.csv", factor: 1.2 })).toEqual({ factor: 1.2, addedPerKwh: 0 });
    expect(dynamicOf({ entity: "sensor.nordpool", added_per_kwh: 0.15 })).toEqual({ factor: 1, addedPerKwh: 0.15 });
    expect(dynamicOf({ factor: 1.2 })).toBeNull();
  });

  it("go on with what a change does not name, whatever the order of changes", () => {
    const setting = settingOf({
      price_per_kwh: 0.3,
      standing_charge: { amount: 10 },
      changes: [
        { from: "2027-01-01", dynamic: {}, price_per_kwh: 0.4 },
        { from: "2026-07-01", dynamic: { entity: "sensor.prices" } },
      ],
    });
    expect(contractSettings(setting).map(({ from, dynamic }) => [from, dynamic.entity])).toEqual([
      [null, ""],
      ["2026-07-01", "sensor.prices"],
      ["2027-01-01", ""],
    ]);
    expect(
      tariffOf(setting).contracts.map(({ pricePerKwh, standingCharge }) => [pricePerKwh, standingCharge.amount]),
    ).toEqual([
      [0.3, 10],
      [0.3, 10],
      [0.4, 10],
    ]);
  });

  it("compare with a boiler once its price is given", () => {
    const { boilers } = costOptionsOf(settingOf({ gas: { price_per_kwh: 0.11 }, oil: { efficiency: 0.8 } }));
    expect(boilers).toEqual({ gas: { pricePerKwh: 0.11, efficiency: 0.9, co2GPerKwh: null }, oil: null });
  });

  it("use the PV surplus at what the grid pays", () => {
    const pv = { surplus_entity: "sensor.grid_export", price_per_kwh: 0.08 };
    expect(tariffOf(settingOf({ pv })).contracts[0].pv).toEqual({ pricePerKwh: 0.08, surplus: "after_heat_pump" });
    expect(tariffOf(settingOf({ pv: { price_per_kwh: 0.08 } })).contracts[0].pv).toBeNull();
  });

  it.each([
    [
      { windows: [{ name: "standard" }] },
      "tariff.windows[0].name: found a text that is not shown here; allowed: a name of up to 40",
    ],
    [{ windows: [{}] }, "tariff.windows[0].name: found nothing; allowed: a name"],
    [{ windows: [{ name: "n", from: "6:00" }] }, 'tariff.windows[0].from: found "6:00"; allowed: a time such as 06:00'],
    [{ windows: [{ name: "n", to: "24:30" }] }, 'tariff.windows[0].to: found "24:30"'],
    [
      { windows: [{ name: "n", days: ["monday"] }] },
      "tariff.windows[0].days[0]: found a text that is not shown here; allowed: one of mon",
    ],
    [{ windows: [{ name: "n", days: [] }] }, "tariff.windows[0].days"],
    [
      { windows: [{ name: "n", from_day: "13-01" }] },
      'tariff.windows[0].from_day: found "13-01"; allowed: a day of the year',
    ],
    [{ holidays: ["25 December"] }, "tariff.holidays[0]: found a text that is not shown here; allowed: a date such as"],
    [
      { dynamic: { file: "../secrets.csv" } },
      "tariff.dynamic.file: found a text that is not shown here; allowed: the name of a CSV",
    ],
    [
      { dynamic: { entity: "nordpool" } },
      "tariff.dynamic.entity: found a text that is not shown here; allowed: an entity",
    ],
    [{ pv: { surplus_entity: "sensor.a" } }, "tariff.pv.price_per_kwh: found null; allowed: what the grid pays"],
    [{ changes: [{ price_per_kwh: 1 }] }, "tariff.changes[0].from: found nothing; allowed: a date"],
    [{ changes: [{ from: "2026-02-30" }] }, 'tariff.changes[0].from: found "2026-02-30"; allowed: a date'],
    [
      { changes: [{ from: "2026-07-01" }, { from: "2026-07-01" }] },
      'tariff.changes[1].from: found "2026-07-01"; allowed: each date once',
    ],
    [{ changes: [{ from: "2026-07-01", currency: "USD" }] }, "tariff.changes[0].currency: found an unknown key"],
    [{ gas: { efficiency: 90 } }, "tariff.gas.efficiency: found 90; allowed: a number from 0.1 to 1.1"],
    [{ standing_charge: { amount: -1 } }, "tariff.standing_charge.amount: found -1"],
  ])("%j is a mistake: %s", (tariff, line) => {
    expect(parse(tariff).mistakes.map(mistakeLine).join("\n")).toContain(line);
  });

  it.each([
    [
      { currency: "EUR", price_per_kwh: 28 },
      "tariff.price_per_kwh",
      28,
      "at most 10 EUR a kWh (if it is in hundredths, 0.28)",
    ],
    [
      { currency: "EUR", windows: [{ name: "night", price_per_kwh: 22 }] },
      "tariff.windows[0].price_per_kwh",
      22,
      "at most 10 EUR",
    ],
    [{ currency: "EUR", dynamic: { added_per_kwh: 15 } }, "tariff.dynamic.added_per_kwh", 15, "at most 10 EUR"],
    [
      { currency: "EUR", changes: [{ from: "2026-07-01", price_per_kwh: 31 }] },
      "tariff.changes[0].price_per_kwh",
      31,
      "at most 10 EUR",
    ],
    [{ currency: "EUR", gas: { price_per_kwh: 12 } }, "tariff.gas.price_per_kwh", 12, "at most 10 EUR"],
    [{ price_per_kwh: 28, max_price_per_kwh: 20 }, "tariff.price_per_kwh", 28, "at most 20 a kWh"],
  ])("ask about a price beyond reason: %o", (tariff, path, found, allowed) => {
    const { mistakes } = parse(tariff);
    expect(mistakes.map(mistakeLine)).toEqual([
      expect.stringContaining(`${path}: found ${found}; allowed: ${allowed}`),
    ]);
    expect(mistakes[0]?.allowed).toContain("or a higher tariff.max_price_per_kwh");
  });

  it.each([
    { currency: "EUR", price_per_kwh: 28, max_price_per_kwh: 30 },
    { currency: "HUF", price_per_kwh: 70 },
    { currency: "JPY", price_per_kwh: 31 },
    { currency: "ISK", price_per_kwh: 20 },
    { price_per_kwh: 28 },
    { currency: "XXX", price_per_kwh: 28 },
  ])("take a price that is usual in its currency, set by a person, or of a scale that is not known: %o", (tariff) => {
    expect(parse(tariff).mistakes).toEqual([]);
  });
});
