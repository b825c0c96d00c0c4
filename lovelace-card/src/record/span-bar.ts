import { type CSSResultGroup, css, html, nothing } from "lit";
import type { TimeSpan } from "../chart/chart.ts";
import { segments, segmentsStyles } from "../look/segments.ts";
import type { ViewInput } from "../look/view.ts";
import { unitName } from "../range/date-range.ts";
import { type RangeName, rangeNames } from "../range/remembered-range.ts";
import { spanTitle } from "./span-title.ts";

/** Dates, what leads back to now, and the choice of ranges. `range`: the one that is shown; undefined where the user has gone elsewhere. */
export function spanBar(
  input: Pick<ViewInput, "label" | "formats"> | undefined,
  shown: {
    readonly span: TimeSpan;
    readonly range: RangeName | undefined;
    readonly goBack: () => void;
    readonly choose: (range: RangeName) => void;
  },
) {
  const { span, range, goBack, choose } = shown;
  const { label = "", formats } = input ?? {};
  const language = formats?.language ?? "en";
  const hours = new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "short" });
  const back = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(0, "second");
  const isZoomed = range === undefined;
  return html`<div class="span">
    <div class="dates ${isZoomed ? "zoomed" : ""}">
      <span class="span-title">${formats && spanTitle(span, formats)}</span>
      ${isZoomed ? html`<button class="now" @click=${goBack}>${back}</button>` : nothing}
    </div>
    ${segments({
      label,
      names: rangeNames,
      chosen: range,
      text: (name) => (name === "6h" ? hours.format(6) : unitName(name, language)),
      choose,
    })}
  </div>`;
}

const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 8px;
    height: 100%;
    container-type: inline-size;
  }
  p {
    margin: 0;
    text-align: center;
  }
  .span {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 12px;
  }
  .dates {
    display: flex;
    flex: 1 1 auto;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-width: 0;
    min-height: 44px;
  }
  .span-title {
    font-weight: 500;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .now {
    flex: none;
    min-width: 44px;
    min-height: 44px;
    padding: 5px 12px;
    /* A finger has 44 px of which the edge is not seen. */
    border: 0 solid transparent;
    border-width: 6px 0;
    border-radius: 22px;
    text-align: center;
    font-size: var(--ha-font-size-s, 12px);
    background: color-mix(in srgb, var(--primary-text-color) 7%, transparent) padding-box;
  }
  .now::first-letter {
    text-transform: uppercase;
  }
  .now:hover {
    background-color: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
  }
  .now:focus-visible {
    outline-offset: -6px;
  }
  @container (max-width: 560px) {
    .dates:not(.zoomed) {
      display: none;
    }
    .span {
      justify-content: center;
    }
  }
  @container (max-width: 230px) {
    .span-title {
      font-size: var(--ha-font-size-s, 12px);
      white-space: normal;
    }
  }
  /* There is place for one of them. */
  @container (max-height: 300px) {
    .zoomed + .segments {
      display: none;
    }
  }
  @container (max-height: 200px) {
    .segments,
    .dates:not(.zoomed) {
      display: none;
    }
  }
`;

/** Of a view with such a bar, hints and a chart below each other. */
export const spanStyles: CSSResultGroup = [segmentsStyles, styles];
