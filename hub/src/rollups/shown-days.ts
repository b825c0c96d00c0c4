import type { HomeCost } from "@heatloop/core/hub/home-costs";
import { type DayFigures, dayFigures, energyDiffers } from "@heatloop/core/hub/home-days";
import type { Queries } from "../database/queries.ts";
import type { FoundDevice } from "../telemetry/found-device.ts";
import { homeCostsBetween } from "../telemetry/home-costs.ts";
import { homeDaysBetween } from "../telemetry/home-days.ts";
import { timeOf } from "../web/times.ts";
import { daysOfDevice, type RowTimes } from "./days-of-device.ts";

/** A day as it is shown: of the hub's rows or, where it has none, as the home reports it. */
export type ShownDay = DayFigures & {
  readonly source: "rows" | "home";
  /** As the home reports it; null where it has told none, or none that the hub keeps. */
  readonly cost: HomeCost | null;
  readonly differs_from_home:
    | (Pick<DayFigures, "heat_wh" | "cooling_wh" | "electricity_wh" | "cop" | "covered_s"> & {
        readonly made_at: string;
      })
    | null;
};

/** The days of a heat pump in a range of local dates, both included, in their order. */
export async function shownDays(
  queries: Queries,
  device: FoundDevice,
  range: { readonly from: string; readonly to: string },
  times: RowTimes,
): Promise<ShownDay[]> {
  const home = await homeDaysBetween(queries, device.id, range);
  const reports = new Map(home.map((day) => [day.date, day]));
  const costs = await homeCostsBetween(queries, device.id, range);
  const costOf = (date: string) => costs.get(date) ?? null;
  const own = (await daysOfDevice(queries, device, range, times)).map(dayFigures);
  // Of a day without rows the totals may be known, by the rows of the day after.
  const ofRows = own.filter(({ date, covered_s: s }) => s > 0 || (reports.get(date)?.covered_s ?? 0) === 0);
  const shown = ofRows.map((own): ShownDay => {
    const reported = reports.get(own.date);
    const cost = costOf(own.date);
    reports.delete(own.date);
    if (reported === undefined || !energyDiffers(own, reported))
      return { ...own, source: "rows", cost, differs_from_home: null };
    const { heat_wh, cooling_wh, electricity_wh, cop, covered_s, made_at } = reported;
    const differs = { heat_wh, cooling_wh, electricity_wh, cop, covered_s, made_at: timeOf(made_at) };
    return { ...own, source: "rows", cost, differs_from_home: differs };
  });
  const ofHome = [...reports.values()].map(
    ({ made_at: _, ...day }): ShownDay => ({
      ...{ ...day, source: "home", cost: costOf(day.date), differs_from_home: null },
    }),
  );
  return [...shown, ...ofHome].sort((a, b) => (a.date < b.date ? -1 : 1));
}
