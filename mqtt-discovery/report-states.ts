import type { CostReport } from "@heatloop/core/cost/cost-report";
import type { Boundary } from "@heatloop/core/energy/boundary";
import type { PeriodEnergy } from "@heatloop/core/energy/period-energy";
import type { PeriodSource } from "@heatloop/core/energy/period-sources";
import { round, roundOrNull } from "@heatloop/core/math/rounding";
import type { Report } from "@heatloop/core/report";
import { kwh } from "./own-states.ts";

/** Yesterday and the month so far, with all that the card needs of them; a `ReportState`, retained. */
export function reportTopic(device: string): string {
  return `heatloop/${device}/report`;
}

/** A side with its range, kWh: the true value lies within. */
type SideState = { readonly kwh: number; readonly low_kwh: number; readonly high_kwh: number } | null;

/** Energies in kWh, money in `currency`; null is unknown. */
export type PeriodState = {
  readonly from: string;
  readonly to: string;
  readonly heat_kwh: number | null;
  readonly cooling_kwh: number | null;
  readonly electricity_kwh: number | null;
  readonly cop: number | null;
  /** Of the COP, as heatpumpmonitor.org names it: H2, H3, H4. */
  readonly cop_boundary: Boundary | null;
  /** null where the immersion heater did not run. */
  readonly cop_with_immersion_heater: number | null;
  readonly heat: SideState;
  readonly electricity: SideState;
  readonly electricity_by_use_kwh: Readonly<Record<keyof PeriodEnergy["parts"], number | null>>;
  /** With the standing charge. */
  readonly cost: number | null;
  /** The same of the part of which the price is known: all of it where `cost` is known. */
  readonly known_cost: number | null;
  /** How much of the electricity has a price, 0 to 100. */
  readonly known_cost_percent: number | null;
  readonly starts: number;
  readonly short_runs: number | null;
  readonly defrosts: number;
  readonly run_hours: number;
  readonly coverage_percent: number | null;
  /** Names of what can't be as it was measured. */
  readonly findings: readonly string[];
};

export type ReportState = {
  readonly yesterday: PeriodState;
  readonly month: PeriodState;
  readonly currency: string;
  /** A few lines that a notification can carry, of yesterday and of the last whole week. */
  readonly day_text: string;
  readonly week_text: string;
};

/** A report as its state is published. */
export function periodState({ from, to, total, cost, events }: Report): PeriodState {
  return {
    from,
    to,
    heat_kwh: kwh(total.heatWh),
    cooling_kwh: kwh(total.coolingWh),
    electricity_kwh: kwh(total.electricityWh),
    cop: roundOrNull(total.cop, 2),
    cop_boundary: total.spf.boundary,
    cop_with_immersion_heater: roundOrNull(total.withImmersion?.cop ?? null, 2),
    heat: sideState(total.sources.heat),
    electricity: sideState(total.sources.electricity),
    electricity_by_use_kwh: Object.fromEntries(
      Object.entries(total.parts).map(([part, { electricityWh }]) => [part, kwh(electricityWh)]),
    ) as PeriodState["electricity_by_use_kwh"],
    cost: cost?.totalCost ?? null,
    known_cost: cost?.knownTotalCost ?? null,
    known_cost_percent: knownPercentOf(cost),
    starts: total.starts,
    short_runs: events === null ? null : events.cycles.shortRuns,
    defrosts: total.defrosts,
    run_hours: round(total.runMinutes / 60, 2),
    coverage_percent: total.coverage === null ? null : round(total.coverage * 100, 1),
    findings: [...new Set((events?.findings ?? []).map(({ name }) => name))],
  };
}

function sideState(side: PeriodSource<string> | null): SideState {
  if (side === null) return null;
  const inKwh = (wh: number) => round(wh / 1000, 3);
  return { kwh: inKwh(side.wh), low_kwh: inKwh(side.lowWh), high_kwh: inKwh(side.highWh) };
}

/** Days of which no electricity is known are no part of it. */
function knownPercentOf(cost: CostReport | null): number | null {
  const share = cost?.knownShare ?? null;
  return share === null ? null : Math.floor(share * 1000) / 10;
}
