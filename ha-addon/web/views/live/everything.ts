import { html } from "lit";
import { nameAndUnit } from "../../house/live-values.ts";
import type { LiveDevice } from "../../live/live-data.ts";
import type { PageInput } from "../../page/page-input.ts";

/** Every value of the heat pump, for whoever looks for one. */
export function everything({ values }: LiveDevice, { texts, language }: PageInput) {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const textOf = (value: number | boolean | string | null) => {
    if (value === null) return "–";
    if (typeof value === "boolean") return value ? texts.on : texts.off;
    return typeof value === "number" ? numbers.format(value) : value.replaceAll("_", " ");
  };
  return html`<details class="panel">
    <summary>${texts.all_values}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${texts.all_values}>
      <table>
        <tbody>
          ${Object.entries(values).map(([name, value]) => {
            const { id, unit } = nameAndUnit(name);
            return html`<tr>
              <th scope="row">${id.replaceAll("_", " ").replace(/\bdhw\b/g, "DHW")}</th>
              <td>${textOf(value)}</td>
              <td>${unit}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </details>`;
}
