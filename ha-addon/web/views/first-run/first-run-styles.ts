import { css } from "lit";

/** What the first run has beside its forms: states, the block to copy, the list of rooms. */
export const firstRunStyles = css`
  .found {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
  }
  .found > div {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    padding: 8px 12px;
    border-radius: 12px;
    background: color-mix(in srgb, var(--primary-text-color) 5%, transparent);
  }
  .found dt {
    color: inherit;
    font-weight: 500;
  }
  .found dt::before {
    content: "○ ";
  }
  .found .well dt::before {
    content: "✓ ";
  }
  .found dd {
    margin: 0;
    overflow-wrap: anywhere;
    min-width: 0;
  }
  .block {
    margin-top: 16px;
  }
  .code {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  .code button {
    align-self: flex-end;
  }
  pre {
    margin: 0;
    padding: 12px;
    overflow: auto;
    max-height: 340px;
    border-radius: 12px;
    font-size: 0.85em;
    background: color-mix(in srgb, var(--primary-text-color) 7%, transparent);
  }
  .count {
    font-weight: 400;
    color: var(--secondary-text-color);
  }
  .rooms {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .room {
    padding: 4px 0;
    border-bottom: 1px solid var(--divider-color);
  }
  form .room > label {
    display: flex;
    flex-flow: row nowrap;
    align-items: center;
    margin: 0;
    gap: 10px;
    cursor: pointer;
  }
  .name {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
    font-weight: 500;
  }
  .value {
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .about {
    margin: 0 0 4px;
    padding-inline-start: 34px;
    font-size: 0.875em;
    color: var(--secondary-text-color);
    overflow-wrap: anywhere;
  }
  .about span {
    display: block;
  }
  .about .odd {
    color: var(--primary-text-color);
    font-weight: 500;
  }
  .about .mistake {
    color: var(--error-color);
  }
  .parts {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    padding-inline-start: 34px;
  }
  form label.part {
    display: inline-flex;
    flex-flow: row nowrap;
    margin: 0 0 6px;
    align-items: center;
    gap: 8px;
  }
  .part select {
    flex: none;
    width: auto;
  }
  summary {
    padding: 11px 0;
    cursor: pointer;
  }
  .field > .help {
    grid-column: 2;
  }
  @media (max-width: 480px) {
    .field > .help {
      grid-column: 1;
    }
  }
  .field > .help:empty {
    display: none;
  }
`;
