import { parts } from "@heatloop/core/energy/day-energy";
import type { AddonPeriod, AddonReport, ReportCost, ReportSide } from "../../range/addon-report.ts";
import type { BarSlot } from "../../range/date-range.ts";
import { type EnergyBar, type EnergyShown, noBar, type Side, sideOf } from "./energy-bars.ts";

/** A report as bars, one for each slot. */
export function barsOfReport(report: AddonReport, slots: readonly BarSlot[]): EnergyShown {
  const byDate = new Map(report.periods.map((period) => [period.from, barOf(period, period.cost)]));
  return {
    bars: slots.map(({ date }) => byDate.get(date) ?? noBar),
    total: barOf(report.total, report.cost),
    currency: report.cost?.currency ?? "",
  };
}

function barOf({ parts: of, sources, coverage, cop }: AddonPeriod, cost: ReportCost): EnergyBar {
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
  const known = sources.filter((source) => source !== null);
  if (known.length === 0) return seen;
  const sum = (key: "wh" | "missing_wh" | "low_wh" | "high_wh") =>
    known.reduce((wh, source) => wh + source[key], 0) / 1000;
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
