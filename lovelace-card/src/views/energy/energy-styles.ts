import { css } from "lit";

export const energyStyles = css`
  :host {
    container-type: inline-size;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    margin: 4px 4px 8px;
  }
  .figures div {
    display: flex;
    flex-direction: column;
    flex: 1 0 auto;
    white-space: nowrap;
  }
  heatloop-chart {
    height: 330px;
  }
  dt,
  dd {
    margin: 0;
  }
  .value {
    font-size: 1.2em;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .whose {
    margin: 0 4px;
  }
  .quicks {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    margin-top: 8px;
  }
  .quick {
    flex: 1 1 150px;
    display: flex;
    flex-direction: column;
    padding: 6px 8px;
    border-radius: 10px;
    border: 1px solid var(--divider-color);
    font-variant-numeric: tabular-nums;
  }
  .offer {
    min-height: 44px;
    margin-top: 8px;
    padding: 0 12px;
    border-radius: 10px;
    border: 1px solid var(--divider-color);
  }
  .asked {
    margin-top: 8px;
  }
  .asked p {
    margin: 0 4px 8px;
  }
  .offer:hover,
  .quick:hover {
    background: color-mix(in srgb, var(--primary-text-color) 4%, transparent);
  }
  @container (max-width: 380px) {
    .figures {
      gap: 4px 10px;
    }
    .value {
      font-size: 1.1em;
    }
    heatloop-chart {
      height: 390px;
    }
  }
  @container (max-width: 230px) {
    .figures {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(72px, 1fr));
      gap: 4px;
      margin-inline: 2px;
    }
    .value {
      font-size: 1em;
    }
    .note,
    .whose,
    .figures .coverage,
    .offer,
    .quicks {
      display: none;
    }
    heatloop-chart {
      height: 160px;
    }
  }
`;
