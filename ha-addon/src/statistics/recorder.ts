import { hourMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { type Statistic, statisticsSource } from "./names.ts";
import type { KnownRow, StatisticRow } from "./rows.ts";

/** Home Assistant's recorder, as far as statistics of ours need it. Each rejects with what it says against the command. */
export type StatisticsRecorder = {
  /** The names of the statistics that Heatloop has there, by id. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** The rows of a time by id and start; `to` is not in it. */
  rows(ids: readonly string[], from: number, to: number): Promise<ReadonlyMap<string, ReadonlyMap<number, KnownRow>>>;
  /** The sum of the last row before a time by id, Wh; those without such a row are left out. */
  sumsBefore(ids: readonly string[], at: number): Promise<ReadonlyMap<string, number>>;
  /** Takes a statistic's name and rows; rows of the same start are replaced. */
  write(statistic: Statistic, rows: readonly StatisticRow[]): Promise<void>;
};

const whPerKwh = 1000;
const lookBackMs = 7 * 24 * hourMs;

const list = z.array(z.object({ statistic_id: z.string(), source: z.string(), name: z.string().nullish() }));
const periods = z.record(
  z.string(),
  z.array(z.object({ start: z.number(), state: z.number().nullish(), sum: z.number().nullish() })),
);
type Periods = z.output<typeof periods>;

export function statisticsRecorder(homeAssistant: Pick<HomeAssistant, "send">): StatisticsRecorder {
  async function during(
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

  async function lastSum(id: string, from: number, to: number): Promise<number | null> {
    const rows = (await during([id], { from, to }, "hour"))[id] ?? [];
    return whOf(rows.findLast(({ start, sum }) => start < to && whOf(sum) !== null)?.sum);
  }

  return {
    async names() {
      const listed = list.parse(
        await homeAssistant.send({ type: "recorder/list_statistic_ids", statistic_type: "sum" }),
      );
      const ours = listed.filter(({ source }) => source === statisticsSource);
      return new Map(ours.map(({ statistic_id: id, name }) => [id, name ?? ""]));
    },
    async rows(ids, from, to) {
      const found = Object.entries(await during(ids, { from, to }, "hour"));
      return new Map(
        found.map(([id, rows]) => [
          id,
          new Map(rows.map(({ start, state, sum }) => [start, { wh: whOf(state), sumWh: whOf(sum) }])),
        ]),
      );
    },
    async sumsBefore(ids, at) {
      const sums = new Map<string, number>();
      const recent = await during(ids, { from: at - lookBackMs, to: at }, "hour");
      const silent: string[] = [];
      for (const id of ids) {
        const sumWh = whOf(recent[id]?.findLast(({ start }) => start < at)?.sum);
        if (sumWh === null) silent.push(id);
        else sums.set(id, sumWh);
      }
      // The last month that begins before may have rows only after the time, the one before it has not.
      const months = await during(silent, { from: 0, to: at }, "month");
      for (const id of silent) {
        for (const { start } of (months[id] ?? [])
          .filter((month) => month.start < at)
          .slice(-2)
          .reverse()) {
          const sumWh = sums.has(id) ? null : await lastSum(id, start, at);
          if (sumWh !== null) sums.set(id, sumWh);
        }
      }
      return sums;
    },
    async write({ id, name }, rows) {
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
    },
  };
}

function whOf(kwh: number | null | undefined): number | null {
  return kwh === null || kwh === undefined ? null : Math.round(kwh * whPerKwh) + 0;
}
