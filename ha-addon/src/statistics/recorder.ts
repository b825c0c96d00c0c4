import { dayMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { type Statistic, statisticsSource } from "./names.ts";
import type { KnownRow, StatisticRow } from "./rows.ts";

/** Home Assistant's recorder, as far as Heatloop's statistics need it. Each rejects with its error. */
export type StatisticsRecorder = {
  /** The names of the statistics that Heatloop has there, by id. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** The rows of a time by id and start; `to` is not in it. */
  rows(ids: readonly string[], from: number, to: number): Promise<ReadonlyMap<string, ReadonlyMap<number, KnownRow>>>;
  /** The sum of the last row before a time by id, Wh; those without such a row are left out. */
  sumsBefore(ids: readonly string[], at: number): Promise<ReadonlyMap<string, number>>;
  /** Writes a statistic's name and rows; rows of the same start are replaced. */
  write(statistic: Statistic, rows: readonly StatisticRow[]): Promise<void>;
};

const whPerKwh = 1000;
/** Chosen: most devices have an hour with energy in a week, and 168 rows a statistic are a small answer. */
const lookBackMs = 7 * dayMs;

const list = z.array(z.object({ statistic_id: z.string(), source: z.string(), name: z.string().nullish() }));
const periods = z.record(
  z.string(),
  z.array(z.object({ start: z.number(), state: z.number().nullish(), sum: z.number().nullish() })),
);
type Periods = z.output<typeof periods>;

type Sender = Pick<HomeAssistant, "send">;

/** The statistics of Home Assistant's recorder over its websocket. */
export function statisticsRecorder(homeAssistant: Sender): StatisticsRecorder {
  return {
    names: () => namesOf(homeAssistant),
    async rows(ids, from, to) {
      const byId = Object.entries(await fetchPeriods(homeAssistant, ids, { from, to }, "hour"));
      return new Map(byId.map(([id, rows]) => [id, new Map(rows.map((row) => [row.start, knownRow(row)]))]));
    },
    sumsBefore: (ids, at) => sumsBefore(homeAssistant, ids, at),
    write: (statistic, rows) => write(homeAssistant, statistic, rows),
  };
}

async function namesOf(homeAssistant: Sender): Promise<ReadonlyMap<string, string>> {
  const answer = await homeAssistant.send({ type: "recorder/list_statistic_ids", statistic_type: "sum" });
  const ours = list.parse(answer).filter(({ source }) => source === statisticsSource);
  return new Map(ours.map(({ statistic_id: id, name }) => [id, name ?? ""]));
}

async function fetchPeriods(
  homeAssistant: Sender,
  ids: readonly string[],
  time: { readonly from: number; readonly to: number },
  period: "hour" | "month",
): Promise<Periods> {
  if (ids.length === 0) return {};
  const answer = await homeAssistant.send({
    type: "recorder/statistics_during_period",
    start_time: new Date(time.from).toISOString(),
    end_time: new Date(time.to).toISOString(),
    statistic_ids: ids,
    period,
    types: period === "hour" ? ["state", "sum"] : ["sum"],
  });
  return periods.parse(answer);
}

async function sumsBefore(
  homeAssistant: Sender,
  ids: readonly string[],
  at: number,
): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  const recent = await fetchPeriods(homeAssistant, ids, { from: at - lookBackMs, to: at }, "hour");
  const silent: string[] = [];
  for (const id of ids) {
    const sumWh = whOf(recent[id]?.findLast(({ start }) => start < at)?.sum);
    if (sumWh === null) silent.push(id);
    else sums.set(id, sumWh);
  }
  const months = await fetchPeriods(homeAssistant, silent, { from: 0, to: at }, "month");
  for (const id of silent) {
    // The last month that begins before may have rows only after the time, the one before it has not.
    const lastMonths = (months[id] ?? []).filter((month) => month.start < at).slice(-2);
    for (const { start } of lastMonths.reverse()) {
      const sumWh = sums.has(id) ? null : await lastSum(homeAssistant, id, start, at);
      if (sumWh !== null) sums.set(id, sumWh);
    }
  }
  return sums;
}

/** The sum of the last hour of a time that has one, Wh. */
async function lastSum(homeAssistant: Sender, id: string, from: number, to: number): Promise<number | null> {
  const rows = (await fetchPeriods(homeAssistant, [id], { from, to }, "hour"))[id] ?? [];
  return whOf(rows.findLast(({ start, sum }) => start < to && whOf(sum) !== null)?.sum);
}

async function write(homeAssistant: Sender, { id, name }: Statistic, rows: readonly StatisticRow[]): Promise<void> {
  await homeAssistant.send({
    type: "recorder/import_statistics",
    metadata: {
      statistic_id: id,
      source: statisticsSource,
      name,
      has_sum: true,
      mean_type: 0,
      unit_class: "energy",
      unit_of_measurement: "kWh",
    },
    stats: rows.map(({ at, wh, sumWh }) => ({
      start: new Date(at).toISOString(),
      state: wh / whPerKwh,
      sum: sumWh / whPerKwh,
    })),
  });
}

function knownRow({ state, sum }: Periods[string][number]): KnownRow {
  return { wh: whOf(state), sumWh: whOf(sum) };
}

function whOf(kwh: number | null | undefined): number | null {
  return kwh === null || kwh === undefined ? null : Math.round(kwh * whPerKwh) + 0;
}
