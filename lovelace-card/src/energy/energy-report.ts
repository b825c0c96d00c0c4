import { parts } from "@heatloop/core/energy/day-energy";
import type { AddonPeriod, ReportCost, ReportEnergy, ReportSide } from "../range/addon-report.ts";
import type { BarSlot } from "../range/date-range.ts";
import { type EnergyBar, type EnergyShown, electricityOf, heatOf, noBar, type Side } from "./energy-bars.ts";

/** A report as bars, one for each slot. */
export function barsOfReport(report: ReportEnergy, slots: readonly BarSlot[]): EnergyShown {
  const byDate = new Map(report.periods.map((period) => [period.from, barOf(period, period.cost)]));
  return {
    bars: slots.map(({ date }) => byDate.get(date) ?? noBar),
    total: barOf(report.total, report.cost),
    copBasis: "seen_together",
    from: { kind: "app" },
    currency: report.cost?.currency ?? "",
  };
}

function barOf(period: AddonPeriod, cost: ReportCost): EnergyBar {
  const { parts: of, sources, cop, cop_boundary, recorded_since: since } = period;
  const kwhOf = (side: "heat_wh" | "electricity_wh") =>
    Object.fromEntries(parts.map((part) => [part, inKwh(of[part][side])]));
  return {
    electricity: withEstimate(electricityOf(kwhOf("electricity_wh")), [sources.electricity]),
    heat: withEstimate(heatOf(kwhOf("heat_wh")), [sources.heat, sources.cooling]),
    cop,
    boundary: cop === null ? null : cop_boundary,
    cost: cost?.known_total_cost ?? null,
    isCostPart: cost !== null && cost.total_cost === null,
    coverage: since === null ? period.coverage : period.coverage_since,
    since,
  };
}

/** With what the best source has beyond what was measured, and the range of its sum; all of it where nothing was measured. */
function withEstimate(measured: Side | null, sources: readonly ReportSide[]): Side | null {
  const known = sources.filter((source) => source !== null);
  if (known.length === 0) return measured;
  const sum = (key: "wh" | "low_wh" | "high_wh") => known.reduce((wh, source) => wh + source[key], 0) / 1000;
  const range = { low: sum("low_wh"), high: sum("high_wh") };
  if (measured === null) return { kwh: 0, coldKwh: 0, parts: {}, missingKwh: sum("wh"), range };
  return { ...measured, missingKwh: Math.max(0, sum("wh") - measured.kwh - measured.coldKwh), range };
}

function inKwh(wh: number | null): number | null {
  return wh === null ? null : wh / 1000;
}
