import { html, nothing, svg } from "lit";
import type { Chart } from "./chart.ts";
import { type LegendRow, legend, legendRows, type Switched } from "./legend.ts";
import type { Pointers } from "./pointers.ts";
import { table } from "./table.ts";

/** What the page shows of a chart, and what its parts do. */
export type ChartParts = {
  readonly chart: Chart;
  readonly asTable: boolean;
  readonly switched: Switched;
  /** For screen readers: what is at the cursor that keys have moved. */
  readonly spoken: string;
  /** The cursor with its tooltip. */
  readonly tip: () => unknown;
  readonly pointers: Pointers;
  readonly keys: (event: KeyboardEvent) => void;
  readonly blur: () => void;
  readonly redraw: () => void;
  readonly toggle: (row: LegendRow) => void;
  /** From the picture to the table and back. */
  readonly switchView: () => void;
};

const chartIcon = "M3 3v14h14M6 12l3-4 3 3 4-6";
const tableIcon = "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12";

/** The picture or the table, a sample of each colour, the legend with the button between the two, and what is read out. */
export function chartTemplate(parts: ChartParts) {
  const { chart, asTable, switched, spoken, toggle, switchView } = parts;
  const items = [...(chart.bars ?? []), ...(chart.lines ?? []), ...(chart.bands ?? [])];
  const other = asTable ? chart.texts.chart : chart.texts.table;
  return html`
    ${asTable ? table(chart) : plot(parts)}
    <i hidden>${items.map(({ color }) => html`<i data-color=${color} .style=${`color: ${color}`}></i>`)}</i>
    <div class="legend">
      ${asTable ? nothing : legend(legendRows(chart, switched), toggle)}
      <button class="switch" aria-label=${other} title=${other} @click=${switchView}>
        ${svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${asTable ? chartIcon : tableIcon} /></svg>`}
      </button>
    </div>
    <div class="unseen" aria-live="polite">${spoken}</div>
  `;
}

function plot({ chart, tip, pointers, keys, blur, redraw }: ChartParts) {
  return html`<div
    class="plot"
    role="application"
    tabindex="0"
    aria-label=${chart.label}
    @keydown=${keys}
    @blur=${blur}
    @pointerdown=${pointers.down}
    @pointermove=${pointers.move}
    @pointerup=${pointers.up}
    @pointercancel=${pointers.up}
    @pointerleave=${pointers.leave}
    @wheel=${pointers.wheel}
    @dblclick=${pointers.doubleClick}
  >
    <canvas aria-hidden="true" @transitionend=${redraw}></canvas>
    ${chart.message === undefined ? tip() : html`<p class="message" role="status">${chart.message}</p>`}
  </div>`;
}
