import { css } from "lit";

/** The two answers to a question before something is changed. */
export const questionStyles = css`
  .yes,
  .no {
    min-height: 44px;
    padding: 6px 14px;
    border-radius: 999px;
    font-weight: 500;
    border: 1px solid color-mix(in srgb, var(--primary-text-color) 25%, transparent);
  }
  .yes {
    color: var(--card-background-color, #fff);
    background: var(--primary-text-color);
  }
`;
