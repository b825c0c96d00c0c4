import { type Part, parts } from "@heatloop/core/day-energy";
import type { DateRange, Slot } from "./date-range.ts";
import { type EnergyBar, type EnergyShown, noBar, type Side, sideOf } from "./energy-bars.ts";

/** Of `GET api/devices/<id>/report.json` what the card reads; ha-addon/src/report-json.ts is the whole. */
export type AddonReport = {
  readonly total: ReportPeriod;
  readonly periods: readonly (ReportPeriod & { readonly name: string; readonly cost: ReportCost })[];
  readonly cost: ReportCost;
  readonly happened: { readonly cycles: ReportCycles } | null;
};

type ReportCost = { readonly currency: string; readonly total_cost: number | null } | null;
type ReportSide = {
  readonly wh: number;
  readonly missing_wh: number;
  readonly low_wh: number;
  readonly high_wh: number;
} | null;

export type ReportPeriod = {
  readonly from: string;
  readonly to: string;
  readonly coverage: number | null;
  readonly cop: number | null;
  readonly parts: Readonly<Record<Part, { readonly heat_wh: number | null; readonly electricity_wh: number | null }>>;
  readonly sources: { readonly heat: ReportSide; readonly cooling: ReportSide; readonly electricity: ReportSide };
};

/** Runs of the compressor, `happened.cycles` of a report. */
export type ReportCycles = {
  readonly lengths: readonly {
    readonly from_minutes: number;
    readonly to_minutes: number | null;
    readonly runs: number;
  }[];
  readonly days: readonly {
    readonly date: string;
    readonly starts: number;
    readonly short_runs: readonly {
      readonly start: string;
      readonly seconds: number;
      readonly cause: string;
      readonly reason: string | null;
    }[];
  }[];
};

/** The path of a report; `to` is no later than today. */
export function reportPath(device: string, { from, to }: Pick<DateRange, "from" | "to">, by: "day" | "month"): string {
  return `api/devices/${encodeURIComponent(device)}/report.json?from=${from}&to=${to}&by=${by}`;
}

/** A report as bars, one for each slot. */
export function barsOfReport(report: AddonReport, slots: readonly Slot[]): EnergyShown {
  const byDate = new Map(report.periods.map((period) => [period.from, barOf(period, period.cost)]));
  return {
    bars: slots.map(({ date }) => byDate.get(date) ?? noBar),
    total: barOf(report.total, report.cost),
    currency: report.cost?.currency ?? "",
  };
}

function barOf({ parts: of, sources, coverage, cop }: ReportPeriod, cost: ReportCost): EnergyBar {
  const kwhOf = (side: "heat_wh" | "electricity_wh") =>
    Object.fromEntries(parts.map((part) => [part, inKwh(of[part][side])]));
  return {
    electricity: measured(sideOf(kwhOf("electricity_wh")), [sources.electricity]),
    heat: measured(sideOf(kwhOf("heat_wh")), [sources.heat, sources.cooling]),
    cop,
    cost: cost?.total_cost ?? null,
    coverage,
  };
}

/** With the range of its best source, and with what that source estimates beyond what was seen. */
function measured(seen: Side | null, sources: readonly ReportSide[]): Side | null {
  const told = sources.filter((source) => source !== null);
  if (told.length === 0) return seen;
  const sum = (key: "wh" | "missing_wh" | "low_wh" | "high_wh") =>
    told.reduce((wh, source) => wh + source[key], 0) / 1000;
  return {
    kwh: sum("wh"),
    parts: seen?.parts ?? { all: Math.max(0, sum("wh") - sum("missing_wh")) },
    missingKwh: sum("missing_wh"),
    range: { low: sum("low_wh"), high: sum("high_wh") },
  };
}

function inKwh(wh: number | null): number | null {
  return wh === null ? null : wh / 1000;
}
