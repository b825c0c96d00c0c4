import { dayMs } from "@heatloop/core/time/durations";
import type { TimeSpan } from "../chart/chart.ts";
import { emptySeries, type GrowingSeries } from "../chart/series.ts";
import type { Hass } from "../home-assistant/hass.ts";
import { type History, loadHistory } from "../home-assistant/history.ts";
import type { ValueSource } from "../home-assistant/value.ts";
import { bandEntities, type OperationTrack, trackOf } from "./operation-track.ts";
import type { RecordSource } from "./record-source.ts";
import type { RecordedLine } from "./recorded-line.ts";
import { readNumber } from "./recorded-number.ts";
import { appendStatistics, historySeries, type StatisticsAnswer } from "./recorded-series.ts";

/** What Home Assistant has recorded of a span; series by entity. */
export type Recorded = {
  readonly kind: RecordSource;
  readonly series: ReadonlyMap<string, GrowingSeries>;
  readonly track: OperationTrack | undefined;
};

export type Request = {
  readonly hass: Hass;
  readonly source: ValueSource;
  readonly lines: readonly RecordedLine[];
  readonly span: TimeSpan;
};

const trackedMs = 11 * dayMs;

/** States as they were, each in the unit that it was recorded in. Rejects as Home Assistant does. */
export async function askHistory(request: Request): Promise<Recorded> {
  const { hass, source, lines, span } = request;
  const signs = signIds(source);
  const unitNow = (entityId: string) => hass.states[entityId]?.attributes.unit_of_measurement;
  const first = await loadHistory(hass, [...lines.map(({ entityId }) => entityId), ...signs], span, "first");
  const hadOther = ({ entityId }: RecordedLine): boolean => {
    const unit = first[entityId]?.[0]?.a?.unit_of_measurement;
    return unit !== undefined && unit !== unitNow(entityId);
  };
  const others = lines.filter(hadOther).map(({ entityId }) => entityId);
  const answer = { ...first, ...(await loadHistory(hass, others, span, "each")) };
  const series = lines.map(({ entityId, unit, noneAt }) => {
    const readIn = (from: unknown) => readNumber(from, unit, noneAt);
    return [entityId, historySeries(answer[entityId], readIn(unitNow(entityId)), readIn)] as const;
  });
  return { kind: "history", series: new Map(series), track: trackOf(onlyOf(answer, signs), source) };
}

/** Means of 5 minutes or hours, and what the heat pump did where states are still kept. */
export async function askStatistics(request: Request, kind: "5minute" | "hour"): Promise<Recorded> {
  const { hass, source, lines, span } = request;
  const signs = span.to - span.from <= trackedMs ? signIds(source) : [];
  const [rows, states] = await Promise.all([
    statistics(request, kind),
    signs.length === 0 ? undefined : loadHistory(hass, signs, span).catch(() => undefined),
  ]);
  const series = lines.map(({ entityId }) => {
    const made = emptySeries(rows[entityId]?.length);
    appendStatistics(made, rows[entityId]);
    return [entityId, made] as const;
  });
  // Entities without a state class have no statistics; their states may still be there.
  if (kind === "5minute" && series.every(([, { length }]) => length === 0)) return askHistory(request);
  return { kind, series: new Map(series), track: states && trackOf(states, source) };
}

/** The rows of a span by entity, in the wanted units. */
export function statistics({ hass, lines, span }: Request, period: "5minute" | "hour"): Promise<StatisticsAnswer> {
  return hass.callWS<StatisticsAnswer>({
    type: "recorder/statistics_during_period",
    start_time: new Date(span.from).toISOString(),
    end_time: new Date(span.to).toISOString(),
    statistic_ids: lines.map(({ entityId }) => entityId),
    period,
    types: ["mean"],
    units: unitsOf(lines),
  });
}

/** Home Assistant converts what it knows the kind of; a frequency has one unit only. */
function unitsOf(lines: readonly RecordedLine[]): Readonly<Record<string, string>> {
  const units = lines.map(({ unit }) => unit);
  const temperature = units.find((unit) => unit.startsWith("°"));
  const power = units.find((unit) => unit.endsWith("W"));
  return { ...(temperature && { temperature }), ...(power && { power }) };
}

function signIds(source: ValueSource): readonly string[] {
  return bandEntities(source).flatMap((id) => source.entities.get(id) ?? []);
}

function onlyOf(history: History, ids: readonly string[]): History {
  return Object.fromEntries(ids.map((id) => [id, history[id]]));
}
