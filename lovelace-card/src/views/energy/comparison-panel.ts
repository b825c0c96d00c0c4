import type { Zone } from "@heatloop/core/time/local-day";
import { css, html, nothing, type ReactiveControllerHost } from "lit";
import { elementLoading, type Loaded } from "../../look/loading.ts";
import type { ViewInput } from "../../look/view.ts";
import { type DateRange, rangeTitle } from "../../range/date-range.ts";
import { fill } from "../../text/language.ts";
import { type ComparedRanges, comparedRanges } from "./compared-ranges.ts";
import { type ComparisonShown, loadComparison } from "./comparison.ts";
import { comparedLines, incomparableTexts } from "./comparison-words.ts";

/** The panel that compares a range with one before, with the weather taken out; nothing where there is none to compare. */
export type ComparisonPanel = (input: ViewInput, range: DateRange, zone: Zone) => unknown;

/** A panel of an element, closed at first. The app is asked when it is opened: a first comparison of years takes seconds. */
export function elementComparison(
  element: ReactiveControllerHost & { readonly isConnected: boolean },
): ComparisonPanel {
  const loading = elementLoading<ComparisonShown>(element, { again: false });
  let isOpen = false;
  let opened = 0;
  let hasFailed = false;

  return (input, range, zone) => {
    const { hass, heatPump, clock, formats, texts } = input;
    const today = zone.dateOf(clock.now());
    const ranges = comparedRanges(range, today, formats.firstWeekday);
    if (ranges === undefined) return nothing;
    const { after, befores } = ranges;
    const dates = [after, ...befores].map(({ from, to }) => `${from} ${to}`);
    const key = [heatPump.device.id, zone.name, ...dates, opened].join(" ");
    const house = { hass, heatPump, clock };
    const loaded = isOpen ? loading(input, key, () => loadComparison(house, ranges)) : undefined;
    if (loaded !== undefined) hasFailed = loaded.kind === "failed";
    const before = loaded?.kind === "ready" ? loaded.value.before : befores[0];
    const toggled = ({ target }: Event) => {
      const { open } = target as HTMLDetailsElement;
      if (open === isOpen) return;
      isOpen = open;
      // What was refused is asked for anew.
      if (open && hasFailed) opened++;
      element.requestUpdate();
    };
    return html`<details class="comparison" ?open=${isOpen} @toggle=${toggled}>
      <summary>${before && fill(texts.compared_with, { period: rangeTitle(before, formats) })}</summary>
      ${loaded === undefined ? nothing : content(loaded, ranges, input)}
    </details>`;
  };
}

function content(loaded: Loaded<ComparisonShown>, { after }: ComparedRanges, { hass, formats, texts }: ViewInput) {
  if (loaded.kind === "loading") return html`<p class="quiet" role="status">${texts.loading}</p>`;
  if (loaded.kind === "failed") return html`<p role="alert">${fill(texts.app_refused, { reason: loaded.reason })}</p>`;
  const shown = loaded.value;
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

export const comparisonStyles = css`
  .comparison {
    margin-top: 8px;
    border: 1px solid var(--divider-color);
    border-radius: 10px;
  }
  summary {
    min-height: 44px;
    padding: 12px 10px;
    border-radius: 10px;
    cursor: pointer;
  }
  summary:hover {
    background: color-mix(in srgb, var(--primary-text-color) 4%, transparent);
  }
  .comparison p {
    margin: 0 10px 8px;
  }
  .compared {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
    gap: 10px 18px;
    margin: 4px 10px 10px;
  }
  .compared div {
    display: grid;
    grid-template-columns: 1fr auto;
    align-content: start;
    column-gap: 10px;
  }
  .compared .quiet {
    grid-column: 1 / -1;
  }
  .said {
    font-weight: 700;
  }
  @container (max-width: 230px) {
    .comparison {
      display: none;
    }
  }
`;
