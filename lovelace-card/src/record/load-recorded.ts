import { emptySeries } from "../chart/series.ts";
import { messageOf } from "../home-assistant/find-heat-pump.ts";
import { startTrack } from "./operation-track.ts";
import { isRecording, type RecordData, type RecordState, requestKey } from "./record-data.ts";
import { sourceOf, spanToLoad } from "./record-source.ts";
import { askHistory, askStatistics } from "./recorder-answers.ts";

/**
 * Asks Home Assistant for the span that is shown, and calls `settle` when the answer is in `data` or the reason why there
 * is none is known; not where something else has been asked for since. Does nothing while there is no connection.
 */
export function loadRecorded(data: RecordData, now: number, settle: (state: RecordState) => void): void {
  const { moment, span } = data;
  if (moment === undefined || !moment.hass.connected) return;
  const kind = sourceOf(span, now);
  const request = { key: requestKey(moment, span, now), span: spanToLoad(span, now) };
  data.request = request;
  data.completeFrom = request.span.from;
  if (!isRecording(moment.hass, kind)) {
    const series = new Map(moment.lines.map(({ entityId }) => [entityId, emptySeries()]));
    data.recorded = { kind: "history", series, track: startTrack() };
    settle({ kind: "off" });
    return;
  }
  const question = { ...moment, span: request.span };
  const answer = kind === "history" ? askHistory(question) : askStatistics(question, kind);
  answer.then(
    (recorded) => {
      if (data.request !== request) return;
      data.recorded = recorded;
      settle({ kind: "ready" });
    },
    (error: unknown) => {
      if (data.request === request) settle({ kind: "failed", reason: messageOf(error) });
    },
  );
}
