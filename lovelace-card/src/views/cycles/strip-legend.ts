import { html, nothing } from "lit";
import { type Situation, situationColors } from "../../home-assistant/situation.ts";
import { tableSwitch } from "../../look/table-switch.ts";
import type { ViewInput } from "../../look/view.ts";
import { unitName } from "../../range/date-range.ts";
import type { CycleCounts } from "./counted-cycles.ts";
import type { Segment } from "./cycles.ts";
import { durationText } from "./cycles-words.ts";

type Legend = {
  readonly shown: readonly (Situation | "not_seen")[];
  readonly startsPerDay: CycleCounts["startsPerDay"];
  /** What is pointed at: the legend makes place for what it is. */
  readonly pointed: Segment | undefined;
  readonly asTable: boolean;
  toggle(): void;
};

/** What the colours of the strip mean, starts per day, and the button between chart and table. */
export function stripLegend({ shown, startsPerDay, pointed, asTable, toggle }: Legend, input: ViewInput) {
  return html`<div class="legend">
    ${
      pointed === undefined
        ? html`${shown.map((each) => swatch(each, input))}${startsItem(startsPerDay, input)}`
        : html`<span class="item">${segmentText(pointed, input)}</span>`
    }
    ${tableSwitch({ asTable, toggle }, input.texts)}
  </div>`;
}

function swatch(shown: Situation | "not_seen", { texts }: ViewInput) {
  return html`<span class="item">
    <span class="swatch ${shown}" .style=${`color: ${situationColors[shown]}`}></span
    >${shown === "not_seen" ? texts.unknown : texts[shown]}
  </span>`;
}

/** The mean of a day, where it is known. */
export function startsItem(mean: number | null, { texts, formats }: ViewInput) {
  if (mean === null) return nothing;
  return html`<span class="item"><b>${formats.number(mean, 1)}</b>${texts.starts} / ${unitName("day", formats.language)}</span>`;
}

function segmentText({ from, to, situation }: Segment, { texts, formats }: ViewInput): string {
  const duration = durationText((to - from) / 1000, formats);
  return `${formats.time(from)} – ${formats.time(to)} · ${texts[situation]} · ${duration}`;
}
