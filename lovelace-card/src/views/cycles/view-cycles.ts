import type { Zone } from "@heatloop/core/time/local-day";
import { html, LitElement, nothing } from "lit";
import { elementLoading, type Loaded, refusalText } from "../../look/loading.ts";
import { sharedStyles } from "../../look/styles.ts";
import { legendStyles } from "../../look/table-switch.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { viewZone } from "../../look/zone.ts";
import type { DayStrip, Segment } from "./cycles.ts";
import { type CyclesShown, loadCycles } from "./cycles-load.ts";
import { lengthsTable, shortRunList, stopsTable } from "./cycles-runs.ts";
import { legendOf, type Strip, situationsOf, stripChart, stripTable } from "./cycles-strip.ts";
import { cyclesStyles } from "./cycles-styles.ts";
import { stripLegend } from "./strip-legend.ts";

/** The view "cycles": what ran when on the last days, how often it started, for how long, and why runs were short. */
class CyclesView extends LitElement implements ViewElement {
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
    const { days, lengths, stops } = loaded.value;
    return html`
      ${days.some(({ segments }) => segments.length > 0) ? this.#strip(loaded.value, input) : nothing}
      <div class="below">
        ${lengths.some(({ runs }) => runs > 0) ? lengthsTable(lengths, input) : nothing}
        ${stopsTable(stops, input)}
        ${shortRunList(loaded.value, input)}
      </div>
    `;
  }

  #load(input: ViewInput, zone: Zone): Loaded<CyclesShown> {
    const { hass, heatPump, clock } = input;
    const key = `${heatPump.device.id} ${[...heatPump.entities.values()].join()} ${zone.name}`;
    return this.#loading(input, key, () => loadCycles({ hass, heatPump, clock }, zone));
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

  static override styles = [sharedStyles, legendStyles, cyclesStyles];
}

/** What is shown in place of everything; undefined where anything is known. */
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
