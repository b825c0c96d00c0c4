import { css, unsafeCSS } from "lit";
import { situationColors } from "../../home-assistant/situation.ts";

const notSeen = unsafeCSS(
  `repeating-linear-gradient(135deg, ${situationColors.not_seen} 0 1.5px, transparent 1.5px 5px)`,
);

export const stripStyles = css`
  .strip {
    border-radius: 8px;
  }
  .strip th[scope="row"],
  .strip .starts {
    width: 1px;
    white-space: nowrap;
  }
  .strip th[scope="row"] {
    padding-inline-end: 10px;
  }
  .starts {
    text-align: end;
    padding-inline-start: 10px;
    font-weight: 500;
  }
  .day {
    padding: 2px 0;
  }
  .day svg {
    display: block;
    width: 100%;
    height: 18px;
    border-radius: 5px;
    touch-action: pan-y;
    /* What nothing else is drawn on was not seen. */
    background: ${notSeen};
  }
  .seen {
    fill: var(--ha-card-background, var(--card-background-color, #fff));
  }
  .standby {
    fill: ${unsafeCSS(situationColors.standby)};
  }
  .hours {
    display: flex;
    direction: ltr;
    justify-content: space-between;
    color: var(--secondary-text-color);
  }
  .hours span {
    width: 0;
    display: flex;
    justify-content: center;
  }
  .hours span:first-child {
    justify-content: flex-start;
  }
  .hours span:last-child {
    justify-content: flex-end;
  }
  .strip.table {
    overflow-x: auto;
  }
  .strip.table td,
  .strip.table thead th:not(:first-child) {
    text-align: end;
    padding: 4px 0;
    padding-inline-start: 12px;
    white-space: nowrap;
  }
  .strip.table th:first-child {
    position: sticky;
    inset-inline-start: 0;
    background: var(--ha-card-background, var(--card-background-color, #fff));
  }
  .strip.table tr {
    border-bottom: 1px solid var(--divider-color);
  }
  .item {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .item b {
    font-weight: 500;
    color: var(--primary-text-color);
  }
  .swatch {
    width: 10px;
    height: 10px;
    border-radius: 3px;
    background: currentColor;
  }
  .swatch.standby {
    height: 4px;
  }
  .swatch.not_seen {
    background: ${notSeen};
  }
  @container (max-width: 230px) {
    .legend,
    .hours span:nth-child(even) {
      display: none;
    }
    .strip th[scope="row"] {
      padding-inline-end: 6px;
    }
    .starts {
      padding-inline-start: 6px;
    }
  }
`;
