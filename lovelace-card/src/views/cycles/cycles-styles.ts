import { css, unsafeCSS } from "lit";
import { situationColors } from "../../home-assistant/situation.ts";

const notSeen = unsafeCSS(
  `repeating-linear-gradient(135deg, ${situationColors.not_seen} 0 1.5px, transparent 1.5px 5px)`,
);

export const cyclesStyles = css`
  :host {
    container-type: inline-size;
  }
  .message {
    display: grid;
    place-items: center;
    min-height: 150px;
    margin: 0;
    text-align: center;
    color: var(--secondary-text-color);
  }
  heatloop-chart {
    height: 260px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--ha-font-size-s, 12px);
    font-variant-numeric: tabular-nums;
  }
  th {
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
    color: var(--secondary-text-color);
  }
  td {
    padding: 0;
  }
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
  .advice {
    margin-block: 8px;
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--primary-color);
  }
  .mean {
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
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
  .below {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
    align-items: start;
    gap: 12px 24px;
    margin-top: 8px;
  }
  caption,
  h3 {
    margin: 0 0 4px;
    font-size: var(--ha-font-size-s, 12px);
    font-weight: 500;
    text-align: start;
  }
  h3 {
    display: flex;
    gap: 6px;
  }
  .count {
    color: var(--secondary-text-color);
  }
  .lengths th,
  .lengths td:last-child {
    width: 1px;
    white-space: nowrap;
    line-height: 20px;
  }
  .lengths td:last-child {
    text-align: end;
  }
  .stops th,
  .stops td:last-child {
    width: auto;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .bar {
    padding: 0 8px;
  }
  .stops .bar {
    width: 20%;
  }
  .bar span {
    display: block;
    height: 8px;
    border-radius: 4px;
    background: ${unsafeCSS(situationColors.heating)};
  }
  p {
    margin: 0;
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  li {
    display: flex;
    flex-direction: column;
    font-size: var(--ha-font-size-s, 12px);
    padding-block: 2px;
  }
  @container (max-width: 230px) {
    .below,
    .advice,
    .mean,
    .whose,
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
