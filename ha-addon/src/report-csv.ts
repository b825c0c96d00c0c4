import { parts } from "@heatloop/core/day-energy";
import type { Report } from "@heatloop/core/report";
import { stringify } from "csv-stringify/sync";

/** How numbers are written: `point` is what programs read, `comma` what a spreadsheet set to German, Italian ... opens. */
export const decimals = ["point", "comma"] as const;
export type Decimal = (typeof decimals)[number];

type Period = Report["periods"][number];
type Cell = string | number | null;

const columns: readonly (readonly [name: string, cellOf: (period: Period) => Cell])[] = [
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
  ["cost", (period) => period.cost?.cost ?? null],
  ["standing_charge", (period) => period.cost?.standingCharge ?? null],
  ["total_cost", (period) => period.cost?.totalCost ?? null],
  ["currency", (period) => period.cost?.currency ?? null],
];

/**
 * The periods of a report as CSV (RFC 4180, UTF-8 without a byte order mark, LF); unknown is empty. `comma` writes
 * `3,95` and separates cells by `;`, with a byte order mark, as Excel and LibreOffice expect it where the comma is usual.
 */
export function reportCsv(report: Report, decimal: Decimal = "point"): string {
  const rows = report.periods.map((period) => columns.map(([, cellOf]) => cellOf(period)));
  const isComma = decimal === "comma";
  return stringify([columns.map(([name]) => name), ...rows], {
    bom: isComma,
    delimiter: isComma ? ";" : ",",
    cast: { number: (value) => (isComma ? String(value).replace(".", ",") : String(value)) },
  });
}
