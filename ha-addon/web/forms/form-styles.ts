import { css } from "lit";

/** Fields and rows of forms, beside the page's own controls: one column on a phone, and never wider than the page. */
export const formStyles = css`
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 2px 12px;
    align-items: center;
    padding: 5px 0;
    min-width: 0;
  }
  form .field > label,
  .field > .label {
    display: block;
    margin: 0;
    overflow-wrap: anywhere;
    hyphens: auto;
  }
  .entry {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
  }
  .unit {
    color: var(--secondary-text-color);
    white-space: nowrap;
  }
  .help,
  .mistake {
    grid-column: 1 / -1;
    margin: 0;
    font-size: 0.875rem;
    color: var(--secondary-text-color);
    overflow-wrap: anywhere;
  }
  .mistake {
    color: var(--error-color);
    font-weight: 600;
  }
  input:is([type="text"], [type="password"]),
  select,
  textarea {
    flex: 1;
    width: 100%;
    min-width: 0;
  }
  textarea {
    font: inherit;
    padding: 6px 14px;
    border-radius: 10px;
    border: 1px solid color-mix(in srgb, var(--primary-text-color) 45%, var(--card-background-color));
    color: inherit;
    background: var(--card-background-color);
  }
  ::placeholder {
    color: var(--secondary-text-color);
    opacity: 1;
  }
  [aria-invalid="true"] {
    border: 2px solid var(--error-color);
  }
  input[type="checkbox"] {
    width: 24px;
    height: 24px;
    min-height: 24px;
    flex: none;
    margin: 8px 0;
    accent-color: var(--primary-color);
  }
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
  }
  form label.option {
    display: inline-flex;
    flex-direction: row;
    align-items: center;
    margin: 0;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-width: 0;
  }
  legend {
    padding: 8px 0 4px;
    font-weight: 600;
  }
  .entry-row {
    border: 1px solid var(--divider-color);
    border-radius: 12px;
    padding: 6px 12px 12px;
    margin: 8px 0;
  }
  .notice {
    padding: 10px 14px;
    margin: 8px 0;
    border-radius: 12px;
    border: 1px solid var(--primary-color);
    background: var(--card-background-color);
    overflow-wrap: anywhere;
  }
  .notice.bad {
    border-color: var(--error-color);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  @media (max-width: 480px) {
    .field {
      grid-template-columns: minmax(0, 1fr);
    }
    .field.switch {
      grid-template-columns: minmax(0, 1fr) auto;
    }
  }
`;
