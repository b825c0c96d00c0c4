import { html, nothing } from "lit";
import { type Situation, situationColors } from "../home-assistant/situation.ts";
import { icon } from "../look/icons.ts";
import type { Gestures } from "./gestures.ts";

export type Header = {
  readonly situation: Situation;
  readonly title: string;
  /** What stands below it, and since when that is so; empty where that is not said. */
  readonly line: string;
  readonly since: string;
};

/** What stands at the top of a card, beside a sign of what the heat pump does. */
export function cardHeader({ situation, title, line, since }: Header, gestures: Gestures) {
  return html`<button
    class="header"
    .style=${`--now: ${situationColors[situation]}`}
    @pointerdown=${() => gestures.down()}
    @pointerup=${() => gestures.up()}
    @pointerleave=${() => gestures.up()}
    @pointercancel=${() => gestures.up()}
    @click=${(event: MouseEvent) => gestures.click(event.detail === 0)}
  >
    <span class="disc">${icon(situation)}</span>
    <span class="words"><b>${title}</b><span class="title"><span>${line}</span>${since === "" ? nothing : ` · ${since}`}</span></span>
  </button>`;
}
