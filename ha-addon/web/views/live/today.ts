import { type Part, parts } from "@heatloop/core/energy/day-energy";
import { html, nothing } from "lit";
import type { LiveDevice } from "../../live/live-data.ts";
import type { PageInput } from "../../page/page-input.ts";

/** Today's energy: a row for each operation, and the whole. */
export function today({ today: day }: LiveDevice, { view, texts }: PageInput) {
  if (view === undefined || day === null) return nothing;
  const { formats, texts: words } = view;
  const kwh = (wh: number | null) => (wh === null ? "–" : formats.number(wh / 1000, 1));
  const cop = (value: number | null) => (value === null ? "–" : formats.number(value, 2));
  const row = (
    name: string,
    heat: string,
    electricityWh: number | null,
    of: number | null,
    seconds: number,
  ) => html`<tr>
    <th scope="row">${name}</th>
    <td>${heat}</td>
    <td>${kwh(electricityWh)}</td>
    <td>${cop(of)}</td>
    <td>${hoursAndMinutes(seconds)}</td>
  </tr>`;
  // Cold is a figure of its own, as in the report.
  const heat = (name: Part, wh: number | null) => (name === "cooling" && (wh ?? 0) > 0 ? `(${kwh(wh)})` : kwh(wh));
  const seen = `${words.coverage}: ${formats.number(day.coverage * 100, day.coverage > 0.995 ? 0 : 1)} %`;
  return html`<section class="panel">
    <h2>${texts.today}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label=${texts.today}>
      <table>
        <thead>
          <tr>
            <td></td>
            <th scope="col">${words.heat}, kWh</th>
            <th scope="col">${words.electricity}, kWh</th>
            <th scope="col">${words.cop}</th>
            <th scope="col">h</th>
          </tr>
        </thead>
        <tbody>
          ${shownParts(day.parts).map(([name, part]) =>
            row(words[name], heat(name, part.heat_wh), part.electricity_wh, part.cop, part.seconds),
          )}
        </tbody>
        <tfoot>
          ${row("Σ", kwh(day.heat_wh), day.electricity_wh, day.cop, day.covered_s)}
        </tfoot>
      </table>
    </div>
    ${(day.cooling_wh ?? 0) > 0 ? html`<p class="quiet">${texts.cold_note}</p>` : nothing}
    <p class="quiet">${words.starts}: ${day.starts} · ${texts.defrosts}: ${day.defrosts} · ${seen}</p>
  </section>`;
}

type DayParts = NonNullable<LiveDevice["today"]>["parts"];

function shownParts(of: DayParts): (readonly [Part, DayParts[Part]])[] {
  return parts
    .map((name) => [name, of[name]] as const)
    .filter(([, part]) => part !== undefined && (part.seconds > 0 || part.heat_wh || part.electricity_wh));
}

function hoursAndMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
