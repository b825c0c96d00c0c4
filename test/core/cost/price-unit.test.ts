import { boundPerKwh, isWithinReason, usualMostPerKwh } from "@heatloop/core/cost/price-bound";
import { priceUnit } from "@heatloop/core/cost/price-unit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const whole =
  "EUR € eur Euro £ GBP $ US$ USD kr kr. Kr SEK NOK DKK zł PLN Kč CZK Ft HUF lei RON лв BGN CHF Fr. SFr ₴ UAH ₺ TRY";
const more = "JPY ¥ ISK RSD ZAR R AUD A$ NZD CAD C$ CA$ INR ₹";
const hundredth =
  "ct Ct ct. Ct. cts cent Cent cents c C ¢ c€ C€ €c €ct ct€ EURct EUR-ct EUR-Cent Eurocent eurocents cnt " +
  "øre Øre öre Öre ÖRE ore oere p P pence penny GBp GBX gr grosz groszy hal. haléř haléřů halier fillér ban bani " +
  "стотинки st Rp Rp. Rappen ctCHF centime centimes centesimi céntimos cêntimos snt sentti s senti centai kuruş коп. " +
  "US¢ USc US-cents AUc c$ sen agorot paise aurar lp";

describe("the unit of a price", () => {
  it.each(`${whole} ${more}`.split(" "))("%s/kWh is whole money", (money) => {
    expect(priceUnit(`${money}/kWh`)?.scale).toBe(1);
  });

  it.each(hundredth.split(" "))("%s/kWh is a hundredth of it", (money) => {
    expect(priceUnit(`${money}/kWh`)?.scale).toBe(0.01);
  });

  it.each([
    ["EUR/MWh", 0.001],
    ["€ / MWh", 0.001],
    ["EUR/mWh", 0.001],
    ["SEK/MWh", 0.001],
    ["c€/MWh", 0.000_01],
    ["øre/MWh", 0.000_01],
    ["EUR/Wh", 1000],
    ["kr / kWh", 1],
    ["EUR per kWh", 1],
    ["ct pro kWh", 0.01],
    ["kr pr. kWh", 1],
    ["EUR/KWH", 1],
    ["", 1],
    [" ", 1],
  ])("%s is worth %s", (unit, scale) => {
    expect(priceUnit(unit)?.scale).toBeCloseTo(scale, 12);
  });

  it.each([
    "kWh",
    "EUR",
    "EUR/h",
    "EUR/m³",
    "€/kW",
    "%",
    "x/kWh",
    "coin/kWh",
    "fil/kWh",
    "fils/kWh",
    "mill/kWh",
    "kc€x/kWh",
    "points/kWh",
    "g/kWh",
    "kg CO2/kWh",
    "gCO2eq/kWh",
    "/kWh",
    "EUR/kWh/a",
    "0.01 EUR/kWh",
    "cc/kWh",
    "EURUSD/kWh",
  ])("%s is refused", (unit) => {
    expect(priceUnit(unit)).toBeNull();
  });

  it.each([
    ["c€/kWh", "EUR"],
    ["öre/kWh", "DKK"],
    ["kr/kWh", "SEK"],
    ["p/kWh", "GBP"],
    ["Ft/kWh", "HUF"],
    ["CZK/MWh", "CZK"],
    ["ct/kWh", null],
  ])("%s is money like %s", (unit, currency) => {
    expect(priceUnit(unit)?.currency).toBe(currency);
  });

  it("law: whatever is written, it is whole money, a hundredth of it, or refused", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 8 }), (money) => {
        const scale = priceUnit(`${money}/kWh`)?.scale;
        expect([undefined, 1, 0.01]).toContain(scale);
      }),
    );
  });
});

describe("a price beyond reason", () => {
  it.each([
    [null, "EUR", 10],
    [null, "HUF", 4000],
    [null, "JPY", 1700],
    [null, "ISK", 1500],
    [null, "", 10],
    [null, null, 10],
    [null, "XXX", 10],
    [60, "EUR", 60],
  ])("set to %s, in %s, is one above %s", (set, currency, most) => {
    expect(boundPerKwh(set, currency)).toBe(most);
  });

  it.each([
    [0.285, true],
    [10, true],
    [10.01, false],
    [28, false],
    [0, true],
    [-0.5, true],
    [-1, true],
    [-1.1, false],
  ])("of %s EUR is within it: %s", (perKwh, within) => {
    expect(isWithinReason(perKwh, 10)).toBe(within);
  });

  it("has no usual bound where the currency's scale is not known", () => {
    expect(usualMostPerKwh("XXX")).toBeUndefined();
    expect(usualMostPerKwh("")).toBeUndefined();
  });
});
