import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { TimeSpan } from "../chart/chart.ts";
import type { GrowingSeries } from "../chart/series.ts";
import { addLiveStates } from "./live-states.ts";
import { loadRecorded } from "./load-recorded.ts";
import type { OperationTrack } from "./operation-track.ts";
import { covers, emptyRecordData, type Moment, type RecordState, requestKey } from "./record-data.ts";
import type { RecordedLine } from "./recorded-line.ts";
import { statisticsRefresh } from "./refresh-statistics.ts";

/** The values of a span: recorded ones, and those that come while it is looked at. */
export type SpanRecord = {
  /** Takes the states of now; asks for `span` where it is not there yet, while it is zoomed after a rest. */
  update(moment: Moment, span: TimeSpan, zoomed: boolean): void;
  state(): RecordState;
  series(line: Pick<RecordedLine, "entityId">): GrowingSeries | undefined;
  /** undefined where the span is too long ago or too long for it. */
  track(): OperationTrack | undefined;
  /** Whether lines are steps of states, and until when the last ones hold. */
  steps(): boolean;
  until(): number;
  /** Ends all waiting; what is loaded is asked for anew at the next `update`. */
  stop(): void;
};

/** Zooming asks once the fingers rest. */
const restMs = 300;
/** A span that ends this close to now goes on with the time. */
const followingMs = minuteMs;

/** Starts an empty record; `changed` is called when an answer of Home Assistant's has come. */
export function startSpanRecord(clock: Clock, changed: () => void): SpanRecord {
  const data = emptyRecordData();
  const refresh = statisticsRefresh(data, clock, changed);
  let stopRest: Stop | undefined;

  function settle(state: RecordState): void {
    data.state = state;
    data.seen = {};
    addLiveStates(data, clock.now());
    refresh.schedule();
    changed();
  }

  function ask(): void {
    stopRest = undefined;
    loadRecorded(data, clock.now(), settle);
  }

  return {
    update(moment, span, zoomed) {
      const now = clock.now();
      const isBack = data.moment?.hass.connected === false && moment.hass.connected;
      data.moment = moment;
      data.span = span;
      data.followsTime = span.to > now - followingMs;
      if (isBack) data.request = undefined;
      addLiveStates(data, now);
      if (covers(data, requestKey(moment, span, now), now)) return;
      stopRest?.();
      if (data.recorded === undefined) data.state = { kind: "loading" };
      if (zoomed && data.recorded !== undefined) stopRest = clock.after(restMs, ask);
      else ask();
    },
    state: () => data.state,
    series: ({ entityId }) => data.recorded?.series.get(entityId),
    track: () => data.recorded?.track,
    steps: () => data.recorded?.kind === "history",
    until: () => data.until,
    stop() {
      stopRest?.();
      stopRest = undefined;
      refresh.stop();
      data.request = undefined;
    },
  };
}
