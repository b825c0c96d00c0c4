import type { Part } from "@heatloop/core/energy/day-energy";
import { dateAfter } from "@heatloop/core/time/local-day";
import { reportJson, reportSchema } from "@heatloop/ha-addon/report/json/json";
import { statisticsOf } from "@heatloop/ha-addon/statistics/names";
import { readingsAt } from "@heatloop/lovelace-card/chart/reading-at";
import { valueRange } from "@heatloop/lovelace-card/chart/value-range";
import { type EnergyShown, electricityOf, hasGaps, heatOf, noBar } from "@heatloop/lovelace-card/energy/energy-bars";
import { barsOfReport } from "@heatloop/lovelace-card/energy/energy-report";
import { barsOfStatistics, statisticIdsOf } from "@heatloop/lovelace-card/energy/energy-statistics";
import { costName, coverageText, kwhText, sideNote, sideText } from "@heatloop/lovelace-card/energy/energy-words";
import { periodFigures } from "@heatloop/lovelace-card/energy/period-state";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { money } from "@heatloop/lovelace-card/home-assistant/money";
import { viewZone } from "@heatloop/lovelace-card/look/zone";
import { reportPath } from "@heatloop/lovelace-card/range/addon-report";
import { slotsOf } from "@heatloop/lovelace-card/range/date-range";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { energyChart, energyTable } from "@heatloop/lovelace-card/views/energy/energy-chart";
import { periodState } from "@heatloop/mqtt-discovery/report-states";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import {
  englishLocale,
  fakeHome,
  firmwareDevice,
  germanLocale,
  heatloopDevice,
} from "#test/lovelace-card/support/fake-home.ts";
import { gapDay, lostDay, watchedReport, watchedStatistics } from "#test/lovelace-card/support/watched-month.ts";

const november = { from: "2026-11-01", to: "2026-11-30", unit: "month" } as const;
const slots = slotsOf(november, "day", rome);
const formats = formatsOf(fakeHome([]).hass);
const words = { formats, texts: english, currency: "EUR" };
const report = reportSchema.parse(reportJson(watchedReport("2026-11-01", "2026-11-21", "day"), rome));

describe("a side of a bar", () => {
  it("adds up to its uses, what a defrost took back included, with the cold apart", () => {
    const uses = fc.dictionary(
      fc.constantFrom<Part>("heating", "hot_water", "cooling", "defrost", "standby"),
      fc.option(fc.double({ min: -50, max: 100, noNaN: true })),
    );
    void fc.assert(
      fc.property(uses, (given) => {
        const [heat, electricity] = [heatOf(given), electricityOf(given)];
        const known = Object.values(given).filter((kwh) => kwh !== null);
        expect([heat === null, electricity === null]).toEqual(Array(2).fill(known.length === 0));
        const sum = known.reduce((total, kwh) => total + kwh, 0);
        expect(electricity?.kwh ?? 0).toBeCloseTo(sum, 6);
        expect((heat?.kwh ?? 0) + (heat?.coldKwh ?? 0)).toBeCloseTo(sum, 6);
        expect(heat?.coldKwh ?? 0).toBe(given.cooling ?? 0);
      }),
    );
  });

  it("has a defrost below zero", () => {
    expect(heatOf({ heating: 10, hot_water: 4, defrost: -1 })).toMatchObject({
      kwh: 13,
      parts: { heating: 10, hot_water: 4, defrost: -1 },
    });
  });
});

describe("bars of the app's report", () => {
  const shown = barsOfReport(report, slots);
  const barOn = (date: string) => shown.bars[slots.findIndex((slot) => slot.date === date)];

  it("are one a day, with the report's own figures", () => {
    expect(shown.bars).toHaveLength(30);
    const day = report.periods.find(({ name }) => name === "2026-11-05");
    const bar = barOn("2026-11-05");
    expect(bar?.electricity?.parts.heating).toBeCloseTo((day?.parts.heating.electricity_wh ?? 0) / 1000, 6);
    expect(bar?.heat?.kwh).toBeCloseTo((day?.heat_wh ?? 0) / 1000, 6);
    expect(bar?.heat?.parts.heating).toBeCloseTo((day?.parts.heating.heat_wh ?? 0) / 1000, 6);
    expect([bar?.cop, bar?.boundary]).toEqual([day?.cop, day?.cop_boundary]);
    expect(bar?.cost).toBe(day?.cost?.total_cost);
    expect(shown.currency).toBe("EUR");
  });

  it("distinguish a day with gaps from a whole one, with the estimate of what was not seen and its range", () => {
    const bar = barOn(gapDay);
    expect(bar && hasGaps(bar)).toBe(true);
    expect(bar?.coverage).toBeCloseTo(20 / 24, 2);
    const { heat } = bar ?? noBar;
    const day = report.periods.find(({ name }) => name === gapDay);
    expect(heat?.kwh).toBeCloseTo((day?.heat_wh ?? 0) / 1000, 6);
    const wholeKwh = (day?.sources.heat?.wh ?? 0) / 1000;
    expect((heat?.kwh ?? 0) + (heat?.missingKwh ?? 0)).toBeCloseTo(wholeKwh, 6);
    expect(sideNote(heat, words)).toBe(`+ 12.0 kWh not recorded, estimated`);
    expect(heat?.range?.low).toBeLessThanOrEqual(wholeKwh);
    expect(heat?.range?.high).toBeGreaterThanOrEqual(wholeKwh);
    expect(hasGaps(barOn("2026-11-05") ?? noBar)).toBe(false);
  });

  it("are an estimate, and say so, where nothing was measured", () => {
    const [whole] = report.periods;
    if (whole === undefined) throw new Error("the report has no day");
    const unmeasured = Object.fromEntries(
      Object.entries(whole.parts).map(([part, of]) => [part, { ...of, heat_wh: null, electricity_wh: null }]),
    ) as typeof whole.parts;
    const { total } = barsOfReport({ ...report, total: { ...whole, parts: unmeasured } }, slots);
    expect(sideText(total.electricity, words)).toBe(kwhText((whole.sources.electricity?.wh ?? 0) / 1000, words));
    expect(sideNote(total.electricity, words)).toBe(english.estimated);
  });

  it("know nothing of a day that was not logged, nor of days to come", () => {
    expect(barOn(lostDay)?.electricity).toBeNull();
    expect(barOn("2026-11-25")).toEqual(noBar);
  });

  it("are asked for by dates that need no escaping, and a device that may", () => {
    expect(reportPath("energy", "häuschen/1", november, "day")).toBe(
      "api/devices/h%C3%A4uschen%2F1/report.json?from=2026-11-01&to=2026-11-30&by=day&fields=energy",
    );
  });
});

describe("bars of Home Assistant's statistics", () => {
  const ids = statisticIdsOf(heatPumpOf("ecodan-heatpump"));

  function heatPumpOf(device: string) {
    const { device: entry, entities } = heatloopDevice(device);
    return heatPumpFrom(entry, entities);
  }

  it.each(["ecodan-heatpump", "Haus 2--Süd", "x_y", "---"])("ask for those that the app writes for %s", (device) => {
    const written = statisticsOf(device, "x").map(({ id }) => id);
    const { electricity, heat, cop } = statisticIdsOf(heatPumpOf(device));
    for (const ids of [electricity[0], heat[0], cop]) {
      for (const id of Object.values({ ...ids })) expect(written).toContain(id);
    }
  });

  it("add up the uses of each hour", () => {
    const day = slotsOf({ from: "2026-11-20", to: "2026-11-20", unit: "day" }, "hour", rome);
    const all = [...ids.electricity, ...ids.heat].flatMap((each) => Object.values(each));
    const rows = watchedStatistics(all, day[0]?.from ?? 0, day.at(-1)?.to ?? 0, "hour");
    const { bars, total } = barsOfStatistics(rows, ids, day);
    expect(bars).toHaveLength(24);
    const sum = bars.reduce((kwh, { electricity }) => kwh + (electricity?.kwh ?? 0), 0);
    expect(total.electricity?.kwh).toBeCloseTo(sum, 6);
    expect(total.cop).toBeCloseTo((total.heat?.kwh ?? 0) / (total.electricity?.kwh ?? 1), 2);
    expect(Object.keys(total.electricity?.parts ?? {})).toContain("hot_water");
  });

  it("have the COP of what was seen together, as the app has it, where the app has written that", () => {
    const at = (change: number) => [{ start: slots[0]?.from ?? 0, change }];
    const rows = {
      [ids.electricity[0]?.heating ?? ""]: at(10),
      [ids.heat[0]?.heating ?? ""]: at(40),
      [ids.cop?.electricity ?? ""]: at(8),
      [ids.cop?.heat ?? ""]: at(36),
    };
    const { bars, total, copBasis } = barsOfStatistics(rows, ids, slots);
    expect([bars[0]?.cop, bars[1]?.cop, total.cop, copBasis]).toEqual([4.5, null, 4.5, "seen_together"]);
    expect([total.electricity?.kwh, total.heat?.kwh]).toEqual([10, 40]);
  });

  it("else have one of all, and say so: of the times of which both sides are known, without unknown operation", () => {
    const at = (index: number, change: number) => ({ start: slots[index]?.from ?? 0, change });
    const [electricity, heat] = [ids.electricity[0] ?? {}, ids.heat[0] ?? {}];
    const rows = {
      [electricity.heating ?? ""]: [at(0, 10), at(1, 10)],
      [electricity.unknown ?? ""]: [at(0, 6)],
      [heat.heating ?? ""]: [at(0, 40)],
    };
    const { bars, total, copBasis } = barsOfStatistics(rows, ids, slots);
    expect([bars[0]?.cop, bars[1]?.cop, total.cop, copBasis]).toEqual([4, null, 4, "all"]);
    expect(total.electricity?.kwh).toBe(26);
  });

  it("take Heatloop's sum of the day where there are none by use, and the firmware's without Heatloop", () => {
    const first = slots[0]?.from ?? 0;
    const row = (id: string | undefined) => (id === undefined ? {} : { [id]: [{ start: first, change: 12 }] });
    const ours = heatPumpOf("ecodan-heatpump");
    const own = barsOfStatistics(row(ours.entities.get("today_electricity")), statisticIdsOf(ours), slots);
    expect(own.bars[0]?.electricity).toMatchObject({ kwh: 12, parts: { all: 12 } });
    expect(own.bars[0]?.heat).toBeNull();

    const { device, entities } = firmwareDevice("de", "api");
    const theirs = heatPumpFrom(device, entities);
    const rows = {
      ...row(theirs.entities.get("daily_electricity")),
      ...row(theirs.entities.get("daily_estimated_heat")),
    };
    const firmware = barsOfStatistics(rows, statisticIdsOf(theirs), slots);
    expect(firmware.bars[0]).toMatchObject({ electricity: { kwh: 12 }, heat: { kwh: 12 }, cop: 1 });
    expect([own.copBasis, firmware.copBasis]).toEqual(["all", "firmware"]);
    expect(Object.values(statisticIdsOf(theirs).electricity[0] ?? {})).not.toContain("heatloop");
  });

  it("are unknown, not zero, where there is no row or no change", () => {
    const id = heatPumpOf("ecodan-heatpump").entities.get("today_heat") ?? "";
    const rows = {
      [id]: [
        { start: slots[1]?.from ?? 0, change: null },
        { start: slots[2]?.from ?? 0, change: 3 },
      ],
    };
    const { bars } = barsOfStatistics(rows, ids, slots);
    expect(bars.slice(0, 3).map(({ heat }) => heat?.kwh ?? null)).toEqual([null, null, 3]);
    expect(barsOfStatistics({}, ids, slots).bars).toEqual(slots.map(() => noBar));
  });
});

describe("a report of a time that is known in part", () => {
  const part = { currency: "EUR", total_cost: null, known_total_cost: 12.3 } as const;
  const shownOf = (
    total: Partial<typeof report.total>,
    cost: typeof part | { currency: "EUR"; total_cost: 9; known_total_cost: 9 },
  ) => barsOfReport({ ...report, total: { ...report.total, ...total }, cost }, slots).total;

  it.each([
    [part, 12.3, "Cost, known part"],
    [{ currency: "EUR", total_cost: 9, known_total_cost: 9 }, 9, "Cost"],
  ] as const)("has a cost that says what it is of: %o", (cost, amount, name) => {
    const bar = shownOf({}, cost);
    expect([bar.cost, costName(bar, english)]).toEqual([amount, name]);
  });

  it.each([
    [{ recorded_since: "2026-11-05", coverage_since: 1, coverage: 0.4 }, "since 5 Nov"],
    [{ recorded_since: "2026-11-05", coverage_since: 0.931, coverage: 0.4 }, "93\u00a0% since 5 Nov"],
    [{ recorded_since: null, coverage_since: null, coverage: 0.4 }, "40\u00a0%"],
  ])("was seen since its record begins: %o", (total, text) => {
    const formats = { ...words.formats, language: "en-GB" };
    expect(coverageText(shownOf(total, part), { ...words, formats })).toBe(text);
  });
});

describe("the chart of the bars", () => {
  const range = { shown: barsOfReport(report, slots), slots, unit: "day", title: "November 2026" } as const;
  const chart = energyChart(range, words);

  it("stacks electricity and heat by operation, which add up to the day, with the range on top", () => {
    for (const side of ["electricity", "heat"] as const) {
      const stack = chart.bars?.filter((bar) => bar.stack === side) ?? [];
      expect(stack.map(({ key }) => key)).toContain("hot_water");
      const day = slots.findIndex(({ date }) => date === "2026-11-05");
      const sum = stack.reduce((kwh, { values }) => kwh + (values[day] ?? 0), 0);
      const bar = range.shown.bars[day]?.[side];
      // Less the uses that would not be seen.
      expect(Math.abs(sum - (bar?.kwh ?? 0))).toBeLessThan((bar?.kwh ?? 0) * 0.05);
      expect(stack.map(({ uncertainty }) => uncertainty !== undefined)).toEqual(
        stack.map((_, index) => index === stack.length - 1),
      );
    }
  });

  it("draws what a defrost took back below the axis, which reaches down to it", () => {
    const bars = slots.map((_, index) => ({
      ...noBar,
      heat: index === 3 ? heatOf({ heating: 20, defrost: -1.5 }) : null,
    }));
    const frosty = energyChart({ ...range, shown: { ...range.shown, bars } }, words);
    const span = { from: slots[0]?.from ?? 0, to: slots.at(-1)?.to ?? 0 };
    expect(valueRange(frosty, span, "left", () => true)).toEqual([-1.5, 20]);
  });

  it("has each side's sum and each use's share in its tooltip, of what was put in where a defrost took back", () => {
    const bars = slots.map(() => ({
      ...noBar,
      electricity: electricityOf({ heating: 9, hot_water: 3 }, { missingKwh: 1 }),
      heat: heatOf({ heating: 30, hot_water: 10, defrost: -2 }),
    }));
    const shown: EnergyShown = { bars, total: noBar, copBasis: "seen_together", from: { kind: "app" }, currency: "" };
    const rows = readingsAt(energyChart({ ...range, shown }, words), (slots[0]?.from ?? 0) + 1, () => true);
    expect(rows.map(({ item, text }) => `${item.name} ${text}`.replaceAll("\u00a0", " "))).toEqual([
      "Electricity 12.0 kWh",
      "Electricity: Heating 9.0 kWh · 75 %",
      "Electricity: Hot water 3.0 kWh · 25 %",
      "Electricity: not recorded, estimated 1.0 kWh",
      "Heat 38.0 kWh",
      "Heat: Heating 30.0 kWh · 75 %",
      "Heat: Hot water 10.0 kWh · 25 %",
      "Heat: Defrosting -2.0 kWh",
    ]);
  });

  it("has no row of 0 in its tooltip", () => {
    const bars = slots.map(() => ({ ...noBar, electricity: electricityOf({ heating: 3, hot_water: 0.04 }) }));
    bars[1] = { ...noBar, electricity: electricityOf({ heating: 0, hot_water: 2 }) };
    const shown: EnergyShown = { bars, total: noBar, copBasis: "seen_together", from: { kind: "app" }, currency: "" };
    const at = (slot: number) => (slots[slot]?.from ?? 0) + 1;
    const namesAt = (slot: number) =>
      readingsAt(energyChart({ ...range, shown }, words), at(slot), () => true).map(({ item }) => item.name);
    expect([namesAt(0), namesAt(1)]).toEqual([
      ["Electricity", "Electricity: Heating"],
      ["Electricity", "Electricity: Hot water"],
    ]);
  });

  it("hatches days with gaps and days of which nothing is known as such", () => {
    const hatched = slots.filter((_, index) => chart.slots?.hatched?.(index)).map(({ date }) => date);
    expect(hatched).toEqual([gapDay, lostDay]);
    expect(chart.bands?.flatMap(({ spans }) => spans.map(({ from }) => rome.dateOf(from)))).toEqual([lostDay]);
  });

  it("shows a day's range, cost and coverage", () => {
    const notes = chart.notesAt?.(rome.startOf(gapDay) + 1, () => true) ?? [];
    expect(notes.join()).toMatch(/Heat: [\d.]+ – [\d.]+ kWh.*Cost: €[\d.]+.*Recorded: 83\u00a0%/);
  });

  it("is a table too, with a row for each day that anything is known of", () => {
    const { head, rows } = energyTable(range, words);
    expect(head.slice(0, 2)).toEqual(["Day", "Electricity"]);
    expect(rows).toHaveLength(21);
    for (const row of rows) expect(row).toHaveLength(head.length);
  });

  it("is empty where nothing is known", () => {
    const nothing: EnergyShown = {
      bars: slots.map(() => noBar),
      total: noBar,
      copBasis: "seen_together",
      from: { kind: "app" },
      currency: "",
    };
    const empty = energyChart({ ...range, shown: nothing }, words);
    expect([empty.bars, empty.lines, empty.bands, empty.table().rows]).toEqual([[], [], [], []]);
  });
});

describe("yesterday and the month", () => {
  it("are read from the attributes that the app publishes", () => {
    const { device, entities } = heatloopDevice("home");
    const state = { ...periodState(watchedReport("2026-11-20", "2026-11-20", "day")) };
    const { hass } = fakeHome([{ device, entities }], { states: { yesterday_short_runs: ["1", state] } });
    const source = { states: hass.states, entities: heatPumpFrom(device, entities).entities };
    expect(periodFigures(source, "yesterday")).toEqual({
      from: "2026-11-20",
      electricityKwh: state.electricity_kwh,
      heatKwh: state.heat_kwh,
      coolingKwh: state.cooling_kwh,
      cop: state.cop,
      cost: state.cost,
      isCostPart: state.cost === null,
      currency: "",
    });
    expect(periodFigures(source, "month")).toBeUndefined();
  });

  it("have the known part of a cost, and say that it is", () => {
    const { device, entities } = heatloopDevice("home");
    const attributes = { from: "2026-11-01", cost: null, known_cost: 12.3 };
    const { hass } = fakeHome([{ device, entities }], { states: { month_electricity: ["1", attributes] } });
    const source = { states: hass.states, entities: heatPumpFrom(device, entities).entities };
    expect(periodFigures(source, "month")).toMatchObject({ cost: 12.3, isCostPart: true });
  });

  it("know nothing where the attributes are of another kind", () => {
    const { device, entities } = heatloopDevice("home");
    const attributes = { from: dateAfter("2026-11-21", -1), cop: "good", cost: Number.NaN };
    const { hass } = fakeHome([{ device, entities }], { states: { month_electricity: ["1", attributes] } });
    const source = { states: hass.states, entities: heatPumpFrom(device, entities).entities };
    expect(periodFigures(source, "month")).toMatchObject({ cop: null, cost: null, electricityKwh: null });
  });
});

describe("money", () => {
  const { hass } = fakeHome([]);
  it.each([
    [englishLocale, "EUR", "€1,234.50"],
    [germanLocale, "EUR", "1.234,50\u00a0€"],
    [{ ...germanLocale, number_format: "quote_decimal" }, "CHF", "1'234.50\u00a0CHF"],
    [englishLocale, "gold", "1,234.50\u00a0gold"],
    [englishLocale, "", "1,234.50"],
  ])("is written as the profile %j wants it, in %s", (locale, currency, text) => {
    expect(money(1234.5, currency, formatsOf({ ...hass, locale }))).toBe(text);
  });
});

describe("a time zone", () => {
  it("is that of its name, and UTC where the browser does not know it", () => {
    expect(viewZone("Europe/Rome").name).toBe("Europe/Rome");
    expect(viewZone("Mars/Crater").name).toBe("UTC");
  });
});
