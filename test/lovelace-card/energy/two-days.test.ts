import { type EnergyShown, electricityOf, heatOf, noBar } from "@heatloop/lovelace-card/energy/energy-bars";
import { type TwoDays, twoDaysOf } from "@heatloop/lovelace-card/energy/two-days";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { describe, expect, it } from "vitest";
import { fakeHome, type HomeOptions, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";

type States = NonNullable<HomeOptions["states"]>;
const today = "2026-11-21";
const kwh = { unit_of_measurement: "kWh" };

const ofToday = { today_electricity: ["4.5", kwh], today_heat: ["16", kwh], today_cop: "3.56" } as const;
const ofYesterday = (from: string, more = {}) =>
  ({ yesterday_short_runs: ["0", { from, electricity_kwh: 14, heat_kwh: 54, cop: 3.86, ...more }] }) as const;

const bar = (electricity: number, heat: number, cop: number) => ({
  ...noBar,
  electricity: electricityOf({ heating: electricity }),
  heat: heatOf({ heating: heat }),
  cop,
});
const loaded = (kind: "app" | "statistics"): EnergyShown => ({
  bars: [bar(15, 60, 4), bar(5, 20, 4)],
  total: noBar,
  copBasis: kind === "app" ? "seen_together" : "all",
  from: { kind },
  currency: kind === "app" ? "EUR" : "",
});

function days(states: States, answer?: EnergyShown): TwoDays {
  const { device, entities } = heatloopDevice("home");
  const { hass } = fakeHome([{ device, entities }], { states });
  return twoDaysOf({ states: hass.states, entities: heatPumpFrom(device, entities).entities }, today, answer);
}

/** Electricity, heat and COP of a day. */
const figures = ({ electricity, heat, cop }: TwoDays["today"]) => [electricity?.kwh, heat?.kwh, cop];

describe("today and yesterday", () => {
  it("are those of the app's report where it has answered", () => {
    const shown = days({ ...ofToday, ...ofYesterday("2026-11-20") }, loaded("app"));
    expect([figures(shown.today), figures(shown.yesterday)]).toEqual([
      [5, 20, 4],
      [15, 60, 4],
    ]);
    expect(shown).toMatchObject({ currency: "EUR", copBasis: "seen_together" });
  });

  it.each([undefined, loaded("statistics")])("are those of Heatloop's entities before statistics %#", (answer) => {
    const shown = days({ ...ofToday, ...ofYesterday("2026-11-20", { cost: 4.4 }) }, answer);
    expect([figures(shown.today), figures(shown.yesterday)]).toEqual([
      [4.5, 16, 3.56],
      [14, 54, 3.86],
    ]);
    expect(shown).toMatchObject({ copBasis: "seen_together", yesterday: { cost: 4.4, isCostPart: false } });
  });

  it("are those of statistics where no entity knows them", () => {
    const shown = days({}, loaded("statistics"));
    expect([figures(shown.today), figures(shown.yesterday)]).toEqual([
      [5, 20, 4],
      [15, 60, 4],
    ]);
    expect(shown.copBasis).toBe("all");
  });

  it("know no yesterday from the report of a day before", () => {
    expect(days(ofYesterday("2026-11-19")).yesterday).toEqual(noBar);
  });

  it.each<[string, string, number | undefined]>([
    ["4500", "Wh", 4.5],
    ["0.0045", "MWh", 4.5],
    ["unknown", "kWh", undefined],
    ["4.5", "°C", undefined],
  ])("read %s %s as kWh", (state, unit, expected) => {
    expect(days({ today_electricity: [state, { unit_of_measurement: unit }] }).today.electricity?.kwh).toBe(expected);
  });

  it("keep cold apart from heat", () => {
    const { heat } = days({ today_heat: ["1", kwh], today_cooling: ["6", kwh] }).today;
    expect([heat?.kwh, heat?.coldKwh]).toEqual([1, 6]);
  });
});
