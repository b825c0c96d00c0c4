import { css, unsafeCSS } from "lit";
import { situationColors } from "../../home-assistant/situation.ts";

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
  progress {
    display: block;
    width: 100%;
    accent-color: var(--primary-color);
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
  .advice {
    margin-block: 8px;
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--primary-color);
  }
  .mean {
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
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
  /* Where tables have a whole row, or three have one. */
  @container (max-width: 400px) or (min-width: 600px) {
    .stops td:last-child {
      white-space: nowrap;
    }
  }
  @container (max-width: 230px) {
    heatloop-chart {
      height: 160px;
    }
    .below,
    .advice,
    .mean,
    .whose {
      display: none;
    }
  }
`;
