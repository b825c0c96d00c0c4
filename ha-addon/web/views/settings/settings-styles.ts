import { css } from "lit";

/** The sections of the settings, and the bar that saves them. */
export const settingsStyles = css`
  details.panel {
    padding: 4px 16px;
  }
  details[open] {
    padding-bottom: 12px;
  }
  summary {
    padding: 11px 0;
    font-weight: 600;
    cursor: pointer;
  }
  summary h2 {
    display: inline;
    font-size: 1rem;
  }
  fieldset[disabled] :is(.add, .remove) {
    display: none;
  }
  .save {
    position: sticky;
    bottom: 0;
    padding: 10px 0;
    background: var(--primary-background-color);
  }
  .save p {
    margin: 0 0 6px;
  }
`;
