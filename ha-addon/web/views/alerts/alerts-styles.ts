import { css } from "lit";

/** The view of the alerts. */
export const alertsStyles = css`
  .alert {
    display: flex;
    gap: 12px;
    padding: 12px 0;
  }
  li + li {
    border-top: 1px solid var(--divider-color);
  }
  .alert > div {
    flex: 1;
    min-width: 0;
  }
  .alert p {
    margin: 0 0 4px;
    overflow-wrap: anywhere;
  }
  .alert .row {
    margin-top: 8px;
  }
  .alert.error {
    color: var(--error-color);
  }
  .alert.warning {
    color: var(--warning-color);
  }
  .alert.info {
    color: var(--info-color);
  }
  .alert p,
  .alert .row {
    color: var(--primary-text-color);
  }
  .alert .quiet {
    color: var(--secondary-text-color);
  }
  .alert [role="alert"] {
    color: var(--error-color);
  }
  .snooze {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  button[aria-disabled="true"] {
    opacity: 0.55;
  }
`;
