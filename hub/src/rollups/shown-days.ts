import { type DayFigures, dayFigures, energyDiffers } from "@heatloop/core/hub/home-days";
import type { Queries } from "../database/queries.ts";
import type { FoundDevice } from "../telemetry/found-device.ts";
import { homeDaysBetween } from "../telemetry/home-days.ts";
import { timeOf } from "../web/times.ts";
import { daysOfDevice, type RowTimes } from "./days-of-device.ts";

/** A day as it is shown: of the hub's rows or, where it has none, as the home reports it. */
export type ShownDay = DayFigures & {
  readonly source: "rows" | "home";
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
  const own = (await daysOfDevice(queries, device, range, times)).map(dayFigures);
  // Of a day without rows the totals may be known, by the rows of the day after.
  const ofRows = own.filter(({ date, covered_s: s }) => s > 0 || (reports.get(date)?.covered_s ?? 0) === 0);
  const shown = ofRows.map((own): ShownDay => {
    const reported = reports.get(own.date);
    reports.delete(own.date);
    if (reported === undefined || !energyDiffers(own, reported))
      return { ...own, source: "rows", differs_from_home: null };
    const { heat_wh, cooling_wh, electricity_wh, cop, covered_s, made_at } = reported;
    const differs = { heat_wh, cooling_wh, electricity_wh, cop, covered_s, made_at: timeOf(made_at) };
    return { ...own, source: "rows", differs_from_home: differs };
  });
  const ofHome = [...reports.values()].map(
    ({ made_at: _, ...day }): ShownDay => ({
      ...{ ...day, source: "home", differs_from_home: null },
    }),
  );
  return [...shown, ...ofHome].sort((a, b) => (a.date < b.date ? -1 : 1));
}
