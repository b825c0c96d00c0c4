import { css } from "lit";

/** The picture with its readings; a narrow card has the readings alone, as a grid or a list. */
export const nowStyles = css`
  :host {
    container-type: inline-size;
  }
  .now {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(76px, 1fr));
    gap: 8px 4px;
  }
  .stage,
  .beside,
  .figures {
    display: contents;
  }
  .days,
  .why {
    grid-column: 1 / -1;
  }
  .why p {
    margin: 4px 0 0;
    text-align: center;
  }
  .old .reading .value {
    color: var(--secondary-text-color);
  }
  .picture {
    display: none;
  }
  .reading {
    display: flex;
    flex-direction: column;
    align-items: center;
    text-align: center;
    min-width: 0;
    border-radius: 8px;
    /* 44 px for a finger, in the place of 36. */
    padding: 6px 2px;
    margin-block: -4px;
    line-height: 1.25;
  }
  .label {
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .value {
    direction: ltr;
    unicode-bidi: isolate;
    font-weight: 500;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .unit {
    font-size: 0.8em;
    font-weight: 400;
    color: var(--secondary-text-color);
  }
  .target {
    font-size: 0.86em;
    line-height: 1.1;
    color: var(--secondary-text-color);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  button.reading:hover {
    background: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
  }
  @container (max-width: 150px) {
    .now {
      display: block;
    }
    .reading {
      flex-direction: row;
      justify-content: space-between;
      width: 100%;
      gap: 4px;
      margin-block: 0;
      padding: 2px 0;
    }
    .return,
    .difference,
    .target,
    .figure,
    .why,
    .days {
      display: none;
    }
  }
  @container (max-width: 289px) {
    .days tr > :nth-child(n + 4) {
      display: none;
    }
  }
  @container (min-width: 290px) {
    .now,
    .beside {
      display: block;
    }
    .days {
      border-top: 1px solid var(--divider-color);
      padding-top: 8px;
      margin-top: 8px;
    }
    .stage {
      display: block;
      position: relative;
      direction: ltr;
      aspect-ratio: 456 / 210;
      max-width: 640px;
      margin-inline: auto;
    }
    .picture {
      display: block;
    }
    .stage .reading {
      position: absolute;
      transform: translate(-50%, -50%);
    }
    .figures .reading {
      min-width: 52px;
    }
    .figures {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-around;
      gap: 8px 2px;
      border-top: 1px solid var(--divider-color);
      padding-top: 8px;
      margin-top: 16px;
    }
  }
  @container (max-width: 430px) {
    .zones .reading {
      font-size: 0.86em;
    }
  }
  @container (min-width: 480px) {
    .value {
      font-size: 1.15em;
    }
  }
  @container (min-width: 700px) {
    .now {
      display: grid;
      grid-template-columns: minmax(0, 6fr) minmax(0, 5fr);
      align-items: center;
      gap: 8px 28px;
    }
    .stage {
      width: 100%;
    }
    .figures {
      border-top: 0;
      padding-top: 0;
      margin-top: 0;
    }
  }
  @container (min-width: 800px) {
    :host {
      font-size: 1.1em;
    }
  }
`;
