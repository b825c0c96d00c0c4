import { html, nothing } from "lit";
import { swatch } from "./legend.ts";
import { bandsAt, notesAt, readingsAt, titleAt } from "./reading-at.ts";
import type { ShownChart } from "./shown-chart.ts";

/**
 * The cursor at a time: a line, a dot on each line of the chart, and their values beside it, within the chart's `width` in
 * px; nothing where no time is pointed at, or one that is not drawn.
 */
export function tooltip({ chart, layout, shown }: ShownChart, at: number | undefined, width: number) {
  if (at === undefined || layout === undefined || at < layout.span.from || at > layout.span.to) return nothing;
  const x = layout.x(at);
  const readings = readingsAt(chart, at, shown, layout.days);
  const beside = x > width / 2 ? `${x - 12}px - 100%` : `min(${x + 12}px, ${width}px - 100%)`;
  return html`
    <div
      class="cursor"
      .style=${`transform: translateX(${x}px); top: ${layout.top}px; height: ${layout.bottom - layout.top}px`}
    ></div>
    ${readings.map(({ item, value, side, dot }) => {
      const axis = (side === "right" && layout.axes.right) || layout.axes.left;
      return !dot || value === undefined
        ? nothing
        : html`<div
            class="dot"
            .style=${`transform: translate(${x}px, ${axis.y(value)}px); background: ${item.color}`}
          ></div>`;
    })}
    <div class="tip" .style=${`transform: translateX(max(0px, ${beside}))`} aria-hidden="true">
      <b>${titleAt(chart, at, layout.days)}</b>
      <div>
        ${readings.map(
          ({
            item,
            text,
            whole,
          }) => html`${swatch(item, "line")}<span class=${whole ? "of-stack" : nothing}>${item.name}</span
            ><span class=${whole ? "of-stack" : nothing}><bdi>${text}</bdi></span>`,
        )}
        ${bandsAt(chart, at, shown).map((item) => html`${swatch(item, "band")}<span class="whole">${item.name}</span>`)}
      </div>
      ${notesAt(chart, at, shown, layout.days).map((note) => html`<p>${note}</p>`)}
    </div>
  `;
}
