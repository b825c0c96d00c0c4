import { css } from "lit";

/** Two columns of groups where there is room for them. */
export const diagnosticsStyles = css`
  :host {
    container-type: inline-size;
  }
  .groups {
    columns: 2 320px;
    column-gap: 32px;
  }
  section {
    break-inside: avoid;
    padding-bottom: 12px;
  }
  h3 {
    margin: 0 0 2px;
    font-size: inherit;
    font-weight: 600;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li + li {
    border-top: 1px solid var(--divider-color);
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, auto);
    align-items: center;
    gap: 0 12px;
    width: 100%;
    min-height: 44px;
    padding-block: 4px;
  }
  .name {
    color: var(--secondary-text-color);
    overflow-wrap: anywhere;
  }
  .value {
    text-align: end;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .row .quiet {
    grid-column: 1 / -1;
    overflow-wrap: anywhere;
  }
`;
