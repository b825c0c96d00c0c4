import type { Bars, Chart, Item } from "@heatloop/lovelace-card/chart/chart";
import { isShown, legendRows } from "@heatloop/lovelace-card/chart/legend";
import { type EnergyBar, electricityOf, heatOf, noBar, type Side } from "@heatloop/lovelace-card/energy/energy-bars";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { slotsOf } from "@heatloop/lovelace-card/range/date-range";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { energyChart } from "@heatloop/lovelace-card/views/energy/energy-chart";
import { describe, expect, it } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { fakeHome } from "#test/lovelace-card/support/fake-home.ts";

const formats = formatsOf(fakeHome([]).hass);
const slots = slotsOf({ from: "2026-11-16", to: "2026-11-22", unit: "week" }, "day", rome);

type Days = Readonly<Record<number, { readonly electricity: Side | null; readonly heat: Side | null }>>;

function chartOf(days: Days, texts = english): Chart {
  const bars = slots.map((_, index): EnergyBar => ({ ...noBar, ...days[index] }));
  const words = { formats, texts, currency: "" };
  return energyChart(
    {
      shown: { bars, total: noBar, copBasis: "seen_together", from: { kind: "app" }, currency: "" },
      slots,
      unit: "day",
      title: "",
    },
    words,
  );
}

const winter: Days = {
  0: {
    electricity: electricityOf({ heating: 8, hot_water: 2, defrost: 0.5, cooling: 0 }),
    heat: heatOf({ heating: 30, hot_water: 6 }),
  },
};
const rowsOf = (chart: Chart) => legendRows(chart, new Map()).map(({ text, spoken }) => [text, spoken]);

describe("the legend of the energy", () => {
  it("has a short row for each side and each use that occurs, and a spoken text that names its colours", () => {
    expect(rowsOf(chartOf(winter))).toEqual([
      ["Electricity", "Electricity"],
      ["Heat", "Heat"],
      ["Heating", "Electricity: Heating, Heat: Heating"],
      ["Hot water", "Electricity: Hot water, Heat: Hot water"],
      ["Defrosting", "Electricity: Defrosting"],
    ]);
  });

  it("shows the fills of a row side by side", () => {
    const rows = legendRows(chartOf(winter), new Map());
    expect(rows.map(({ samples }) => samples.length)).toEqual([3, 2, 2, 2, 1]);
    expect(rows[2]?.samples).toEqual([rows[0]?.samples[0], rows[1]?.samples[0]]);
  });

  it("tells heat from electricity by an outline, in the same colour, and an estimate by stripes", () => {
    const gap = { electricity: electricityOf({ all: 8 }, { missingKwh: 2 }), heat: heatOf({ all: 30 }) };
    const fills = (days: Days) =>
      legendRows(chartOf(days), new Map()).map(({ samples }) => samples.map(({ fill }) => fill));
    expect(fills(winter)[2]).toEqual(["full", "outlined"]);
    expect(fills({ 0: gap })).toEqual([["full", "hatched"], ["outlined"], ["hatched"]]);
  });

  it("has nothing that does not occur", () => {
    expect(rowsOf(chartOf({}))).toEqual([]);
    expect(rowsOf(chartOf({ 0: { electricity: electricityOf({ all: 8 }), heat: null } }))).toEqual([
      ["Electricity", "Electricity"],
    ]);
  });

  it("has what was estimated or is not known where there is such a time, in few words", () => {
    const gap = {
      electricity: electricityOf({ all: 8 }, { missingKwh: 2 }),
      heat: heatOf({ all: 30 }, { missingKwh: 5 }),
    };
    expect(rowsOf(chartOf({ 0: gap, 2: gap })).slice(2)).toEqual([
      ["not recorded, estimated", "Electricity: not recorded, estimated, Heat: not recorded, estimated"],
      ["Not known", "Not known"],
    ]);
  });

  it.each(Object.entries(allTexts))("reads out what is shown, in %s", (_, texts) => {
    for (const [text, spoken] of rowsOf(chartOf(winter, texts))) expect(spoken).toContain(text);
  });
});

describe("a row of the legend", () => {
  const chart = chartOf(winter);
  const shownWith = (...off: string[]) => {
    const switched = new Map(off.map((key) => [key, false]));
    return chart.bars?.filter((bar) => isShown(bar, switched)).map(({ name }) => name);
  };

  it("switches a use of both sides, or a side with all of its uses", () => {
    expect(shownWith("hot_water")).toEqual(["Electricity: Heating", "Electricity: Defrosting", "Heat: Heating"]);
    expect(shownWith("electricity")).toEqual(["Heat: Heating", "Heat: Hot water"]);
    expect(shownWith("heat", "heating")).toEqual(["Electricity: Hot water", "Electricity: Defrosting"]);
    expect(shownWith("heat", "electricity")).toEqual([]);
  });

  it("stays what it is while another one is switched off", () => {
    const on = (switched: ReadonlyMap<string, boolean>) => legendRows(chart, switched).filter((row) => row.on).length;
    expect(on(new Map())).toBe(5);
    expect(on(new Map([["heat", false]]))).toBe(4);
  });

  it("is off at first where its items are", () => {
    const item: Item = { key: "setpoints", name: "Flow set-point", legend: "Set-points", color: "red", off: true };
    const lines = [item, { ...item, name: "Room set-point", color: "green" }] as unknown as Chart["lines"];
    const [row] = legendRows({ ...chart, bars: [] as Bars[], lines: lines ?? [] }, new Map());
    expect(row).toEqual({
      key: "setpoints",
      kind: "line",
      text: "Set-points",
      spoken: "Set-points",
      samples: [
        { color: "red", fill: "full" },
        { color: "green", fill: "full" },
      ],
      on: false,
    });
    expect([isShown(item, new Map()), isShown(item, new Map([["setpoints", true]]))]).toEqual([false, true]);
  });
});
