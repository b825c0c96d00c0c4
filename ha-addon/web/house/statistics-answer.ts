import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Api } from "../api/api.ts";
import { columnOfEntity, idOfEntity } from "./columns.ts";
import { loadRows, type Span } from "./readings.ts";

/** Rows of `recorder/statistics_during_period`, by statistic; times in ms since the epoch. */
type MeanRows = Readonly<
  Record<string, readonly { readonly start: number; readonly end: number; readonly mean: number | null }[]>
>;

const periods = {
  "5minute": { resolution: "5min", ms: 5 * minuteMs },
  hour: { resolution: "hour", ms: hourMs },
} as const;

/** Means of temperatures, answered from the minute log. Rejects with what the API says. */
export async function meansAnswer(
  api: Api,
  device: string,
  statisticIds: readonly string[],
  { period, ...span }: Span & { readonly period: keyof typeof periods },
): Promise<MeanRows> {
  const { resolution, ms } = periods[period];
  const asked = statisticIds.flatMap((id) => {
    const column = columnOfEntity(idOfEntity(id));
    return column === undefined ? [] : [{ id, column }];
  });
  const rows = await loadRows(api, device, span, {
    columns: [...new Set(asked.map(({ column }) => column))],
    resolution,
  });
  return Object.fromEntries(
    asked.map(({ id, column }) => [
      id,
      rows.flatMap((row) => {
        const mean = row[column];
        const start = Date.parse(row.time);
        return typeof mean === "number" ? [{ start, end: start + ms, mean }] : [];
      }),
    ]),
  );
}
