import { css } from "lit";

/** The room feeds: a table where there is room for one, else a list. */
export const roomsStyles = css`
  :host {
    container-type: inline-size;
  }
  h3,
  h4 {
    margin: 0 0 6px;
    font-size: inherit;
    font-weight: 600;
  }
  section {
    padding-block: 12px;
    border-top: 1px solid var(--divider-color);
  }
  section:first-child {
    padding-top: 0;
    border-top: 0;
  }
  .sending p {
    margin: 8px 0 0;
  }
  .sending {
    padding-bottom: 12px;
  }
  .sending label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    font-weight: 600;
  }
  .sending input {
    appearance: none;
    flex: none;
    width: 44px;
    height: 26px;
    min-height: 0;
    margin: 0;
    padding: 2px;
    border: 1px solid color-mix(in srgb, var(--primary-text-color) 45%, transparent);
    border-radius: 13px;
    background: none;
    cursor: pointer;
  }
  .sending input::before {
    content: "";
    display: block;
    width: 20px;
    height: 20px;
    border-radius: 50%;
    background: var(--secondary-text-color);
  }
  .sending input:checked {
    background: var(--primary-color);
    border-color: var(--primary-color);
  }
  .sending input:checked::before {
    margin-inline-start: auto;
    background: var(--card-background-color);
  }
  .sending input:disabled {
    opacity: 0.55;
    cursor: default;
  }
  .doubt {
    padding-inline-start: 10px;
    border-inline-start: 3px solid var(--warning-color, #ffa600);
  }
  .state {
    display: flex;
    gap: 10px;
    margin-bottom: 12px;
  }
  .state h4,
  .state p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .state.ok {
    --shown: var(--success-color, #43a047);
  }
  .state.degraded,
  .state.holding {
    --shown: var(--warning-color, #ffa600);
  }
  .state.fallback {
    --shown: var(--error-color, #db4437);
  }
  .state.off {
    --shown: var(--secondary-text-color);
  }
  .state .icon {
    stroke: var(--shown);
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 4px 16px;
    margin: 0 0 16px;
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
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 6px 8px 6px 0;
    text-align: start;
    vertical-align: top;
    border-bottom: 1px solid var(--divider-color);
    font-weight: 400;
  }
  thead th {
    color: var(--secondary-text-color);
    font-size: var(--ha-font-size-s, 12px);
  }
  a {
    color: var(--info-color);
  }
  [role="alert"]:empty {
    display: none;
  }
  .rooms {
    margin-bottom: 16px;
  }
  .rooms thead th,
  .rooms .age {
    white-space: nowrap;
  }
  .rooms tbody th {
    font-weight: 600;
  }
  .rooms .quiet {
    display: block;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  .rooms td {
    overflow-wrap: anywhere;
  }
  @container (max-width: 700px) {
    dl {
      grid-template-columns: minmax(90px, 44%) minmax(0, 1fr);
      column-gap: 12px;
    }
    .rooms,
    .rooms tbody,
    .rooms tr {
      display: block;
    }
    .rooms thead {
      position: absolute;
      clip-path: inset(50%);
      width: 1px;
      height: 1px;
      overflow: hidden;
    }
    .rooms tr {
      padding: 10px 0;
      border-top: 1px solid var(--divider-color);
    }
    .rooms th,
    .rooms td {
      display: block;
      padding: 1px 0;
      border: 0;
    }
    .rooms td {
      display: grid;
      grid-template-columns: minmax(90px, 44%) minmax(0, 1fr);
      column-gap: 12px;
    }
    .rooms td::before {
      content: attr(data-label);
      grid-row: 1 / span 2;
      color: var(--secondary-text-color);
    }
  }
`;
