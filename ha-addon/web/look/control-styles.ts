import { css } from "lit";

/** Panels, tables, buttons and fields of the page; each view has them in its own shadow root. */
export const controlStyles = css`
  :host {
    color: var(--primary-text-color);
  }
  * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h2 {
    margin: 0 0 8px;
    font-size: 1.1rem;
    font-weight: 600;
  }
  h3 {
    margin: 0 0 6px;
    font-size: 1rem;
    font-weight: 600;
  }
  .panel {
    margin: 0 0 16px;
    padding: 16px;
    border-radius: 14px;
    border: 1px solid var(--divider-color);
    background: var(--card-background-color);
    container-type: inline-size;
  }
  .icon {
    width: 24px;
    height: 24px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .quiet {
    color: var(--secondary-text-color);
    font-size: 0.875rem;
  }
  a {
    color: var(--info-color);
  }
  button,
  .button,
  select,
  input {
    font: inherit;
    min-height: 44px;
    padding: 6px 14px;
    border-radius: 10px;
    border: 1px solid color-mix(in srgb, var(--primary-text-color) 45%, var(--card-background-color));
    color: inherit;
    background: var(--card-background-color);
  }
  label,
  select {
    min-width: 0;
    max-width: 100%;
  }
  button,
  .button {
    cursor: pointer;
    text-decoration: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
  }
  button:hover,
  .button:hover {
    background: color-mix(in srgb, var(--primary-text-color) 6%, var(--card-background-color));
  }
  button.main {
    color: var(--card-background-color);
    background: var(--primary-color);
    border-color: var(--primary-color);
    font-weight: 600;
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  label {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  form label {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    margin-bottom: 10px;
  }
  :focus-visible {
    outline: 3px solid var(--primary-color);
    outline-offset: 2px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 6px 8px;
    text-align: start;
    vertical-align: top;
    border-bottom: 1px solid var(--divider-color);
    font-weight: 400;
  }
  @media (max-width: 480px) {
    th,
    td {
      padding: 6px 3px;
      font-size: 0.85rem;
    }
  }
  thead th {
    color: var(--secondary-text-color);
    font-size: 0.85rem;
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  [aria-pressed="true"] {
    font-weight: 600;
    background: color-mix(in srgb, var(--primary-color) 18%, var(--card-background-color));
  }
  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  dl {
    display: grid;
    grid-template-columns: fit-content(50%) minmax(0, 1fr);
    gap: 4px 16px;
    margin: 0;
  }
  dt {
    color: var(--secondary-text-color);
    overflow-wrap: break-word;
    hyphens: auto;
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  [role="alert"] {
    margin: 4px 0;
    color: var(--error-color);
  }
  [role="alert"]:empty {
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
`;
