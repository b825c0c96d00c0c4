import { css } from "lit";

/** A table of figures, as a chart has it beside its picture. */
export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--ha-font-size-s, 12px);
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 4px 8px;
    text-align: end;
    font-weight: 400;
    border-bottom: 1px solid var(--divider-color);
  }
`;
