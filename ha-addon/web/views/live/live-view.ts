import { fill } from "@heatloop/core/text/fill-text";
import { situationColors } from "@heatloop/lovelace-card/home-assistant/situation";
import { icon } from "@heatloop/lovelace-card/look/icons";
import { makeElement } from "@heatloop/lovelace-card/look/view";
import { nowView } from "@heatloop/lovelace-card/views/now/view-now";
import { css, html, LitElement, nothing } from "lit";
import type { LiveDevice } from "../../live/live-data.ts";
import { controlStyles } from "../../look/control-styles.ts";
import { instantText } from "../../look/formats.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import type { AskedBack } from "../ask-back.ts";
import { noHeatPump } from "../no-heat-pump.ts";
import { everything } from "./everything.ts";
import { isGone, removal } from "./removal.ts";
import { today } from "./today.ts";

/** What the heat pump does at this moment. */
class LiveView extends LitElement implements PageElement {
  #input: PageInput | undefined;
  #removal: AskedBack = { kind: "idle" };
  readonly #now = makeElement(nowView);

  set input(input: PageInput) {
    if (input.device?.id !== this.#input?.device?.id) this.#removal = { kind: "idle" };
    this.#input = input;
    if (input.view !== undefined) this.#now.input = input.view;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A point of the picture leads to its past.
    this.addEventListener("hass-more-info", this.#openHistory);
  }

  #openHistory = (): void => {
    location.hash = "#/history";
  };

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { device } = input;
    if (device === undefined || input.view === undefined) return noHeatPump(input);
    return html`
      <section class="panel" aria-label=${input.texts.live}>
        ${this.#head(input, device)} ${this.#now}
      </section>
      ${isGone(device) ? removal({ device, input, state: this.#removal, changed: (state) => this.#remove(state) }) : nothing}
      ${today(device, input)} ${everything(device, input)}
    `;
  }

  #remove(state: AskedBack): void {
    this.#removal = state;
    this.requestUpdate();
  }

  #head({ view, texts, live, clock }: PageInput, device: LiveDevice) {
    if (view === undefined) return nothing;
    const { situation } = view;
    const timeOf = (instant: string) =>
      instantText(Date.parse(instant), clock.now(), { language: view.formats.language, timeZone: live.timeZone });
    const since =
      device.online === false && device.last_seen !== null
        ? fill(texts.offline_since, { time: timeOf(device.last_seen) })
        : device.since === null
          ? ""
          : fill(texts.since, { time: timeOf(device.since) });
    return html`<div class="head" .style=${`--now: ${situationColors[situation]}`}>
      <span class="disc">${icon(situation)}</span>
      <div>
        <h2>${view.texts[situation]}</h2>
        <p class="quiet">${[device.name, since].filter((text) => text !== "").join(" · ")}</p>
      </div>
    </div>`;
  }

  static override styles = [
    controlStyles,
    css`
      .head {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-bottom: 12px;
      }
      .head h2,
      .head p {
        margin: 0;
      }
      .disc {
        display: grid;
        place-items: center;
        flex: none;
        width: 44px;
        height: 44px;
        border-radius: 50%;
        color: var(--now);
        background: color-mix(in srgb, var(--now) 18%, transparent);
      }
      .icon {
        width: 26px;
        height: 26px;
      }
    `,
  ];
}

export const element = LiveView;
