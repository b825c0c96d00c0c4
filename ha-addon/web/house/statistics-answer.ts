import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Api } from "../api/api.ts";
import { askedColumns, columnOfEntity, idOfEntity } from "./columns.ts";
import { withPowers } from "./power-rows.ts";
import { loadRows, type Span } from "./readings.ts";

/** Rows of `recorder/statistics_during_period`, by statistic; times in ms since the epoch. */
type MeanRows = Readonly<
  Record<string, readonly { readonly start: number; readonly end: number; readonly mean: number | null }[]>
>;

const periods = {
  "5minute": { resolution: "5min", ms: 5 * minuteMs },
  hour: { resolution: "hour", ms: hourMs },
} as const;

/** Means of temperatures, powers and frequencies, answered from the minute log; powers are in `powerUnit`. Rejects with what the API says. */
export async function meansAnswer(
  api: Api,
  device: string,
  statisticIds: readonly string[],
  { period, powerUnit, ...span }: Span & { readonly period: keyof typeof periods; readonly powerUnit: string },
): Promise<MeanRows> {
  const { resolution, ms } = periods[period];
  const asked = statisticIds.flatMap((id) => {
    const column = columnOfEntity(idOfEntity(id));
    return column === undefined ? [] : [{ id, column }];
  });
  const columns = [...new Set(asked.flatMap(({ column }) => askedColumns(column)))];
  const rows = withPowers(await loadRows(api, device, span, { columns, resolution }), ms);
  return Object.fromEntries(
    asked.map(({ id, column }) => [
      id,
      rows.flatMap((row) => {
        const value = row[column];
        const start = Date.parse(row.time);
        if (typeof value !== "number") return [];
        const isKw = powerUnit === "kW" && column.endsWith("_w");
        return [{ start, end: start + ms, mean: isKw ? value / 1000 : value }];
      }),
    ]),
  );
}
