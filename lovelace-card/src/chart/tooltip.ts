import { html, nothing } from "lit";
import type { Chart, Item } from "./chart.ts";
import type { Layout } from "./layout.ts";
import { swatch } from "./legend.ts";
import { bandsAt, notesAt, readingsAt, titleAt } from "./reading-at.ts";

export type Pointed = {
  readonly at: number;
  /** Of the chart, in px; the tooltip stays within. */
  readonly width: number;
  readonly shown: (item: Item) => boolean;
};

/** The cursor at a time: a line, a dot on each line of the chart, and their values beside it. */
export function tooltip(chart: Chart, layout: Layout, { at, width, shown }: Pointed) {
  const x = layout.x(at);
  const readings = readingsAt(chart, at, shown, layout.days);
  const beside = x > width / 2 ? `${x - 12}px - 100%` : `min(${x + 12}px, ${width}px - 100%)`;
  return html`
    <div
      class="cursor"
      style="transform: translateX(${x}px); top: ${layout.top}px; height: ${layout.bottom - layout.top}px"
    ></div>
    ${readings.map(({ item, value, side, dot }) => {
      const axis = (side === "right" && layout.axes.right) || layout.axes.left;
      return !dot || value === undefined
        ? nothing
        : html`<div
            class="dot"
            style="transform: translate(${x}px, ${axis.y(value)}px); background: ${item.color}"
          ></div>`;
    })}
    <div class="tip" style="transform: translateX(max(0px, ${beside}))" aria-hidden="true">
      <b>${titleAt(chart, at, layout.days)}</b>
      <div>
        ${readings.map(
          ({ item, text }) =>
            html`${swatch(item.color, "line")}<span>${item.name}</span><span><bdi>${text}</bdi></span>`,
        )}
        ${bandsAt(chart, at, shown).map(
          (item) => html`${swatch(item.color, "band")}<span class="whole">${item.name}</span>`,
        )}
      </div>
      ${notesAt(chart, at, shown).map((note) => html`<p>${note}</p>`)}
    </div>
  `;
}
