import { css, html, svg } from "lit";
import type { Texts } from "../text/languages/english.ts";

const lines = "M3 5h14M3 10h14M3 15h14";
const grid = "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12";

/** The button of a legend from the picture to the table and back. */
export function tableSwitch(
  { asTable, toggle }: { readonly asTable: boolean; toggle(): void },
  texts: Pick<Texts, "chart" | "table">,
) {
  const label = asTable ? texts.chart : texts.table;
  return html`<button class="as-table" aria-label=${label} title=${label} @click=${toggle}>
    ${svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${asTable ? lines : grid} /></svg>`}
  </button>`;
}

/** A legend with that button at its end. */
export const legendStyles = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
    position: relative;
    min-height: 44px;
    padding-inline-end: 48px;
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
  }
  .as-table {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: 0;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
  }
  .as-table .icon {
    width: 18px;
    height: 18px;
  }
`;
