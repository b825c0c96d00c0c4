import { cop } from "@heatloop/core/energy/cop";
import { type HomeCost, type MonthCost, monthCost } from "@heatloop/core/hub/home-costs";
import { dayFigures } from "@heatloop/core/hub/home-days";
import { byMonth, type MonthFigures, monthFigures, monthOf } from "@heatloop/core/hub/month-figures";
import type { Queries } from "../database/queries.ts";
import type { FoundDevice } from "../telemetry/found-device.ts";
import { homeCostsBetween } from "../telemetry/home-costs.ts";
import { homeDaysBetween } from "../telemetry/home-days.ts";
import { changedDates, daysOfDevice, type RowTimes } from "./days-of-device.ts";

/** A month as it is shown: of the hub's rows or, where the home reports more of its days, of these. */
export type ShownMonth = MonthFigures & {
  readonly source: "rows" | "home";
  /** Of the days of which the home has told it, and of which the hub keeps it; null where there are none. */
  readonly cost: MonthCost | null;
};

type StoredMonth = Omit<MonthFigures, "cop">;

/** The months of a heat pump that local dates are in, whole, in their order. */
export async function shownMonths(
  queries: Queries,
  device: FoundDevice,
  dates: { readonly from: string; readonly to: string },
  times: RowTimes,
): Promise<ShownMonth[]> {
  const whole = { from: firstDateOf(monthOf(dates.from)), to: lastDateOf(monthOf(dates.to)) };
  const stored = await queries.all<StoredMonth>(
    `select to_char(month, 'YYYY-MM') as month, heat_wh, cooling_wh, electricity_wh, cop_heat_wh, cop_electricity_wh, covered_s, days,
       complete_days, starts, defrosts
     from months where device_id = $1 and month >= $2::date and month <= $3::date`,
    [device.id, whole.from, whole.to],
  );
  const shown = new Map<string, Omit<ShownMonth, "cost">>();
  for (const month of stored) {
    shown.set(month.month, { ...month, cop: cop(month.cop_heat_wh, month.cop_electricity_wh), source: "rows" });
  }
  const changed = await changedDates(queries, device, whole, times.now);
  for (const month of new Set([...changed].map(monthOf))) {
    const days = await daysOfDevice(queries, device, { from: firstDateOf(month), to: lastDateOf(month) }, times);
    if (days.length === 0) shown.delete(month);
    else shown.set(month, { ...monthFigures(month, days.map(dayFigures)), source: "rows" });
  }
  const reported = await homeDaysBetween(queries, device.id, whole);
  for (const [month, days] of byMonth(reported)) {
    const ofHome = monthFigures(month, days);
    if (ofHome.days > (shown.get(month)?.days ?? -1)) shown.set(month, { ...ofHome, source: "home" });
  }
  const costs = byMonth(
    [...(await homeCostsBetween(queries, device.id, whole))].map(([date, cost]) => ({ date, cost })),
  );
  return [...shown.values()]
    .map((month) => ({ ...month, cost: costOfMonth(month.month, costs) }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
}

function costOfMonth(month: string, costs: ReadonlyMap<string, readonly { readonly cost: HomeCost }[]>) {
  return monthCost(
    month,
    (costs.get(month) ?? []).map(({ cost }) => cost),
  );
}

function firstDateOf(month: string): string {
  return `${month}-01`;
}

function lastDateOf(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
