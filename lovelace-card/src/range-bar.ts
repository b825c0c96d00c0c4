import type { Zone } from "@heatloop/core/local-day";
import { css, html, nothing, svg } from "lit";
import { movedRange, rangeTitle, rangeUnits, relativeName, unitName } from "./date-range.ts";
import type { RangeChoice } from "./range-choice.ts";
import type { ViewInput } from "./view.ts";

/** The shown range with what changes it; only its name where the Energy dashboard's date picker does that. */
export function rangeBar(choice: RangeChoice, input: ViewInput, zone: Zone) {
  const { formats, clock, config } = input;
  const { range, followed } = choice.now(input, zone);
  const title = rangeTitle(range, formats);
  if (followed) return html`<p class="range-title">${title}</p>`;
  const today = zone.dateOf(clock.now());
  const isNow = range.from <= today && today <= range.to;
  const titleOf = (by: 1 | -1) => rangeTitle(movedRange(range, by, formats.firstWeekday), formats);
  const day = relativeName(0, range.unit ?? "day", formats.language);
  return html`<div class="range">
    <div class="dates">
      ${arrow("M15 5l-7 7 7 7", titleOf(-1), false, () => choice.move(input, zone, -1))}
      <span class="range-title" aria-live="polite">${title}</span>
      ${arrow("M9 5l7 7-7 7", titleOf(1), isNow, () => choice.move(input, zone, 1))}
      ${isNow ? nothing : html`<button class="now" @click=${() => choice.choose(config, range.unit ?? "day")}>${day}</button>`}
    </div>
    <div class="units">
      ${rangeUnits.map(
        (unit) => html`<button
          aria-pressed=${unit === range.unit}
          @click=${() => choice.choose(config, unit, isNow ? undefined : range.to)}
        >
          ${unitName(unit, formats.language)}
        </button>`,
      )}
    </div>
  </div>`;
}

function arrow(path: string, label: string, disabled: boolean, move: () => void) {
  return html`<button class="arrow" aria-label=${label} ?disabled=${disabled} @click=${move}>
    ${svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`}
  </button>`;
}

export const rangeBarStyles = css`
  .range {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
  }
  .dates,
  .units {
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
    width: 36px;
    height: 36px;
    border-radius: 50%;
    color: var(--secondary-text-color);
  }
  .dates .arrow:first-child {
    margin-inline-start: -6px;
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
  .now,
  .units button {
    padding: 5px 10px;
    border-radius: 999px;
    white-space: nowrap;
    font-size: var(--ha-font-size-s, 12px);
  }
  .units button {
    color: var(--secondary-text-color);
  }
  .now {
    border: 1px solid var(--divider-color);
    margin-inline-start: 4px;
  }
  .units [aria-pressed="true"] {
    color: var(--primary-text-color);
    font-weight: 500;
    background: color-mix(in srgb, var(--primary-text-color) 9%, transparent);
  }
  .arrow:not(:disabled):hover,
  .now:hover,
  .units button:hover {
    background: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
  }
  @container (max-width: 230px) {
    .units,
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
