import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { TimeSpan } from "../../chart/chart.ts";
import { emptySeries, type GrowingSeries } from "../../chart/series.ts";
import { messageOf } from "../../home-assistant/find-heat-pump.ts";
import type { Hass, StateObject } from "../../home-assistant/hass.ts";
import type { ValueSource } from "../../home-assistant/value.ts";
import { bandEntities, type OperationTrack, startTrack } from "./operation-track.ts";
import { appendStatistics, readTemperature } from "./recorded-series.ts";
import { askHistory, askStatistics, type Recorded, statistics } from "./recorder-answers.ts";
import type { TemperatureLine } from "./temperature-lines.ts";
import { nextRefresh, periodMs, sourceOf, spanToLoad, type TemperatureSource } from "./temperature-source.ts";

/** `off`: Home Assistant keeps no history; what is seen from now on is still drawn. */
export type RecordState =
  | { readonly kind: "loading" | "off" | "ready" }
  | { readonly kind: "failed"; readonly reason: string };

/** What the record needs to know of this moment. */
export type Moment = {
  readonly hass: Hass;
  readonly source: ValueSource;
  readonly lines: readonly TemperatureLine[];
  readonly unit: string;
};

/** The temperatures of a span: recorded ones, and those that come while it is looked at. */
export type TemperatureRecord = {
  /** Takes what Home Assistant says now; asks for `span` where it is not there yet, while it is zoomed after a rest. */
  update(moment: Moment, span: TimeSpan, zoomed: boolean): void;
  state(): RecordState;
  series(line: TemperatureLine): GrowingSeries | undefined;
  /** undefined where the span is too long ago or too long for it. */
  track(): OperationTrack | undefined;
  /** Whether lines are steps of states, and until when the last ones hold. */
  steps(): boolean;
  until(): number;
  /** Lets go of what it waits for; what is loaded is asked for anew at the next `update`. */
  stop(): void;
};

function isRecording({ config }: Hass, kind: TemperatureSource): boolean {
  return config.components?.includes(kind === "history" ? "history" : "recorder") !== false;
}

/** Zooming asks once the fingers rest. */
const restMs = 300;

export function startTemperatureRecord(clock: Clock, changed: () => void): TemperatureRecord {
  let state: RecordState = { kind: "loading" };
  let recorded: Recorded | undefined;
  let asked: { readonly key: string; readonly span: TimeSpan } | undefined;
  let knownFrom = 0;
  let moment: Moment | undefined;
  let span: TimeSpan = { from: 0, to: 0 };
  let seen: Readonly<Record<string, StateObject | undefined>> = {};
  let until = 0;
  /** Whether the span goes on with the time. */
  let follows = false;
  let stopRest: Stop | undefined;
  let stopRefresh: Stop | undefined;

  function keyOf({ hass, lines, unit }: Moment): string {
    const kind = sourceOf(span, clock.now());
    return [kind, isRecording(hass, kind), unit, ...lines.map(({ entityId }) => entityId)].join();
  }

  /** Whether what is there, or on its way, shows the span. */
  function covers(key: string): boolean {
    if (asked === undefined || asked.key !== key) return false;
    return knownFrom <= span.from && Math.min(span.to, clock.now()) <= Math.max(asked.span.to, until);
  }

  function ask(): void {
    stopRest = undefined;
    if (moment === undefined) return;
    const { hass, lines, source, unit } = moment;
    if (!hass.connected) return;
    const now = clock.now();
    const kind = sourceOf(span, now);
    const request = { key: keyOf(moment), span: spanToLoad(span, now) };
    asked = request;
    knownFrom = request.span.from;
    if (!isRecording(hass, kind)) {
      const series = new Map(lines.map(({ entityId }) => [entityId, emptySeries()]));
      recorded = { kind: "history", series, track: startTrack() };
      settle({ kind: "off" });
      return;
    }
    const parts = { hass, lines, source, unit, span: request.span };
    const answer = kind === "history" ? askHistory(parts) : askStatistics(parts, kind);
    answer.then(
      (answered) => {
        if (asked !== request) return;
        recorded = answered;
        settle({ kind: "ready" });
      },
      (error: unknown) => {
        if (asked === request) settle({ kind: "failed", reason: messageOf(error) });
      },
    );
  }

  function settle(next: RecordState): void {
    state = next;
    seen = {};
    if (moment !== undefined) live(moment);
    schedule();
    changed();
  }

  /** Adds what has changed since the last look. */
  function live({ hass, lines, source, unit }: Moment): void {
    if (!hass.connected) return;
    const now = clock.now();
    until = now;
    if (recorded === undefined) return;
    const next: Record<string, StateObject | undefined> = {};
    const heard = (entityId: string): StateObject | undefined => {
      const object = hass.states[entityId];
      next[entityId] = object;
      return object === seen[entityId] ? undefined : object;
    };
    if (recorded.kind === "history") {
      for (const { entityId, noneAt } of lines) {
        const object = heard(entityId);
        const series = recorded.series.get(entityId);
        if (object === undefined || series === undefined) continue;
        const value = readTemperature(object.attributes.unit_of_measurement, unit, noneAt)(object.state);
        if (!Object.is(Math.fround(value), series.values[series.length - 1])) series.append(now, value);
      }
    }
    const signs = bandEntities(source).map((id) => heard(source.entities.get(id) ?? ""));
    if (signs.some((object) => object !== undefined)) recorded.track?.note(now, source);
    seen = next;
    if (span.from - knownFrom > span.to - span.from) forget(recorded);
  }

  /** Who looks for days needs no more than what is shown. */
  function forget({ series, track }: Recorded): void {
    knownFrom = span.from;
    for (const each of series.values()) each.dropBefore(span.from);
    track?.dropBefore(span.from);
  }

  function schedule(): void {
    stopRefresh?.();
    stopRefresh = undefined;
    if (recorded === undefined || recorded.kind === "history") return;
    stopRefresh = clock.after(nextRefresh(clock.now()) - clock.now(), () => void refresh());
  }

  /** Asks for the statistics that have been compiled since. */
  async function refresh(): Promise<void> {
    const [known, request, at] = [recorded, asked, moment];
    const now = clock.now();
    schedule();
    if (known === undefined || known.kind === "history" || at === undefined || !at.hass.connected) return;
    const period = periodMs[known.kind];
    const ends = [...known.series.values()].map((series) => (series.at[series.length - 1] ?? 0) + period / 2);
    const from = Math.max(...ends);
    if (!follows || from + period > now) return;
    try {
      const answer = await statistics({ ...at, span: { from, to: now } }, known.kind);
      if (asked !== request || recorded !== known) return;
      for (const [entityId, rows] of Object.entries(answer)) {
        const series = known.series.get(entityId);
        if (series !== undefined) appendStatistics(series, rows);
      }
      changed();
    } catch {
      // The next one asks for the same again.
    }
  }

  return {
    update(next, wanted, zoomed) {
      const back = moment !== undefined && !moment.hass.connected && next.hass.connected;
      moment = next;
      span = wanted;
      follows = wanted.to > clock.now() - 60_000;
      if (back) asked = undefined;
      live(next);
      if (covers(keyOf(next))) return;
      stopRest?.();
      if (recorded === undefined) state = { kind: "loading" };
      if (zoomed && recorded !== undefined) stopRest = clock.after(restMs, ask);
      else ask();
    },
    state: () => state,
    series: ({ entityId }) => recorded?.series.get(entityId),
    track: () => recorded?.track,
    steps: () => recorded?.kind === "history",
    until: () => until,
    stop() {
      stopRest?.();
      stopRefresh?.();
      stopRest = stopRefresh = undefined;
      asked = undefined;
    },
  };
}
