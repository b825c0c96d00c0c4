import { html } from "lit";
import type { Chart } from "./chart.ts";

/** A chart in words and numbers. */
export function table(chart: Chart) {
  const { head, rows } = chart.table();
  return html`<div class="table" tabindex="0" role="region" aria-label=${chart.label}>
    <table>
      <caption class="unseen">${chart.label}</caption>
      <thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
      <tbody>
        ${rows.map(
          ([first, ...cells]) =>
            html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
