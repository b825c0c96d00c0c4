import { fill } from "@heatloop/core/text/fill-text";
import type { Zone } from "@heatloop/core/time/local-day";
import { css, html, nothing, type ReactiveControllerHost } from "lit";
import { elementLoading, type Loaded } from "../../look/loading.ts";
import type { ViewInput } from "../../look/view.ts";
import { type DateRange, rangeTitle } from "../../range/date-range.ts";
import { type ComparedRanges, comparedRanges } from "./compared-ranges.ts";
import type { DrawnComparison } from "./comparison-content.ts";
import type { EnergyHouse } from "./energy-load.ts";

/** The panel that compares a range with one before, with the weather taken out; nothing where there is none to compare. */
export type ComparisonPanel = (input: ViewInput, range: DateRange, zone: Zone) => unknown;

/** A panel of an element, closed at first. The app is asked when it is opened: a first comparison of years takes seconds. */
export function elementComparison(
  element: ReactiveControllerHost & { readonly isConnected: boolean },
): ComparisonPanel {
  const loading = elementLoading<DrawnComparison>(element, { again: false });
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
    const loaded = isOpen ? loading(input, key, () => compared(house, ranges)) : undefined;
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
      ${loaded === undefined ? nothing : content(loaded, input)}
    </details>`;
  };
}

function content(loaded: Loaded<DrawnComparison>, input: ViewInput) {
  const { texts } = input;
  if (loaded.kind === "loading") return html`<p class="quiet" role="status">${texts.loading}</p>`;
  if (loaded.kind === "failed") return html`<p role="alert">${fill(texts.app_refused, { reason: loaded.reason })}</p>`;
  return loaded.value.draw(input);
}

/** What compares comes with the first comparison. */
async function compared(house: EnergyHouse, ranges: ComparedRanges): Promise<DrawnComparison> {
  const { drawnComparison } = await import("./comparison-content.ts");
  return drawnComparison(house, ranges);
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
