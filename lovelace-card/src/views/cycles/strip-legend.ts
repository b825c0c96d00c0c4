import { html, nothing, svg } from "lit";
import { type Situation, situationColors } from "../../home-assistant/situation.ts";
import type { ViewInput } from "../../look/view.ts";
import { unitName } from "../../range/date-range.ts";
import type { Segment } from "./cycles.ts";
import type { CyclesShown } from "./cycles-load.ts";
import { durationText } from "./cycles-words.ts";

type Legend = {
  readonly shown: readonly (Situation | "not_seen")[];
  readonly startsPerDay: CyclesShown["startsPerDay"];
  /** What is pointed at: the legend makes place for what it is. */
  readonly pointed: Segment | undefined;
  readonly asTable: boolean;
  toggle(): void;
};

const lines = "M3 5h14M3 10h14M3 15h14";
const grid = "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12";

/** What the colours of the strip mean, starts per day, and the button between chart and table. */
export function stripLegend({ shown, startsPerDay, pointed, asTable, toggle }: Legend, input: ViewInput) {
  const { texts } = input;
  const label = asTable ? texts.chart : texts.table;
  return html`<div class="legend">
    ${
      pointed === undefined
        ? html`${shown.map((each) => swatch(each, input))}${meanStarts(startsPerDay, input)}`
        : html`<span class="item">${segmentText(pointed, input)}</span>`
    }
    <button class="switch" aria-label=${label} title=${label} @click=${toggle}>
      ${svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${asTable ? lines : grid} /></svg>`}
    </button>
  </div>`;
}

function swatch(shown: Situation | "not_seen", { texts }: ViewInput) {
  return html`<span class="item">
    <span class="swatch ${shown}" .style=${`color: ${situationColors[shown]}`}></span
    >${shown === "not_seen" ? texts.unknown : texts[shown]}
  </span>`;
}

function meanStarts(mean: number | null, { texts, formats }: ViewInput) {
  if (mean === null) return nothing;
  return html`<span class="item"><b>${formats.number(mean, 1)}</b>${texts.starts} / ${unitName("day", formats.language)}</span>`;
}

function segmentText({ from, to, situation }: Segment, { texts, formats }: ViewInput): string {
  const duration = durationText((to - from) / 1000, formats);
  return `${formats.time(from)} – ${formats.time(to)} · ${texts[situation]} · ${duration}`;
}
