import { css, html, LitElement, nothing } from "lit";
import type { ControlItem } from "../../look/control-item.ts";
import { elementControls } from "../../look/control-rows.ts";
import { controlStyles } from "../../look/control-styles.ts";
import { segmentsStyles } from "../../look/segments.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { controlGlance } from "../../readings/readings-glance.ts";
import { controlEntities, controlItems, questionOf } from "./control-items.ts";
import { nextChangeText } from "./next-change.ts";

/** The view "control": the settings of the heat pump. */
class ControlView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #controls = elementControls(this, { input: () => this.#input, items: () => this.#items(), questionOf });

  set input(input: ViewInput) {
    this.#input = input;
    this.#controls.takeStates();
    this.requestUpdate();
  }

  #items(): readonly ControlItem[] {
    if (this.#input === undefined) return [];
    const { hass, heatPump, texts } = this.#input;
    return controlItems({ states: hass.states, entities: heatPump.entities }, texts);
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { texts, heatPump, hass } = input;
    if (heatPump.source === "firmware") return html`<p class="reason">${texts.read_only}</p>`;
    if (this.#items().length === 0) return html`<p class="reason">${texts.nothing_to_change}</p>`;
    const offline = input.situation === "offline";
    const next = nextChangeText(input);
    // The card itself shows that there is no connection.
    return html`
      ${offline && hass.connected ? html`<p class="reason">${texts.is_offline}</p>` : nothing}
      ${this.#controls.rows(input, offline || !hass.connected)}
      ${next === undefined ? nothing : html`<p class="next">${next}</p>`}
    `;
  }

  static override styles = [
    sharedStyles,
    segmentsStyles,
    controlStyles,
    css`
      .next {
        margin: 12px 0 0;
        color: var(--secondary-text-color);
      }
    `,
  ];
}

/** On a tab of the card. */
export const controlView = {
  name: "control",
  label: {
    en: "Control",
    de: "Bedienung",
    nl: "Bediening",
    da: "Styring",
    no: "Styring",
    sv: "Styrning",
    it: "Comandi",
    es: "Control",
    fr: "Commandes",
    pl: "Sterowanie",
    sk: "Ovládanie",
    fi: "Ohjaus",
  },
  element: ControlView,
  follows: controlEntities,
  glance: controlGlance,
} as const satisfies View;
