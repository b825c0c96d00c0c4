import { css } from "lit";
import { controlStyles } from "../../look/control-styles.ts";

const ownStyles = css`
  .panels {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
    align-items: start;
    gap: 0 16px;
  }
  dl {
    grid-template-columns: minmax(100px, 40%) minmax(0, 1fr);
  }
  dd p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  h3:not(:first-of-type) {
    margin-top: 12px;
  }
  .well,
  .ill {
    font-weight: 600;
  }
  .well {
    color: var(--success-color);
  }
  .ill {
    color: var(--error-color);
  }
  input[type="checkbox"] {
    width: 20px;
    min-height: 20px;
    accent-color: var(--primary-color);
  }
  .log {
    max-height: 420px;
    margin-top: 8px;
    overflow: auto;
    border: 1px solid var(--divider-color);
    border-radius: 10px;
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 8px 12px;
    font-size: 0.875rem;
  }
  ol li {
    padding: 3px 0;
    overflow-wrap: anywhere;
  }
  .error strong {
    color: var(--error-color);
  }
  .warn strong {
    color: var(--warning-color);
  }
`;

export const healthStyles = [controlStyles, ownStyles];
