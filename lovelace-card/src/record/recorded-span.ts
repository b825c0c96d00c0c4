import type { Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { html, type ReactiveControllerHost } from "lit";
import type { ChartSpanEvent, TimeSpan } from "../chart/chart.ts";
import { segments } from "../look/segments.ts";
import type { ViewInput } from "../look/view.ts";
import { unitName } from "../range/date-range.ts";
import { type RangeName, rangeMs, rangeNames, rememberedRange, rememberRange } from "../range/remembered-range.ts";
import type { RecordedLine } from "./recorded-line.ts";
import { type SpanRecord, startSpanRecord } from "./span-record.ts";

/** What a view shows of the past: a range that ends now, or where the user has gone, with what is recorded of it. */
export type RecordedSpan = {
  /** Takes the states of now, and asks for what is shown; what is not on the page asks for nothing. */
  update(input: ViewInput, lines: readonly RecordedLine[]): void;
  /** undefined until the first update. */
  record(): SpanRecord | undefined;
  /** What is shown, and what a double click leads back to. */
  span(): TimeSpan;
  home(): TimeSpan;
  /** The user has zoomed or panned. */
  moved(event: ChartSpanEvent): void;
  /** The choice of ranges. */
  bar(): unknown;
};

/** The span of an element, which is drawn anew with what comes. */
export function recordedSpan(element: ReactiveControllerHost & HTMLElement): RecordedSpan {
  let now: { readonly input: ViewInput; readonly lines: readonly RecordedLine[] } | undefined;
  let record: SpanRecord | undefined;
  let range: RangeName | undefined;
  /** Where the user has gone; undefined follows the time. */
  let zoomed: TimeSpan | undefined;
  let stopMinutes: Stop | undefined;

  function home(): TimeSpan {
    const to = now?.input.clock.now() ?? 0;
    return { from: to - rangeMs[range ?? "day"], to };
  }

  function refresh(): void {
    if (now === undefined || !element.isConnected) return;
    const { input, lines } = now;
    const source = { states: input.hass.states, entities: input.heatPump.entities };
    if (lines.length > 0) {
      record?.update({ hass: input.hass, source, lines }, zoomed ?? home(), zoomed !== undefined);
    }
    stopMinutes ??= input.clock.every(minuteMs, refresh);
    element.requestUpdate();
  }

  function choose(chosen: RangeName): void {
    range = chosen;
    zoomed = undefined;
    rememberRange(now?.input.heatPump.device.id ?? "", chosen);
    refresh();
  }

  element.addController({
    hostConnected: refresh,
    hostDisconnected() {
      record?.stop();
      stopMinutes?.();
      stopMinutes = undefined;
    },
  });

  return {
    update(input, lines) {
      now = { input, lines };
      record ??= startSpanRecord(input.clock, () => element.requestUpdate());
      range ??= rememberedRange(input.heatPump.device.id);
      refresh();
    },
    record: () => record,
    span: () => zoomed ?? home(),
    home,
    moved({ detail }) {
      const { from, to } = home();
      const isHome = Math.abs(detail.from - from) < minuteMs && Math.abs(detail.to - to) < minuteMs;
      zoomed = isHome ? undefined : detail;
      refresh();
    },
    bar() {
      const { label = "", formats } = now?.input ?? {};
      const language = formats?.language ?? "en";
      const hours = new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "short" });
      return html`${segments({
        label,
        names: rangeNames,
        chosen: zoomed === undefined ? range : undefined,
        text: (name) => (name === "6h" ? hours.format(6) : unitName(name, language)),
        choose,
      })}`;
    },
  };
}
