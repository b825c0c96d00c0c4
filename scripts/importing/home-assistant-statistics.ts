import { pointOf } from "@heatloop/core/catalogue/points";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import { type EntityQuery, samplesByStretch } from "./home-assistant-answers.ts";
import type { MappedEntity } from "./home-assistant-entities.ts";
import type { Sample, Source, SourceReport } from "./sample.ts";
import { sourceSample } from "./source-value.ts";

export const periods = ["5minute", "hour"] as const;
export type StatisticsPeriod = (typeof periods)[number];

const periodMs: Readonly<Record<StatisticsPeriod, number>> = { "5minute": 5 * minuteMs, hour: hourMs };
const stretchMs = 30 * dayMs;
/** The state of a total belongs to the end of its period: its last half minute. */
const endMs = 30_000;

/** Rows of `recorder/statistics_during_period`; `start` and `end` in ms. */
const statistics = z.record(
  z.string(),
  z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      mean: z.number().nullish(),
      state: z.number().nullish(),
      sum: z.number().nullish(),
    }),
  ),
);

/** What an aggregate is worth for minutes: a mean that holds, a total that steps, or nothing. */
function statisticKind({ target, unit }: Pick<MappedEntity, "target" | "unit">): "mean" | "total" | undefined {
  if (target === "electricity_meter") return unit === "W" || unit === "kW" ? undefined : "total";
  if (target === "heat_meter") return undefined;
  const { quantity, stateClass, log } = pointOf(target);
  if (log === "last" && stateClass !== undefined) return "total";
  return log === "mean" && quantity === "temperature" ? "mean" : undefined;
}

/**
 * The long-term statistics of entities. A temperature's mean holds for each minute of its period; a total is what it
 * was at the end of the period, so that its step counts for the whole of it. Anything else cannot be divided into minutes and is
 * left out with a remark. The samples reject with Home Assistant's error.
 */
export function openStatistics(parts: EntityQuery & { readonly period: StatisticsPeriod }): Source {
  const used = parts.entities.filter((each) => statisticKind(each) !== undefined);
  const others = parts.entities.filter((each) => statisticKind(each) === undefined).map(({ target }) => target);
  return {
    samples: samplesOf({ ...parts, entities: used }),
    validity: { holdMs: periodMs[parts.period], silenceMs: periodMs[parts.period], needsNext: false },
    inferred: new Set(),
    remarks:
      others.length === 0
        ? []
        : [
            `Statistics of ${others.join(", ")} are left out: a mean over a time has nothing about its minutes; only temperatures and totals are taken. No heat follows from them.`,
          ],
  };
}

async function* samplesOf(parts: EntityQuery & { readonly period: StatisticsPeriod }): AsyncGenerator<Sample> {
  if (parts.entities.length === 0) return;
  yield* samplesByStretch(parts, {
    what: "statistics",
    stretchMs,
    message: (ids) => ({
      type: "recorder/statistics_during_period",
      statistic_ids: ids,
      period: parts.period,
      types: ["mean", "state", "sum"],
      units: { temperature: "°C", energy: "kWh" },
    }),
    parse: (answer) => statistics.parse(answer),
    samplesOf: (mapped, rows, { start, end }) =>
      rows
        .filter((row) => row.start >= start && row.end <= end)
        .flatMap((row) => sampleOf(mapped, row, parts.report) ?? []),
  });
}

function sampleOf(
  mapped: MappedEntity,
  row: z.infer<typeof statistics>[string][number],
  report: SourceReport,
): Sample | undefined {
  const { entity, target } = mapped;
  const isMean = statisticKind(mapped) === "mean";
  // A meter's sum goes on where the meter itself starts again; a counter of the heat pump must show what it showed.
  const value = isMean ? row.mean : target === "electricity_meter" ? (row.sum ?? row.state) : row.state;
  if (value === null || value === undefined) return undefined;
  const sample = sourceSample(target, String(value), undefined, isMean ? row.start : row.end - endMs);
  if (!("problem" in sample)) return { ...sample, holdMs: isMean ? row.end - row.start : endMs };
  const problem = `${new Date(row.start).toISOString()}: ${sample.problem}`;
  report.problem({ file: entity, line: null, kind: `statistic ${entity}`, problem });
  return undefined;
}
