import type { Part } from "@heatloop/core/energy/day-energy";
import type { Clock } from "@heatloop/core/time/clock";
import { type AddonAnswer, askAddon } from "../home-assistant/addon.ts";
import { type HeatPumpEntities, heatloopId } from "../home-assistant/find-entities.ts";
import type { Hass } from "../home-assistant/hass.ts";
import type { BarUnit, DateRange } from "./date-range.ts";

/** Of `GET api/devices/<id>/report.json` what the card reads; ha-addon/src/report/json/parts.ts describes it. */
export type ReportEnergy = {
  readonly total: AddonPeriod;
  readonly periods: readonly (AddonPeriod & { readonly name: string; readonly cost: ReportCost })[];
  readonly cost: ReportCost;
};
export type ReportOfCycles = {
  readonly happened: { readonly cycles: ReportCycles } | null;
  /** It is not made yet. */
  readonly pending: boolean;
  readonly progress: DaysMade;
};

/** How many of the days that have to be made are; null where that is not known, or nothing is pending. */
export type DaysMade = { readonly days_made: number; readonly days: number } | null;

/** By the name of the part that is asked for. */
type ReportPart = { readonly energy: ReportEnergy; readonly cycles: ReportOfCycles };

export type ReportCost = {
  readonly currency: string;
  readonly total_cost: number | null;
  /** Of the part of which the price is known. */
  readonly known_total_cost: number | null;
} | null;
export type ReportSide = {
  readonly wh: number;
  readonly missing_wh: number;
  readonly low_wh: number;
  readonly high_wh: number;
} | null;

export type AddonPeriod = {
  readonly from: string;
  readonly to: string;
  readonly coverage: number | null;
  /** The first date of the record, where it begins within the period, and the coverage since then. */
  readonly recorded_since: string | null;
  readonly coverage_since: number | null;
  readonly cop: number | null;
  readonly cop_boundary: string | null;
  readonly parts: Readonly<Record<Part, { readonly heat_wh: number | null; readonly electricity_wh: number | null }>>;
  readonly sources: { readonly heat: ReportSide; readonly cooling: ReportSide; readonly electricity: ReportSide };
};

/** Runs of the compressor, `happened.cycles` of a report. */
export type ReportCycles = {
  /** Why the runs ended, the commonest first. */
  readonly stops: readonly {
    readonly cause: string;
    readonly reason: string | null;
    readonly runs: number;
    readonly mean_run_minutes: number;
  }[];
  /** What is wrong with the runs, and what to change; core/events/cycle-advice.ts. */
  readonly problem: string | null;
  readonly advice: {
    readonly cause: string;
    readonly reason: string | null;
    readonly setting: string;
    readonly change: string;
    readonly by: number | null;
    readonly to: number | null;
    readonly unit: string | null;
    readonly starts_a_day_fewer: number | null;
  } | null;
  /** Mean of the complete days; null of none. */
  readonly starts_per_day: number | null;
  readonly lengths: readonly {
    readonly from_minutes: number;
    readonly to_minutes: number | null;
    readonly runs: number;
  }[];
  readonly days: readonly {
    readonly date: string;
    /** It is over and was seen whole. */
    readonly complete: boolean;
    readonly starts: number;
    readonly short_runs: readonly {
      readonly start: string;
      readonly seconds: number;
      readonly cause: string;
      readonly reason: string | null;
    }[];
  }[];
};

/** The path of a part of a report; `to` is no later than today. */
export function reportPath(
  part: keyof ReportPart,
  device: string,
  { from, to }: Pick<DateRange, "from" | "to">,
  by: "day" | "month",
): string {
  return `api/devices/${encodeURIComponent(device)}/report.json?from=${from}&to=${to}&by=${by}&fields=${part}`;
}

/** A part of a report of Heatloop's app, or why there is none; undefined where the heat pump is not Heatloop's. */
export async function loadReport<Part extends keyof ReportPart>(
  part: Part,
  { hass, heatPump, clock }: { readonly hass: Hass; readonly heatPump: HeatPumpEntities; readonly clock: Clock },
  range: Pick<DateRange, "from" | "to">,
  unit: BarUnit,
): Promise<AddonAnswer<ReportPart[Part]> | undefined> {
  const device = heatloopId(heatPump.device);
  if (device === undefined) return undefined;
  const path = reportPath(part, device, range, unit === "month" ? "month" : "day");
  return askAddon<ReportPart[Part]>(hass, clock, path);
}
