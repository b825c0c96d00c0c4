import { css } from "lit";
import { questionStyles } from "./question-styles.ts";

export const controlStyles = css`
  :host {
    container-type: inline-size;
  }
  .items {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
    column-gap: 32px;
  }
  .item {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 2px 12px;
    min-height: 48px;
    padding: 2px 0;
  }
  .item > .label {
    overflow-wrap: break-word;
  }
  [data-off] > .label,
  [data-off] output {
    color: var(--secondary-text-color);
  }
  .stepper {
    display: flex;
    align-items: center;
    gap: 4px;
    direction: ltr;
  }
  output {
    min-width: 72px;
    text-align: center;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .unit {
    font-size: 0.85em;
    font-weight: 400;
    color: var(--secondary-text-color);
  }
  .round {
    display: grid;
    place-items: center;
    /* A finger has 44 px of which the edge is not seen. */
    width: 44px;
    height: 44px;
    border: 4px solid transparent;
    border-radius: 50%;
    background: color-mix(in srgb, var(--primary-text-color) 7%, transparent) padding-box;
  }
  .round:hover:not(:disabled) {
    background-color: color-mix(in srgb, var(--primary-text-color) 13%, transparent);
  }
  :disabled {
    opacity: 0.5;
  }
  select {
    font: inherit;
    color: inherit;
    max-width: min(60cqi, 240px);
    min-height: 44px;
    padding: 4px 8px;
    border: 0;
    border-radius: 10px;
    text-overflow: ellipsis;
    background: color-mix(in srgb, var(--primary-text-color) 7%, var(--card-background-color, #fff));
  }
  option {
    color: var(--primary-text-color);
    background: var(--card-background-color, #fff);
  }
  .switch {
    width: 48px;
    height: 44px;
    border: 0 solid transparent;
    border-width: 8px 0;
    border-radius: 14px / 22px;
    padding: 4px;
    background: color-mix(in srgb, var(--primary-text-color) 50%, transparent) padding-box;
    transition: background-color 0.15s;
  }
  .switch[aria-checked="true"] {
    background-color: var(--primary-color);
  }
  .thumb {
    display: block;
    width: 20px;
    height: 20px;
    border-radius: 50%;
    background: #fff;
    box-shadow: 0 1px 2px rgb(0 0 0 / 40%);
    transition: margin 0.15s;
  }
  [aria-checked="true"] .thumb {
    margin-inline-start: 20px;
  }
  .words,
  .ask {
    grid-column: 1 / -1;
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
  }
  .words:empty {
    display: none;
  }
  .not_taken .words,
  .refused .words {
    color: var(--primary-text-color);
    font-weight: 500;
  }
  .choosing output,
  .sending output {
    font-style: italic;
  }
  .ask {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 8px 12px;
    border-radius: 10px;
    color: var(--primary-text-color);
    background: color-mix(in srgb, var(--warning-color, #ffa600) 14%, transparent);
  }
  .ask span {
    flex: 1 1 160px;
  }
  ${questionStyles}
  .until {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 4px 12px;
    max-width: min(60cqi, 240px);
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .until,
  .until .no {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .item .segments {
    display: flex;
    flex-wrap: wrap;
  }
  .item .segments button {
    min-width: 44px;
  }
  @container (max-width: 230px) {
    .item {
      grid-template-columns: minmax(0, 1fr);
    }
    select,
    .until {
      max-width: 100%;
    }
    .until {
      justify-content: start;
    }
  }
  @container (max-width: 150px) {
    .stepper {
      flex-wrap: wrap;
      justify-content: center;
      width: 100%;
    }
    output {
      order: -1;
      flex: 1 0 100%;
      min-width: 0;
    }
  }
  .reason {
    margin: 0 0 8px;
    color: var(--secondary-text-color);
  }
  @media (prefers-reduced-motion: reduce) {
    .switch,
    .thumb {
      transition: none;
    }
  }
`;
