import type { Zone } from "@heatloop/core/time/local-day";
import { html, LitElement, nothing, svg } from "lit";
import { type Situation, situationColors } from "../../home-assistant/situation.ts";
import { elementLoading, type Loaded, refusalText } from "../../look/loading.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { viewZone } from "../../look/zone.ts";
import { dateText, unitName } from "../../range/date-range.ts";
import type { DayStrip, Segment } from "./cycles.ts";
import { type CyclesShown, loadCycles } from "./cycles-load.ts";
import { lengthsTable, shortRunList } from "./cycles-runs.ts";
import { cyclesStyles } from "./cycles-styles.ts";
import { durationText } from "./cycles-words.ts";

const shownSituations = ["heating", "hot_water", "cooling", "defrost"] as const satisfies readonly Situation[];

/** The view "cycles": what ran when on the last days, how often it started, for how long, and why runs were short. */
export class CyclesView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #loading = elementLoading<CyclesShown>(this);
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
    const loaded = this.#load(input, zone);
    const message = messageFor(loaded, input);
    if (message !== undefined || loaded.kind !== "ready") return html`<p class="message" role="status">${message}</p>`;
    const { days, starts, lengths, shortRuns } = loaded.value;
    return html`
      ${days.some(({ segments }) => segments.length > 0) ? this.#strip(days, starts, input) : nothing}
      <div class="below">
        ${lengths.some(({ runs }) => runs > 0) ? lengthsTable(lengths, input) : nothing}
        ${shortRunList(shortRuns, input)}
      </div>
    `;
  }

  #load(input: ViewInput, zone: Zone): Loaded<CyclesShown> {
    const { hass, heatPump, clock } = input;
    const key = `${heatPump.device.id} ${[...heatPump.entities.values()].join()} ${zone.name}`;
    return this.#loading(input, key, () => loadCycles({ hass, heatPump, clock }, zone));
  }

  #strip(days: readonly DayStrip[], starts: CyclesShown["starts"], input: ViewInput) {
    const { texts, formats } = input;
    const present = shownSituations.filter((situation) =>
      days.some(({ segments }) => segments.some((segment) => segment.situation === situation)),
    );
    const label = this.#asTable ? texts.chart : texts.table;
    return html`<div class=${this.#asTable ? "strip table" : "strip"} role="region" tabindex=${this.#asTable ? 0 : nothing} aria-label=${input.label}>
      <table>
        <caption class="unseen">${input.label}</caption>
        <thead class=${this.#asTable ? "" : "unseen"}>
          <tr>
            <th scope="col">${unitName("day", formats.language)}</th>
            ${this.#asTable ? present.map((situation) => html`<th scope="col">${texts[situation]}</th>`) : html`<th scope="col">${texts.chart}</th>`}
            <th scope="col">${texts.starts}</th>
          </tr>
        </thead>
        <tbody @pointerleave=${() => this.#point(undefined)}>
          ${days.map(
            (day) => html`<tr>
              <th scope="row"><bdi>${dateText(day.date, { weekday: "short", day: "numeric" }, formats.language)}</bdi></th>
              ${
                this.#asTable
                  ? present.map((situation) => html`<td>${durationText(secondsOf(day, situation), formats)}</td>`)
                  : html`<td class="day">${this.#day(day, present, input)}</td>`
              }
              <td class="starts" title=${texts.starts}>${starts.get(day.date) ?? "–"}</td>
            </tr>`,
          )}
        </tbody>
        ${
          this.#asTable
            ? nothing
            : html`<tfoot aria-hidden="true">
              <tr>
                <td></td>
                <td><div class="hours">${[0, 6, 12, 18, 24].map((hour) => html`<span>${hour}</span>`)}</div></td>
                <td></td>
              </tr>
            </tfoot>`
        }
      </table>
    </div>
    <div class="legend">
      ${
        this.#pointed === undefined
          ? html`${present.map(
              (situation) => html`<span class="item">
                <span class="swatch" style="background: ${situationColors[situation]}"></span>${texts[situation]}
              </span>`,
            )}${
              starts.size === 0
                ? nothing
                : html`<span class="item"><b>${formats.number(meanOf([...starts.values()]), 1)}</b>${texts.starts} / ${unitName("day", formats.language)}</span>`
            }`
          : html`<span class="item">${segmentText(this.#pointed, input)}</span>`
      }
      <button
        class="switch"
        aria-label=${label}
        title=${label}
        @click=${() => {
          this.#asTable = !this.#asTable;
          this.requestUpdate();
        }}
      >
        ${svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${
          this.#asTable ? "M3 5h14M3 10h14M3 15h14" : "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12"
        } /></svg>`}
      </button>
    </div>`;
  }

  /** A day as one picture: a path for each thing it did. */
  #day(day: DayStrip, present: readonly Situation[], { texts, formats }: ViewInput) {
    const length = day.to - day.from;
    const words = present
      .filter((situation) => secondsOf(day, situation) > 0)
      .map((situation) => `${texts[situation]} ${durationText(secondsOf(day, situation), formats)}`);
    const path = (isShown: (situation: Situation) => boolean) =>
      day.segments
        .filter(({ situation }) => isShown(situation))
        .map(
          ({ from, to }) =>
            `M${share(from - day.from, length)} 0h${share(to - from, length)}v1h-${share(to - from, length)}z`,
        )
        .join("");
    const isUnknown = (situation: Situation) => situation === "unknown" || situation === "offline";
    return svg`<svg
      viewBox="0 0 1000 1"
      preserveAspectRatio="none"
      role="img"
      aria-label=${words.join(", ") || texts.standby}
      @pointermove=${(event: PointerEvent) => this.#pointAt(event, day)}
      @pointerdown=${(event: PointerEvent) => this.#pointAt(event, day)}
    >
      <path class="seen" d=${path((situation) => !isUnknown(situation))} />
      <path class="unknown" d=${path(isUnknown)} />
      ${present.map((situation) => svg`<path style="fill: ${situationColors[situation]}" d=${path((each) => each === situation)} />`)}
    </svg>`;
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

  static override styles = [sharedStyles, cyclesStyles];
}

function secondsOf({ segments }: DayStrip, situation: Situation): number {
  return segments.reduce((sum, each) => sum + (each.situation === situation ? (each.to - each.from) / 1000 : 0), 0);
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}

/** Of a day in a thousand, to a tenth. */
function share(ms: number, length: number): number {
  return Math.round((ms / length) * 10_000) / 10;
}

function segmentText({ from, to, situation }: Segment, { texts, formats }: ViewInput): string {
  return `${formats.time(from)} – ${formats.time(to)} · ${texts[situation]} · ${durationText((to - from) / 1000, formats)}`;
}

/** What stands in the place of all; undefined where anything is known. */
function messageFor(loaded: Loaded<CyclesShown>, { hass, texts }: ViewInput): string | undefined {
  if (loaded.kind === "loading") return texts.loading;
  if (loaded.kind === "failed") return refusalText(loaded.reason, "history", hass, texts);
  const { starts, days } = loaded.value;
  return starts.size === 0 && days.every(({ segments }) => segments.every(({ situation }) => situation === "unknown"))
    ? texts.nothing_known
    : undefined;
}

/** On a tab of the card. */
export const cyclesView = {
  name: "cycles",
  label: {
    en: "Cycles",
    de: "Takte",
    nl: "Cycli",
    da: "Cyklusser",
    no: "Sykluser",
    sv: "Cykler",
    it: "Cicli",
    es: "Ciclos",
    fr: "Cycles",
    pl: "Cykle",
    sk: "Cykly",
    fi: "Jaksot",
  },
  element: CyclesView,
  follows: [],
} as const satisfies View;
