import { css, html } from "lit";
import type { GlanceFigure } from "./view.ts";

/** The figures in rows, as many of them as there is room for. */
export function glance(figures: readonly GlanceFigure[]) {
  return html`<dl class="glance">
    ${figures.map(
      ({ label, figure, unit }) => html`<div>
        <dt>${label}</dt>
        <dd><bdi>${figure}<span class="unit"> ${unit}</span></bdi></dd>
      </div>`,
    )}
  </dl>`;
}

/** For a host whose attribute `rows` is the number of rows, as far as it is low. */
export const glanceStyles = css`
  .glance {
    flex: none;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(78px, 1fr));
    grid-auto-rows: 44px;
    gap: 8px 4px;
    margin: 0;
    overflow: hidden;
  }
  :host([rows="1"]) .glance {
    flex: 1;
    min-width: 0;
  }
  :host([rows="1"]) .glance,
  :host([rows="2"]) .glance,
  :host([rows="3"]) .notice ~ .glance {
    max-height: 44px;
  }
  :host([rows="3"]) .glance,
  :host([rows="4"]) .top:has(.tabs) ~ .glance,
  :host([rows="4"]) .notice ~ .glance {
    max-height: 96px;
  }
  :host([rows="4"]) .top:has(.tabs) ~ .notice ~ .glance {
    max-height: 44px;
  }
  :host([rows="4"]) .glance {
    max-height: 148px;
  }
  .glance div {
    display: flex;
    flex-direction: column;
    justify-content: center;
    align-items: center;
    min-width: 0;
  }
  .glance dt {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: var(--ha-font-size-s, 12px);
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .glance dd {
    margin: 0;
    line-height: 20px;
    font-weight: 500;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .glance .unit {
    font-size: 0.8em;
  }
  :host([rows="1"]) .tabs,
  :host([rows="2"]) .tabs,
  :host([rows="3"]) .tabs,
  :host([rows="1"]) .notice,
  :host([rows="2"]) .notice:not(.error),
  :host([rows="3"]) .notice:not(.error),
  :host([rows="2"]) .notice ~ .notice,
  :host([rows="3"]) .notice ~ .notice,
  :host([rows="4"]) .notice ~ .notice,
  :host([rows="2"]) .notice.error ~ .glance {
    display: none;
  }
`;
