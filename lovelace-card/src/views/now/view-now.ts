import { fill } from "@heatloop/core/text/fill-text";
import { html, LitElement, nothing } from "lit";
import { twoDaysEntities } from "../../energy/two-days.ts";
import { showMoreInfo } from "../../home-assistant/events.ts";
import { situationColors } from "../../home-assistant/situation.ts";
import { isOn } from "../../home-assistant/value.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import {
  estimateEntities,
  readingEntities,
  readingsOf,
  reasonsOf,
  type ShownReading,
} from "../../readings/readings.ts";
import { nowGlance } from "../../readings/readings-glance.ts";
import { daysStyles, elementDays } from "./days-panel.ts";
import { elementLastKnown } from "./last-known.ts";
import { elementMotion } from "./motion.ts";
import { nowStyles } from "./now-styles.ts";
import { isMoving, picture, pictureStyles } from "./picture.ts";
import { placesStyles } from "./places-styles.ts";

/** The view "now": a living picture of the circuit with its temperatures, and the figures of this moment. */
class NowView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #days = elementDays(this);
  #motion = elementMotion(this);
  #lastKnown = elementLastKnown(this, keptEntities);

  set input(input: ViewInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { config, formats, texts, situation, clock } = input;
    const { source, asOf } = this.#lastKnown(input);
    const readings = readingsOf({ source, config, formats, texts });
    const placed = readings.filter(({ place }) => place !== "figure");
    const figures = readings.filter(({ place }) => place === "figure");
    const tank = placed.some(({ place }) => place === "tank");
    const zones = placed.some(({ place }) => place === "room_2") ? "zones" : "";
    const circuit = { situation, tank, pump: isOn(source, "water_pump") };
    this.#motion(clock, isMoving(circuit));
    return html`
      <div class="now ${asOf === undefined ? "" : "old"}">
        <div class="stage ${zones}" .style=${`--now: ${situationColors[situation]}`}>
          ${picture(circuit)} ${placed.map((reading) => this.#reading(reading))}
        </div>
        <div class="beside">
          <div class="figures">${figures.map((reading) => this.#reading(reading))}</div>
          <div class="why quiet">${whyTexts(readings, asOf, input).map((text) => html`<p>${text}</p>`)}</div>
          ${this.#days(input)}
        </div>
      </div>
    `;
  }

  #reading({ place, label, figure, unit, reason, target, entityId }: ShownReading) {
    const content = html`<span class="label">${label}</span>
      <span class="value"
        ><bdi>${figure}</bdi>${unit === "" ? nothing : html`<span class="unit">&nbsp;${unit}</span>`}</span
      >${target === undefined ? nothing : html`<span class="target" title=${target.name}><bdi>→&nbsp;${target.figure}</bdi></span>`}${reason === undefined ? nothing : html`<span class="unseen">${reason}</span>`}`;
    return entityId === undefined
      ? html`<div class="reading ${place}" title=${reason ?? nothing}>${content}</div>`
      : html`<button
          class="reading ${place}"
          title=${reason ?? nothing}
          @click=${() => showMoreInfo(this, entityId)}
        >
          ${content}
        </button>`;
  }

  static override styles = [sharedStyles, pictureStyles, nowStyles, placesStyles, daysStyles];
}

/** How old the figures are, and why some are dashes; of a heat pump that is offline the card says why by itself. */
function whyTexts(
  readings: readonly ShownReading[],
  asOf: number | undefined,
  { situation, formats, texts, clock }: ViewInput,
): readonly string[] {
  if (asOf !== undefined) return [fill(texts.last_known, { time: formats.moment(asOf, clock.now()) })];
  return situation === "offline" ? [] : reasonsOf(readings);
}

/** What is still of use once it is old: not what it does. */
const keptEntities = [...readingEntities, ...estimateEntities].filter(
  (id) => id !== "operation" && id !== "water_pump" && id !== "today_cop",
);

/** On a tab of the card. */
export const nowView = {
  name: "now",
  label: {
    en: "Now",
    de: "Jetzt",
    nl: "Nu",
    da: "Nu",
    no: "Nå",
    sv: "Nu",
    it: "Adesso",
    es: "Ahora",
    fr: "Maintenant",
    pl: "Teraz",
    sk: "Teraz",
    fi: "Nyt",
  },
  element: NowView,
  follows: [...readingEntities, ...estimateEntities, ...twoDaysEntities],
  glance: nowGlance,
} as const satisfies View;
