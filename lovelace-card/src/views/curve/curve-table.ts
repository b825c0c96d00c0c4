import { html } from "lit";
import { temperatureIn, temperatureText } from "../../look/temperature-text.ts";
import type { ViewInput } from "../../look/view.ts";
import { type CurveLine, flowAt } from "./curve-lines.ts";

/** The picture in numbers: a row for each degree outdoors, the coldest first. */
export function curveTable(lines: readonly CurveLine[], input: ViewInput) {
  const { texts, formats, hass, label } = input;
  const unit = hass.config.unit_system.temperature;
  const outdoors = [...new Set(lines.flatMap(({ points }) => points.map((point) => point.outdoor_c)))];
  const cell = (value: number | null) => (value === null ? "" : formats.number(temperatureIn(unit, value), 1));
  return html`<div class="table" tabindex="0" role="region" aria-label=${label}>
    <table>
      <caption class="unseen">${label}</caption>
      <thead>
        <tr>
          <th scope="col">${texts.outdoor}</th>
          ${lines.map((line) => html`<th scope="col">${line.name} ${unit}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${outdoors
          .sort((a, b) => a - b)
          .map(
            (outdoorC) => html`<tr>
              <th scope="row">${temperatureText(outdoorC, 0, input)}</th>
              ${lines.map((line) => html`<td>${cell(flowAt(line, outdoorC))}</td>`)}
            </tr>`,
          )}
      </tbody>
    </table>
  </div>`;
}
