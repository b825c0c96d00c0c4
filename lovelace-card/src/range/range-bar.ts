import type { Zone } from "@heatloop/core/time/local-day";
import { type CSSResultGroup, css, html, nothing, svg } from "lit";
import { segments, segmentsStyles } from "../look/segments.ts";
import type { ViewInput } from "../look/view.ts";
import { movedRange, rangeTitle, rangeUnits, relativeName, unitName } from "./date-range.ts";
import { kindOf, type RangeChoice } from "./range-choice.ts";
import { rangeLimits } from "./range-limits.ts";

/** The shown range with what changes it; only its name where the Energy dashboard's date picker does that. */
export function rangeBar(choice: RangeChoice, input: ViewInput, zone: Zone) {
  const { formats, texts, clock, config } = input;
  const { range, followed } = choice.now(input, zone);
  const title = rangeTitle(range, formats);
  if (followed) return html`<p class="range-title">${title}</p>`;
  const { isNow, canGoBack, canGoOn } = rangeLimits(range, zone.dateOf(clock.now()));
  const titleOf = (by: 1 | -1) => rangeTitle(movedRange(range, by, formats.firstWeekday), formats);
  const { unit: shown = "day" } = range;
  const now = shown === "season" ? texts.this_heating_year : relativeName(0, shown, input);
  return html`<div class="range">
    <div class="dates">
      ${arrow("M15 5l-7 7 7 7", titleOf(-1), canGoBack, () => choice.move(input, zone, -1))}
      <span class="range-title" aria-live="polite">${title}</span>
      ${arrow("M9 5l7 7-7 7", titleOf(1), canGoOn, () => choice.move(input, zone, 1))}
      ${isNow ? nothing : html`<button class="now" @click=${() => choice.choose(config, kindOf(range))}>${now}</button>`}
    </div>
    ${segments({
      label: title,
      names: rangeUnits,
      chosen: range.unit,
      text: (unit) => (unit === "season" ? texts.heating_year : unitName(unit, formats.language)),
      choose: (unit) => choice.choose(config, unit, isNow ? undefined : range.to),
    })}
  </div>`;
}

function arrow(path: string, label: string, enabled: boolean, move: () => void) {
  return html`<button class="arrow" aria-label=${label} ?disabled=${!enabled} @click=${move}>
    ${svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`}
  </button>`;
}

const styles = css`
  .range {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
  }
  .dates {
    display: flex;
    align-items: center;
    min-width: 0;
  }
  .range-title {
    font-weight: 500;
    margin: 0;
    padding: 6px 2px;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .arrow {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 50%;
    color: var(--secondary-text-color);
  }
  .dates .arrow:first-child {
    margin-inline-start: -10px;
  }
  .arrow .icon {
    width: 20px;
    height: 20px;
  }
  .arrow:disabled {
    opacity: 0.3;
  }
  :host(:dir(rtl)) .arrow .icon {
    transform: scaleX(-1);
  }
  .now {
    min-width: 44px;
    min-height: 44px;
    padding: 5px 10px;
    border: 0 solid transparent;
    border-width: 6px 0;
    border-radius: 22px;
    white-space: nowrap;
    text-align: center;
    font-size: var(--ha-font-size-s, 12px);
    background: color-mix(in srgb, var(--primary-text-color) 7%, transparent) padding-box;
    margin-inline-start: 4px;
  }
  .arrow:not(:disabled):hover,
  .now:hover {
    background-color: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
  }
  .range .segments button {
    min-width: 44px;
  }
  /* Names of two words take two lines, so that none is cut off. */
  @container (max-width: 380px) {
    .range .segments button {
      flex-basis: min-content;
      padding: 1px clamp(1px, 1.4cqi, 12px);
      white-space: normal;
      line-height: 1.15;
    }
  }
  @container (max-width: 230px) {
    .now {
      display: none;
    }
    .dates {
      flex: 1;
      justify-content: space-between;
    }
    .range-title {
      font-size: var(--ha-font-size-s, 12px);
    }
    .arrow {
      width: 28px;
      height: 28px;
    }
  }
`;

export const rangeBarStyles: CSSResultGroup = [segmentsStyles, styles];
