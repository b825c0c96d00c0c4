import type { Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { type CSSResultGroup, css, html, type LitElement, nothing } from "lit";
import type { ChartSpanEvent, TimeSpan } from "../chart/chart.ts";
import { segments, segmentsStyles } from "../look/segments.ts";
import type { ViewInput } from "../look/view.ts";
import { unitName } from "../range/date-range.ts";
import { type RangeName, rangeMs, rangeNames, rememberedRange, rememberRange } from "../range/remembered-range.ts";
import type { RecordedLine } from "./recorded-line.ts";
import { type SpanRecord, startSpanRecord } from "./span-record.ts";
import { spanTitle } from "./span-title.ts";

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

  /** The button is gone then; who came by the keyboard goes on at the range. */
  function goBack(): void {
    zoomed = undefined;
    refresh();
    void element.updateComplete.then(() => {
      element.renderRoot.querySelector<HTMLElement>(".segments [aria-pressed=true]")?.focus();
    });
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
    bar: () =>
      spanBar(now?.input, { span: zoomed ?? home(), range: zoomed === undefined ? range : undefined, goBack, choose }),
  };
}

/** `range`: the one that is shown; undefined where the user has gone elsewhere. */
function spanBar(
  input: Pick<ViewInput, "label" | "formats"> | undefined,
  shown: {
    readonly span: TimeSpan;
    readonly range: RangeName | undefined;
    readonly goBack: () => void;
    readonly choose: (range: RangeName) => void;
  },
) {
  const { span, range, goBack, choose } = shown;
  const { label = "", formats } = input ?? {};
  const language = formats?.language ?? "en";
  const hours = new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "short" });
  const back = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(0, "second");
  const isZoomed = range === undefined;
  return html`<div class="span">
    <div class="dates ${isZoomed ? "zoomed" : ""}">
      <span class="span-title">${formats && spanTitle(span, formats)}</span>
      ${isZoomed ? html`<button class="now" @click=${goBack}>${back}</button>` : nothing}
    </div>
    ${segments({
      label,
      names: rangeNames,
      chosen: range,
      text: (name) => (name === "6h" ? hours.format(6) : unitName(name, language)),
      choose,
    })}
  </div>`;
}

const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 8px;
    height: 100%;
    container-type: inline-size;
  }
  p {
    margin: 0;
    text-align: center;
  }
  .span {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 12px;
  }
  .dates {
    display: flex;
    flex: 1 1 auto;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-width: 0;
    min-height: 44px;
  }
  .span-title {
    font-weight: 500;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .now {
    flex: none;
    min-width: 44px;
    min-height: 44px;
    padding: 5px 12px;
    /* A finger has 44 px of which the edge is not seen. */
    border: 0 solid transparent;
    border-width: 6px 0;
    border-radius: 22px;
    text-align: center;
    font-size: var(--ha-font-size-s, 12px);
    background: color-mix(in srgb, var(--primary-text-color) 7%, transparent) padding-box;
  }
  .now::first-letter {
    text-transform: uppercase;
  }
  .now:hover {
    background-color: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
  }
  .now:focus-visible {
    outline-offset: -6px;
  }
  @container (max-width: 560px) {
    .dates:not(.zoomed) {
      display: none;
    }
    .span {
      justify-content: center;
    }
  }
  @container (max-width: 230px) {
    .span-title {
      font-size: var(--ha-font-size-s, 12px);
      white-space: normal;
    }
  }
  /* There is place for one of them. */
  @container (max-height: 300px) {
    .zoomed + .segments {
      display: none;
    }
  }
  @container (max-height: 200px) {
    .segments,
    .dates:not(.zoomed) {
      display: none;
    }
  }
`;

/** Of a view with such a bar, hints and a chart below each other. */
export const spanStyles: CSSResultGroup = [segmentsStyles, styles];
