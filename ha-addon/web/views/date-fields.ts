import { html } from "lit";
import type { PageInput } from "../page/page-input.ts";
import { type DatesChoice, datesOfChoice, mistakeOfDates, namedRanges } from "./chosen-dates.ts";

/** Buttons for ranges with a name, and a field each for the first and the last day. */
export function dateFields({
  choice,
  today,
  texts,
  chosen,
}: {
  readonly choice: DatesChoice;
  /** Of the program's time zone. */
  readonly today: string;
  readonly texts: PageInput["texts"];
  chosen(choice: DatesChoice): void;
}) {
  const dates = datesOfChoice(choice, today);
  const mistake = mistakeOfDates(dates, today);
  const field = (edge: "from" | "to") => html`<label
    >${texts[edge]}
    <input
      type="date"
      name=${edge}
      min="2000-01-01"
      max=${today}
      .value=${dates[edge]}
      aria-invalid=${mistake !== undefined}
      aria-describedby="dates-mistake"
      @change=${(event: Event) => chosen({ ...dates, [edge]: (event.target as HTMLInputElement).value })}
    /></label>`;
  return html`<fieldset>
      <legend class="unseen">${texts.time_range}</legend>
      <div class="row ranges">
        ${namedRanges.map(
          (name) =>
            html`<button type="button" aria-pressed=${name === choice} @click=${() => chosen(name)}>${texts[name]}</button>`,
        )}
      </div>
      <div class="row ranges">${field("from")} ${field("to")}</div>
    </fieldset>
    <p id="dates-mistake" role="alert">${mistake === undefined ? "" : texts[mistake]}</p>`;
}
