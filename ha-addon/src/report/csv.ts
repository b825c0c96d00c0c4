import { parts } from "@heatloop/core/energy/day-energy";
import type { Report } from "@heatloop/core/report";
import { type CsvCell, type Decimal, spreadsheetCsv } from "../base/spreadsheet-csv.ts";

type Period = Report["periods"][number];

const columns: readonly (readonly [name: string, cellOf: (period: Period) => CsvCell])[] = [
  ["period", (period) => period.name],
  ["from", (period) => period.from],
  ["to", (period) => period.to],
  ["heat_wh", (period) => period.heatWh],
  ["electricity_wh", (period) => period.electricityWh],
  ["cop", (period) => period.cop],
  ["cooling_wh", (period) => period.coolingWh],
  ...parts.flatMap((part) => [
    [`${part}_heat_wh`, (period: Period) => period.parts[part].heatWh] as const,
    [`${part}_electricity_wh`, (period: Period) => period.parts[part].electricityWh] as const,
    [`${part}_cop`, (period: Period) => period.parts[part].cop] as const,
    [`${part}_s`, (period: Period) => period.parts[part].seconds] as const,
  ]),
  ["starts", (period) => period.starts],
  ["defrosts", (period) => period.defrosts],
  ["run_minutes", (period) => period.runMinutes],
  ["coverage", (period) => period.coverage && Math.round(period.coverage * 10_000) / 10_000],
  ["covered_s", (period) => period.coveredS],
  ["seconds", (period) => period.seconds],
  ["days", (period) => period.days.all],
  ["complete_days", (period) => period.days.complete],
  ["cop_heat_wh", (period) => period.copBasis.heatWh],
  ["cop_electricity_wh", (period) => period.copBasis.electricityWh],
  ["cop_days", (period) => period.copBasis.days],
  ["cop_boundary", (period) => period.spf.boundary],
  ["spf", (period) => period.spf.spf],
  ["cop_with_immersion_heater", (period) => period.withImmersion?.cop ?? null],
  ["spf_with_immersion_heater", (period) => period.spf.withImmersion?.spf ?? null],
  ["immersion_heater_wh", (period) => period.withImmersion?.immersionWh ?? null],
  ["cost", (period) => period.cost?.cost ?? null],
  ["standing_charge", (period) => period.cost?.standingCharge ?? null],
  ["total_cost", (period) => period.cost?.totalCost ?? null],
  ["currency", (period) => period.cost?.currency ?? null],
];

/** The periods of a report as CSV, as `spreadsheetCsv` writes it. */
export function reportCsv(report: Report, decimal: Decimal = "point"): string {
  const rows = report.periods.map((period) => columns.map(([, cellOf]) => cellOf(period)));
  return spreadsheetCsv([columns.map(([name]) => name), ...rows], decimal);
}
