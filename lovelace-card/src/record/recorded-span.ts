import type { Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { LitElement } from "lit";
import type { ChartSpanEvent, TimeSpan } from "../chart/chart.ts";
import type { ViewInput } from "../look/view.ts";
import { type RangeName, rangeMs, rememberedRange, rememberRange } from "../range/remembered-range.ts";
import type { RecordedLine } from "./recorded-line.ts";
import { spanBar } from "./span-bar.ts";
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
  /** Its dates, what leads back to now where the user has gone elsewhere, and the choice of ranges. */
  bar(): unknown;
};

/** The span of an element, which is drawn anew with what comes. */
export function recordedSpan(element: LitElement): RecordedSpan {
  let now: { readonly input: ViewInput; readonly lines: readonly RecordedLine[] } | undefined;
  let record: SpanRecord | undefined;
  const place = placeInTime(() => now?.input.clock.now() ?? 0);

  function refresh(): void {
    if (now === undefined || !element.isConnected) return;
    const { input, lines } = now;
    const source = { states: input.hass.states, entities: input.heatPump.entities };
    if (lines.length > 0) {
      record?.update({ hass: input.hass, source, lines }, place.span(), place.isElsewhere());
    }
    minutes.begin(input);
    element.requestUpdate();
  }
  const minutes = whileConnected(element, refresh, () => record?.stop());

  function choose(chosen: RangeName): void {
    place.choose(chosen);
    rememberRange(now?.input.heatPump.device.id ?? "", chosen);
    refresh();
  }

  /** The button is gone then; who came by the keyboard goes on at the range. */
  function goBack(): void {
    place.goHome();
    refresh();
    void element.updateComplete.then(() => {
      element.renderRoot.querySelector<HTMLElement>(".segments [aria-pressed=true]")?.focus();
    });
  }

  return {
    update(input, lines) {
      now = { input, lines };
      record ??= startSpanRecord(input.clock, () => element.requestUpdate());
      place.begin(() => rememberedRange(input.heatPump.device.id));
      refresh();
    },
    record: () => record,
    span: place.span,
    home: place.home,
    moved({ detail }) {
      place.goTo(detail);
      refresh();
    },
    bar: () => spanBar(now?.input, { span: place.span(), range: place.shownRange(), goBack, choose }),
  };
}

/** Works each minute while the element is on the page; `ended` is called when it leaves it. */
function whileConnected(element: LitElement, work: () => void, ended: () => void) {
  let stopMinutes: Stop | undefined;
  element.addController({
    hostConnected: work,
    hostDisconnected() {
      ended();
      stopMinutes?.();
      stopMinutes = undefined;
    },
  });
  return {
    begin({ clock }: Pick<ViewInput, "clock">): void {
      stopMinutes ??= clock.every(minuteMs, work);
    },
  };
}

/** A range that ends now, or where the user has gone. */
function placeInTime(now: () => number) {
  let range: RangeName | undefined;
  /** Where the user has gone; undefined follows the time. */
  let zoomed: TimeSpan | undefined;

  function home(): TimeSpan {
    const to = now();
    return { from: to - rangeMs[range ?? "day"], to };
  }

  return {
    home,
    span: (): TimeSpan => zoomed ?? home(),
    isElsewhere: () => zoomed !== undefined,
    /** undefined where the user has gone elsewhere. */
    shownRange: () => (zoomed === undefined ? range : undefined),
    begin(first: () => RangeName): void {
      range ??= first();
    },
    choose(chosen: RangeName): void {
      range = chosen;
      zoomed = undefined;
    },
    goHome(): void {
      zoomed = undefined;
    },
    goTo(to: TimeSpan): void {
      const { from, to: end } = home();
      const isHome = Math.abs(to.from - from) < minuteMs && Math.abs(to.to - end) < minuteMs;
      zoomed = isHome ? undefined : to;
    },
  };
}
