import type { TimeSpan } from "../chart/chart.ts";
import { emptySeries, type GrowingSeries } from "../chart/series.ts";
import { changedAt, type HistoryState } from "../home-assistant/history.ts";
import type { ReadNumber } from "./recorded-number.ts";

/** A row of `recorder/statistics_during_period`; times in ms since the epoch. */
export type StatisticsRow = { readonly start: number; readonly end: number; readonly mean?: number | null };
export type StatisticsAnswer = Readonly<Record<string, readonly StatisticsRow[] | undefined>>;

/** States as a line of steps: each holds until the next. A state that has its unit with it is read by `readIn` that. */
export function historySeries(
  states: readonly HistoryState[] = [],
  read: ReadNumber,
  readIn: (unit: unknown) => ReadNumber = () => read,
): GrowingSeries {
  const series = emptySeries(states.length + 64);
  for (const state of states) {
    const unit = state.a?.unit_of_measurement;
    series.append(changedAt(state), (unit === undefined ? read : readIn(unit))(state.s));
  }
  return series;
}

/** Means of periods as points in their middles; where a period is missing there is a gap. */
export function appendStatistics(series: GrowingSeries, rows: readonly StatisticsRow[] = []): void {
  for (const { start, end, mean } of rows) {
    const last = series.at[series.length - 1];
    const length = end - start;
    if (last !== undefined && series.length > 0 && start - last > length) series.append(last + length / 2, Number.NaN);
    series.append(start + length / 2, mean ?? Number.NaN);
  }
}

/** The mean of a line within a span: of steps by how long each held, else of the points; NaN where there is nothing. */
export function meanWithin(series: GrowingSeries, { from, to }: TimeSpan, first: number, step: boolean): number {
  let [sum, weight] = [0, 0];
  for (let index = first; index < series.length; index++) {
    const at = series.at[index] as number;
    if (at >= to) break;
    const value = series.values[index] as number;
    const held = Math.min(series.at[index + 1] ?? to, to) - Math.max(at, from);
    const counts = step
      ? Math.max(0, index === series.length - 1 ? to - Math.max(at, from) : held)
      : at >= from
        ? 1
        : 0;
    if (Number.isNaN(value) || counts === 0) continue;
    sum += value * counts;
    weight += counts;
  }
  return sum / weight;
}
