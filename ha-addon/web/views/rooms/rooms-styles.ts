import { css } from "lit";

/** The view of the rooms: a table where there is room for one, else a list. */
export const roomsStyles = css`
  .sending p {
    margin: 8px 0 0;
  }
  .sending label {
    flex-wrap: nowrap;
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
    border-radius: 13px;
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
    border-inline-start: 3px solid var(--warning-color);
  }
  .state {
    display: flex;
    gap: 10px;
    margin-bottom: 12px;
  }
  .state h3,
  .state p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .state h3 {
    color: var(--shown);
  }
  .state.ok {
    --shown: var(--success-color);
  }
  .state.degraded,
  .state.holding {
    --shown: var(--warning-color);
  }
  .state.fallback {
    --shown: var(--error-color);
  }
  .state.off {
    --shown: var(--secondary-text-color);
  }
  .icon {
    stroke: var(--shown);
  }
  dl {
    margin-bottom: 16px;
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
  .yes {
    color: var(--success-color);
  }
  .no {
    color: var(--warning-color);
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
