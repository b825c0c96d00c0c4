import { css } from "lit";
import { tableStyles } from "../look/table-styles.ts";

export const chartStyles = css`
  * {
    box-sizing: border-box;
  }
  .plot {
    position: relative;
    flex: 1 1 auto;
    min-height: 100px;
    touch-action: pan-y;
    user-select: none;
    border-radius: 8px;
    cursor: crosshair;
  }
  .plot.held {
    cursor: grabbing;
  }
  :focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  canvas {
    position: absolute;
    inset: 0;
    /* Chart.js writes px onto it, which would stick out of a place that becomes smaller until it is drawn anew. */
    width: 100% !important;
    height: 100% !important;
    color: var(--primary-text-color);
    transition: color 1ms;
  }
  .message {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    margin: 0;
    padding: 0 16px 16px;
    text-align: center;
    pointer-events: none;
    color: var(--secondary-text-color);
  }
  .cursor {
    position: absolute;
    left: 0;
    width: 1px;
    background: var(--secondary-text-color);
    pointer-events: none;
  }
  .dot {
    position: absolute;
    left: -4px;
    top: -4px;
    width: 9px;
    height: 9px;
    border-radius: 50%;
    border: 2px solid var(--ha-card-background, var(--card-background-color, #fff));
    pointer-events: none;
  }
  .tip {
    position: absolute;
    left: 0;
    top: 0;
    z-index: 1;
    padding: 6px 10px;
    border-radius: 8px;
    pointer-events: none;
    white-space: nowrap;
    font-size: var(--ha-font-size-s, 12px);
    color: var(--primary-text-color);
    background: var(--ha-card-background, var(--card-background-color, #fff));
    border: 1px solid var(--divider-color);
    box-shadow: 0 2px 8px rgb(0 0 0 / 20%);
  }
  .tip b,
  .of-stack {
    font-weight: 500;
  }
  .tip div {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 0 6px;
    align-items: center;
  }
  .tip span:nth-child(3n) {
    text-align: end;
    padding-inline-start: 8px;
    font-variant-numeric: tabular-nums;
  }
  .tip p {
    margin: 0;
  }
  .tip span.whole {
    grid-column: 2 / -1;
    text-align: start;
    padding: 0;
  }
  .swatch {
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 50%;
    background: currentColor;
    border: 2px solid currentColor;
  }
  .swatch.band {
    border-radius: 3px;
    border-width: 2px 0 0;
    background: color-mix(in srgb, currentColor 30%, transparent);
  }
  .swatch.outlined {
    background: color-mix(in srgb, currentColor 20%, transparent);
  }
  .swatch.hatched {
    background: repeating-linear-gradient(135deg, currentColor 0 1.5px, transparent 1.5px 4px);
  }
  .swatch.bar {
    border-radius: 3px;
  }
  .swatches {
    display: flex;
    gap: 1px;
    direction: ltr;
  }
  .swatch.bar:not(:only-child) {
    width: 6px;
    border-radius: 2px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0 2px;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 5px;
    min-width: 44px;
    min-height: 44px;
    padding: 2px 6px;
    font: inherit;
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
    background: none;
    border: 0;
    border-radius: 12px;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:hover {
    background: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
  }
  [aria-pressed="false"] .name {
    text-decoration: line-through;
  }
  [aria-pressed="false"] .swatch {
    background: none;
    border-color: currentColor;
    opacity: 0.6;
  }
  svg {
    width: 18px;
    height: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
  }
  .table {
    flex: 1 1 220px;
    min-height: 100px;
    overflow: auto;
  }
  ${tableStyles}
  th,
  td {
    white-space: nowrap;
  }
  thead th {
    position: sticky;
    top: 0;
    font-weight: 500;
    background: var(--ha-card-background, var(--card-background-color, #fff));
  }
  th:first-child {
    position: sticky;
    inset-inline-start: 0;
    text-align: start;
    background: var(--ha-card-background, var(--card-background-color, #fff));
  }
  thead th:first-child {
    z-index: 1;
  }
  [hidden] {
    display: none;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @container (max-width: 260px) {
    .name {
      display: none;
    }
  }
  @container (max-width: 200px) {
    .legend {
      display: none;
    }
  }
  @container (max-height: 280px) {
    .plot {
      min-height: 60px;
    }
    .legend {
      display: none;
    }
  }
`;
