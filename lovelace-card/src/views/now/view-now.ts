import { css, html, LitElement, nothing } from "lit";
import { showMoreInfo } from "../../home-assistant/events.ts";
import { isOn } from "../../home-assistant/value.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { picture, pictureStyles } from "./picture.ts";
import { readingEntities, readingsOf, type ShownReading } from "./readings.ts";

/** The view "now": a living picture of the circuit with its temperatures, and the figures of this moment. */
class NowView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;

  set input(input: ViewInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { hass, heatPump, config, formats, texts, situation } = input;
    const source = { states: hass.states, entities: heatPump.entities };
    const readings = readingsOf({ source, config, formats, texts });
    const placed = readings.filter(({ place }) => place !== "figure");
    const figures = readings.filter(({ place }) => place === "figure");
    const tank = placed.some(({ place }) => place === "tank");
    const zones = placed.some(({ place }) => place === "room_2") ? "zones" : "";
    return html`
      <div class="now">
        <div class="stage ${zones}">
        ${picture({ situation, tank, pump: isOn(source, "water_pump") })}
          ${placed.map((reading) => this.#reading(reading))}
        </div>
        <div class="figures">${figures.map((reading) => this.#reading(reading))}</div>
      </div>
    `;
  }

  #reading({ place, label, figure, unit, reason, entityId }: ShownReading) {
    const content = html`<span class="label">${label}</span>
      <span class="value"
        ><bdi>${figure}</bdi>${unit === "" ? nothing : html`<span class="unit">&nbsp;${unit}</span>`}</span
      >${reason === undefined ? nothing : html`<span class="unseen">${reason}</span>`}`;
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

  static override styles = [
    sharedStyles,
    pictureStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .now {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(76px, 1fr));
        gap: 8px 4px;
      }
      .stage,
      .figures {
        display: contents;
      }
      .picture {
        display: none;
      }
      .reading {
        display: flex;
        flex-direction: column;
        align-items: center;
        text-align: center;
        min-width: 0;
        border-radius: 8px;
        padding: 2px;
        line-height: 1.25;
      }
      .label {
        font-size: var(--ha-font-size-s, 12px);
        color: var(--secondary-text-color);
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .value {
        direction: ltr;
        unicode-bidi: isolate;
        font-weight: 500;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      .unit {
        font-size: 0.8em;
        font-weight: 400;
        color: var(--secondary-text-color);
      }
      button.reading:hover {
        background: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
      }
      @container (max-width: 150px) {
        .now {
          display: block;
        }
        .reading {
          flex-direction: row;
          justify-content: space-between;
          width: 100%;
          gap: 4px;
          padding: 2px 0;
        }
        .return,
        .figure {
          display: none;
        }
      }
      @container (min-width: 290px) {
        .now {
          display: block;
        }
        .stage {
          display: block;
          position: relative;
          direction: ltr;
          aspect-ratio: 456 / 210;
          max-width: 640px;
          margin-inline: auto;
        }
        .picture {
          display: block;
        }
        .stage .reading {
          position: absolute;
          transform: translate(-50%, -50%);
        }
        .outdoor {
          left: 13.6%;
          top: 36%;
        }
        .flow {
          left: 38%;
          top: 46.5%;
        }
        .return {
          left: 38%;
          top: 94%;
        }
        .room {
          left: 62%;
          top: 43%;
        }
        .zones .room {
          left: 57.5%;
        }
        .room_2 {
          left: 70%;
          top: 43%;
        }
        .tank {
          left: 83.3%;
          top: 43%;
        }
        .figures .reading {
          min-width: 52px;
        }
        .figures {
          display: flex;
          flex-wrap: wrap;
          justify-content: space-around;
          gap: 8px 2px;
          border-top: 1px solid var(--divider-color);
          padding-top: 8px;
          margin-top: 16px;
        }
      }
      @container (max-width: 430px) {
        .zones .reading {
          font-size: 0.86em;
        }
      }
      @container (min-width: 480px) {
        .value {
          font-size: 1.15em;
        }
      }
      @container (min-width: 800px) {
        :host {
          font-size: 1.1em;
        }
      }
    `,
  ];
}

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
  follows: readingEntities,
} as const satisfies View;
