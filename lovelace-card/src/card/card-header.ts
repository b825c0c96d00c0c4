import { html } from "lit";
import { type Situation, situationColors } from "../home-assistant/situation.ts";
import { icon } from "../look/icons.ts";
import type { Gestures } from "./gestures.ts";

/** What stands at the top of a card: a sign of what the heat pump does, a title, and a line below it. */
export function cardHeader(
  { situation, title, line }: { readonly situation: Situation; readonly title: string; readonly line: string },
  gestures: Gestures,
) {
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
    <span class="words"><b>${title}</b><span class="title">${line}</span></span>
  </button>`;
}
