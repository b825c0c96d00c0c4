import { type ReportUnit, reportUnits } from "@heatloop/core/time/report-unit";
import { html } from "lit";
import type { PageTexts } from "../../text/languages/english.ts";

/** What the range is divided into; undefined: by its length. */
export function unitField(
  unit: ReportUnit | undefined,
  texts: PageTexts,
  chosen: (unit: ReportUnit | undefined) => void,
) {
  const pick = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    chosen(reportUnits.find((each) => each === value));
  };
  return html`<label
    >${texts.divided_by}
    <select @change=${pick}>
      <option value="" ?selected=${unit === undefined}>${texts.by_length}</option>
      ${reportUnits.map((each) => html`<option value=${each} ?selected=${each === unit}>${texts[`by_${each}`]}</option>`)}
    </select></label
  >`;
}
