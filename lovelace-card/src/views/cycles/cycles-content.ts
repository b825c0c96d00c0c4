import { fill } from "@heatloop/core/text/fill-text";
import type { Zone } from "@heatloop/core/time/local-day";
import { html, LitElement, nothing } from "lit";
import type { Chart } from "../../chart/chart.ts";
import type { Formats } from "../../home-assistant/formats.ts";
import { elementLoading, type Loaded, refusalText } from "../../look/loading.ts";
import { sharedStyles } from "../../look/styles.ts";
import { legendStyles } from "../../look/table-switch.ts";
import type { ViewElement, ViewInput } from "../../look/view.ts";
import { viewZone } from "../../look/zone.ts";
import type { DateRange } from "../../range/date-range.ts";
import { rangeBar, rangeBarStyles } from "../../range/range-bar.ts";
import { elementRange } from "../../range/range-choice.ts";
import { cyclesTextsOf } from "../../text/late/cycles-texts.ts";
import type { DayStrip, Segment } from "./cycles.ts";
import { adviceNote } from "./cycles-advice.ts";
import { type CyclesShown, hasStrips, loadCycles } from "./cycles-load.ts";
import { lengthsTable, shortRunList, stopsTable } from "./cycles-runs.ts";
import { legendOf, type Strip, situationsOf, stripChart, stripTable } from "./cycles-strip.ts";
import { cyclesStyles } from "./cycles-styles.ts";
import { startsChart } from "./starts-chart.ts";
import { startsItem, stripLegend } from "./strip-legend.ts";
import { stripStyles } from "./strip-styles.ts";

/**
 * The view "cycles": what ran when on the days of a range, or how often it started in each month of a long one, for how long,
 * and why runs ended.
 */
export class CyclesContent extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #loading = elementLoading<CyclesShown>(this);
  #range = elementRange(this, "seven_days");
  #drawn: { readonly of: CyclesShown; readonly formats: Formats; readonly chart: Chart } | undefined;
  #asTable = false;
  #pointed: Segment | undefined;

  set input(input: ViewInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pointed = undefined;
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const zone = viewZone(input.hass.config.time_zone);
    const { range } = this.#range.now(input, zone);
    const loaded = this.#load(input, range, zone);
    return html`
      ${rangeBar(this.#range, input, zone)}
      ${this.#content(loaded, input, range, zone)}
    `;
  }

  #content(loaded: Loaded<CyclesShown>, input: ViewInput, range: DateRange, zone: Zone) {
    const message = messageFor(loaded, input);
    const bar = loaded.kind === "ready" ? progressBar(loaded.value, input) : nothing;
    if (message !== undefined || loaded.kind !== "ready") {
      return html`<p class="message" role="status">${message}</p>${bar}`;
    }
    const { days, lengths, startsPerDay, stops, advised } = loaded.value;
    return html`
      ${
        hasStrips(range)
          ? days.some(({ segments }) => segments.length > 0)
            ? this.#strip(loaded.value, input)
            : nothing
          : html`<heatloop-chart .chart=${this.#chart(loaded.value, input, range, zone)}></heatloop-chart>
            <p class="mean">${startsItem(startsPerDay, input)}</p>`
      }
      <p class="quiet whose" role="status">${whoseText(loaded.value, input)}</p>
      ${bar}
      ${adviceNote(advised, input)}
      <div class="below">
        ${lengths.some(({ runs }) => runs > 0) ? lengthsTable(lengths, input) : nothing}
        ${stopsTable(stops, input)}
        ${shortRunList(loaded.value, range, input)}
      </div>
    `;
  }

  #load(input: ViewInput, range: DateRange, zone: Zone): Loaded<CyclesShown> {
    const { hass, heatPump, clock } = input;
    const key = [range.from, range.to, zone.name, heatPump.device.id, ...heatPump.entities.values()].join(" ");
    return this.#loading(input, key, loadCycles({ hass, heatPump, clock }, range, zone));
  }

  /** The same object until something is another: the chart redraws for each new one. */
  #chart(of: CyclesShown, input: ViewInput, range: DateRange, zone: Zone): Chart {
    const { formats } = input;
    if (this.#drawn?.of === of && this.#drawn.formats === formats) return this.#drawn.chart;
    const chart = startsChart(of, range, zone, input);
    this.#drawn = { of, formats, chart };
    return chart;
  }

  #strip({ days, starts, startsPerDay }: CyclesShown, input: ViewInput) {
    const situations = situationsOf(days);
    const asTable = this.#asTable;
    const strip: Strip = {
      days,
      starts,
      situations,
      input,
      pointAt: (event, day) => this.#pointAt(event, day),
      pointNowhere: () => this.#point(undefined),
    };
    const toggle = () => {
      this.#asTable = !asTable;
      this.requestUpdate();
    };
    return html`
      ${asTable ? stripTable(strip) : stripChart(strip)}
      ${stripLegend({ shown: legendOf(days), startsPerDay, pointed: this.#pointed, asTable, toggle }, input)}
    `;
  }

  #pointAt(event: PointerEvent, day: DayStrip): void {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    const at = day.from + ((event.clientX - left) / width) * (day.to - day.from);
    this.#point(day.segments.find(({ from, to }) => from <= at && at < to));
  }

  #point(segment: Segment | undefined): void {
    if (this.#pointed === segment) return;
    this.#pointed = segment;
    this.requestUpdate();
  }

  static override styles = [sharedStyles, rangeBarStyles, legendStyles, stripStyles, cyclesStyles];
}

/** What is shown in place of everything; undefined where anything is known. */
function messageFor(loaded: Loaded<CyclesShown>, input: ViewInput): string | undefined {
  const { hass, texts } = input;
  if (loaded.kind === "loading") return texts.loading;
  if (loaded.kind === "failed") return refusalText(loaded.reason, "history", hass, texts);
  const { starts, days, from } = loaded.value;
  if (starts.size > 0) return undefined;
  if (days.some(({ segments }) => segments.some(({ situation }) => situation !== "unknown"))) return undefined;
  return from === "history_meanwhile" ? texts.loading : texts.nothing_known;
}

/** Whose figures these are, where they are not the app's. */
function whoseText({ from, days }: Pick<CyclesShown, "from" | "days">, { texts, formats }: ViewInput): string {
  if (from === "app") return "";
  if (from === "history") return cyclesTextsOf(formats.language).of_history;
  return days.length === 0 ? "" : texts.exact_pending;
}

/** How far the app is with what it makes for the first time. */
function progressBar({ progress }: Pick<CyclesShown, "progress">, { formats }: ViewInput) {
  if (progress === null) return nothing;
  const { days_made: made, days } = progress;
  const words = { made: formats.number(made, 0), all: formats.number(days, 0) };
  const text = fill(cyclesTextsOf(formats.language).days_made, words);
  return html`<progress value=${made} max=${days} aria-label=${text}></progress><p class="quiet whose">${text}</p>`;
}
