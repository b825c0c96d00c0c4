import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import { expect } from "vitest";
import type { TableRow } from "../transformed.ts";
import { byDay, type Check, dayKwh, expectFigure, expectNear, expectSeries, kwh } from "./checks.ts";

/** Days that have a COP here: all but three minutes were seen, and there was no immersion heater. */
export function isWhole({ seconds, coveredS, withImmersion, cop }: DayEnergy): boolean {
  return seconds - coveredS <= 180 && withImmersion === null && cop !== null;
}

function basisOf(days: readonly DayEnergy[]) {
  const sum = (side: "heatWh" | "electricityWh") =>
    days.reduce((wh, { copBasis }) => wh + (copBasis?.all[side] ?? 0), 0);
  return { heatWh: sum("heatWh"), electricityWh: sum("electricityWh") };
}

const byMonthOf = (rows: readonly TableRow[]) => new Map(rows.map((row) => [row.Month, row]));

/** What each panel of the energy dashboard shows: what the report does. */
export const energy: Readonly<Record<string, Check>> = {
  Heat: (rows, month) => expectFigure(rows, "Heat", (month.report("day").total.heatWh ?? 0) / 1000, 0.1),
  Electricity: (rows, month) =>
    expectFigure(rows, "Electricity", (month.report("day").total.electricityWh ?? 0) / 1000, 1e-6),
  "COP of whole days": (rows, { days }) => {
    const { heatWh, electricityWh } = basisOf(days.filter(isWhole));
    expectFigure(rows, "COP", heatWh / electricityWh, 0.001);
  },
  Cooling: (rows, month) => expectFigure(rows, "Cooling", (month.report("day").total.coolingWh ?? 0) / 1000),
  "Heat by use per day": (rows, month) => {
    const uses = { Heating: "heating", "Hot water": "hot_water", Defrost: "defrost", Standby: "standby" } as const;
    for (const [name, use] of Object.entries(uses)) {
      const expected = byDay(month, ({ parts }) => kwh(parts[use].heatWh));
      expectSeries(rows, name, expected, dayKwh);
    }
  },
  "Electricity per day": (rows, month) => {
    expectSeries(
      rows,
      "Electricity",
      byDay(month, ({ electricityWh }) => kwh(electricityWh)),
    );
  },
  "COP per day": (rows, month) => {
    expectSeries(
      rows,
      "COP",
      byDay(month, (day) => (isWhole(day) ? day.cop : null)),
      0.0051,
    );
    // Gaps and the immersion heater are in the month, and so are days that have a COP in the report alone.
    const inReportOnly = month.days.filter((day) => day.cop !== null && !isWhole(day));
    expect(inReportOnly.length).toBeGreaterThan(5);
  },
  Days: (rows, month) => {
    const columns: readonly (readonly [string, (day: DayEnergy) => number | null, number])[] = [
      ["Heat", ({ heatWh }) => kwh(heatWh), dayKwh],
      ["Electricity", ({ electricityWh }) => kwh(electricityWh), 1e-6],
      ["Heating", ({ parts }) => kwh(parts.heating.heatWh), dayKwh],
      ["Hot water", ({ parts }) => kwh(parts.hot_water.heatWh), dayKwh],
      ["Defrost", ({ parts }) => kwh(parts.defrost.heatWh), dayKwh],
      ["Starts", ({ starts, heatWh }) => (heatWh === null ? null : starts), 0],
      ["Defrosts", ({ defrosts, heatWh }) => (heatWh === null ? null : defrosts), 0],
      ["Seen", ({ coveredS }) => coveredS || null, 1],
    ];
    for (const [name, figureOf, tolerance] of columns) expectSeries(rows, name, byDay(month, figureOf), tolerance);
  },
  "Heat and electricity per month": (rows, month) => {
    const { periods } = month.report("month");
    expect(periods.map(({ name }) => name)).toEqual(["2026-03", "2026-04"]);
    const shown = byMonthOf(rows);
    expect([...shown.keys()]).toEqual(periods.map(({ name }) => name));
    for (const { name, heatWh, electricityWh } of periods) {
      expectNear(shown.get(name)?.Heat, (heatWh ?? 0) / 1000, 0.1, name);
      expectNear(shown.get(name)?.Electricity, (electricityWh ?? 0) / 1000, 1e-6, name);
    }
  },
  "COP per month": (rows, { days }) => {
    const shown = byMonthOf(rows);
    expect([...shown.keys()]).toEqual(["2026-03", "2026-04"]);
    for (const [name, row] of shown) {
      const whole = days.filter((day) => isWhole(day) && day.date.startsWith(String(name)));
      const { heatWh, electricityWh } = basisOf(whole);
      expectNear(row.COP, heatWh / electricityWh, 0.001);
      expectNear(row.Heat, heatWh / 1000, 0.1);
      expectNear(row.Electricity, electricityWh / 1000, 0.1);
      expect(row.Days).toBe(whole.length);
    }
  },
  "Not seen per day": (rows, month) => {
    expectSeries(
      rows,
      "Not seen",
      byDay(month, ({ seconds, coveredS }) => seconds - coveredS),
      1,
    );
  },
};
