import { css } from "lit";
import { tableStyles } from "../../look/table-styles.ts";

export const curveStyles = css`
  p {
    margin: 4px 0 0;
    overflow-wrap: anywhere;
  }
  .advice p:first-child {
    font-weight: 500;
  }
  .hint {
    margin-top: 12px;
  }
  .picture {
    display: block;
    direction: ltr;
    overflow: visible;
  }
  text {
    font-size: 12px;
    fill: var(--secondary-text-color);
    font-variant-numeric: tabular-nums;
  }
  .grid {
    stroke: var(--divider-color);
  }
  circle {
    fill-opacity: 0.75;
  }
  .line {
    fill: none;
    stroke-width: 2;
    stroke-linejoin: round;
  }
  .line.set {
    stroke-dasharray: 1 4;
    stroke-linecap: round;
    stroke-width: 3;
  }
  .line.set_2 {
    stroke-dasharray: 8 3 1 3;
  }
  .line.suggested {
    stroke-dasharray: 7 4;
  }
  .key {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .sample {
    width: 24px;
    height: 12px;
  }
  .table {
    overflow-x: auto;
  }
  ${tableStyles}
  th:first-child {
    position: sticky;
    inset-inline-start: 0;
    text-align: start;
    white-space: nowrap;
    background: var(--ha-card-background, var(--card-background-color, #fff));
  }
  thead th {
    color: var(--secondary-text-color);
    vertical-align: bottom;
  }
  @container (max-width: 230px) {
    .legend,
    .advice,
    .quiet:not([role]),
    .items {
      display: none;
    }
  }
`;
