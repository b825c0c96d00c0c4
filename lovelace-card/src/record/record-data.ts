import type { TimeSpan } from "../chart/chart.ts";
import type { Hass, StateObject } from "../home-assistant/hass.ts";
import type { ValueSource } from "../home-assistant/value.ts";
import { type RecordSource, sourceOf } from "./record-source.ts";
import type { RecordedLine } from "./recorded-line.ts";
import type { Recorded } from "./recorder-answers.ts";

/** `off`: Home Assistant keeps no history; what is seen from now on is still drawn. */
export type RecordState =
  | { readonly kind: "loading" | "off" | "ready" }
  | { readonly kind: "failed"; readonly reason: string };

/** Home Assistant as it is now, and what is shown of it. */
export type Moment = {
  readonly hass: Hass;
  readonly source: ValueSource;
  readonly lines: readonly RecordedLine[];
};

/** What Home Assistant was asked for; `key` differs where the answer would. */
export type RecordRequest = { readonly key: string; readonly span: TimeSpan };

/** What a record of a span knows at a moment; its parts change it. Times in ms since the epoch. */
export type RecordData = {
  state: RecordState;
  moment: Moment | undefined;
  /** What is shown, and whether it goes on with the time. */
  span: TimeSpan;
  followsTime: boolean;
  /** The latest request; undefined where all has to be asked for anew. */
  request: RecordRequest | undefined;
  recorded: Recorded | undefined;
  /** From when on `recorded` is complete, and until when the last states are known to hold. */
  completeFrom: number;
  until: number;
  /** The state objects that are in `recorded` already, by entity. */
  seen: Readonly<Record<string, StateObject | undefined>>;
};

export function emptyRecordData(): RecordData {
  return {
    state: { kind: "loading" },
    moment: undefined,
    span: { from: 0, to: 0 },
    followsTime: false,
    request: undefined,
    recorded: undefined,
    completeFrom: 0,
    until: 0,
    seen: {},
  };
}

/** Whether this Home Assistant keeps what a source is made of. */
export function isRecording({ config }: Hass, kind: RecordSource): boolean {
  return config.components?.includes(kind === "history" ? "history" : "recorder") !== false;
}

/** What a request for a span depends on, apart from the span itself. */
export function requestKey({ hass, lines }: Moment, span: TimeSpan, now: number): string {
  const kind = sourceOf(span, now);
  return [kind, isRecording(hass, kind), ...lines.flatMap(({ entityId, unit }) => [entityId, unit])].join();
}

/** Whether what is there, or on its way, shows the whole span. */
export function covers({ request, completeFrom, span, until }: RecordData, key: string, now: number): boolean {
  if (request === undefined || request.key !== key) return false;
  return completeFrom <= span.from && Math.min(span.to, now) <= Math.max(request.span.to, until);
}
