import { fill } from "@heatloop/core/text/fill-text";
import { html } from "lit";
import type { ViewInput } from "../../look/view.ts";
import { rangeTitle } from "../../range/date-range.ts";
import type { ComparedRanges } from "./compared-ranges.ts";
import { type ComparisonShown, loadComparison } from "./comparison.ts";
import { comparedLines, incomparableTexts } from "./comparison-words.ts";
import type { EnergyHouse } from "./energy-load.ts";

/** A comparison, and what draws it. */
export type DrawnComparison = { readonly before: ComparisonShown["before"]; draw(input: ViewInput): unknown };

/** Compares. Rejects with the app's reason. */
export async function drawnComparison(house: EnergyHouse, ranges: ComparedRanges): Promise<DrawnComparison> {
  const shown = await loadComparison(house, ranges);
  return { before: shown.before, draw: (input) => content(shown, ranges, input) };
}

function content(shown: ComparisonShown, { after }: ComparedRanges, { hass, formats, texts }: ViewInput) {
  const unknown = shown.unknown.map((range) => fill(texts.no_whole_day, { period: rangeTitle(range, formats) }));
  const lines = comparedLines(shown, { formats, texts });
  const unit = hass.config.unit_system.temperature;
  const why = lines.length > 0 ? [] : incomparableTexts(shown, after, { formats, texts, unit });
  return html`
    ${[...unknown, ...(lines.length > 0 ? [texts.compare_note] : [])].map((text) => html`<p class="quiet">${text}</p>`)}
    ${why.map((text) => html`<p>${text}</p>`)}
    <dl class="compared">
      ${lines.map(
        ({ name, said, notes, isKnown }) => html`<div>
          <dt>${name}</dt>
          <dd class=${isKnown ? "said" : "quiet"}><bdi>${said}</bdi></dd>
          ${notes.map((note) => html`<dd class="quiet"><bdi>${note}</bdi></dd>`)}
        </div>`,
      )}
    </dl>
  `;
}
