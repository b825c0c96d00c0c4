import type { DayEnergy } from "../energy/day-energy.ts";
import type { HomeCost } from "./home-costs.ts";

/** A home's own report of a local day, as it is sent: what the hub holds its sums of the same rows against. */
export type HomeDay = {
  readonly date: string;
  /** When the home made it, ISO 8601: a later one takes the place of an earlier one. */
  readonly made_at: string;
  readonly seconds: number;
  readonly heat_wh: number | null;
  readonly cooling_wh: number | null;
  readonly electricity_wh: number | null;
  readonly cop: number | null;
  /** The sides of the COP, in the time in which both were seen: of several days they are summed up. */
  readonly cop_heat_wh: number | null;
  readonly cop_electricity_wh: number | null;
  readonly covered_s: number;
  readonly complete: boolean;
  readonly starts: number;
  readonly defrosts: number;
  /** null where the home has no prices; homes of older versions leave it out. */
  readonly cost?: HomeCost | null | undefined;
};

/** The energy of a day that a home reports and a hub shows. */
export type DayFigures = Omit<HomeDay, "made_at" | "cost">;

export function dayFigures(day: DayEnergy): DayFigures {
  return {
    date: day.date,
    seconds: day.seconds,
    heat_wh: day.heatWh,
    cooling_wh: day.coolingWh,
    electricity_wh: day.electricityWh,
    cop: day.cop,
    cop_heat_wh: day.copBasis?.all.heatWh ?? null,
    cop_electricity_wh: day.copBasis?.all.electricityWh ?? null,
    covered_s: day.coveredS,
    complete: day.complete,
    starts: day.starts,
    defrosts: day.defrosts,
  };
}

/** Whether two reports of a day say another energy. */
export function energyDiffers(a: DayFigures, b: DayFigures): boolean {
  return (["heat_wh", "cooling_wh", "electricity_wh", "cop"] as const).some((name) => a[name] !== b[name]);
}

/** So many reports are sent at once. */
export const mostDaysAtOnce = 400;
