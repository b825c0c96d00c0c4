import { html, LitElement, nothing } from "lit";
import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";

/** What it shows of the heat pump as it is now. */
export const curveEntities = [
  "auto_adaptive",
  "zone_1_operating_mode",
  "zone_2_operating_mode",
  "heating_flow_temperature_max_zone_1",
  "heating_flow_temperature_min_zone_1",
  "heating_flow_temperature_max_zone_2",
  "heating_flow_temperature_min_zone_2",
] as const satisfies readonly HeatPumpEntity[];

const contentTag = "heatloop-curve-content";

/** The view "curve": the heating curve. All of it is a file of its own, which comes when it is first looked at. */
class CurveView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #content: ViewElement | undefined;
  #isMissing = false;

  set input(input: ViewInput) {
    this.#input = input;
    if (this.#content !== undefined) this.#content.input = input;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#content === undefined) void this.#load();
  }

  async #load(): Promise<void> {
    try {
      const { CurveContent } = await import("./curve-content.ts");
      if (customElements.get(contentTag) === undefined) customElements.define(contentTag, CurveContent);
      const content = document.createElement(contentTag) as ViewElement;
      if (this.#input !== undefined) content.input = this.#input;
      this.#content = content;
    } catch {
      this.#isMissing = true;
    }
    this.requestUpdate();
  }

  override render() {
    if (this.#input === undefined) return nothing;
    if (this.#content !== undefined) return this.#content;
    const { texts } = this.#input;
    return html`<p class="quiet" role="status">${this.#isMissing ? texts.chart_not_loaded : texts.loading}</p>`;
  }

  static override styles = [sharedStyles];
}

/** On a tab of the card. */
export const curveView = {
  name: "curve",
  label: {
    en: "Heating curve",
    de: "Heizkurve",
    nl: "Stooklijn",
    da: "Varmekurve",
    no: "Varmekurve",
    sv: "Värmekurva",
    it: "Curva climatica",
    es: "Curva climática",
    fr: "Loi d'eau",
    pl: "Krzywa grzewcza",
    sk: "Vykurovacia krivka",
    fi: "Lämpökäyrä",
  },
  element: CurveView,
  follows: curveEntities,
} as const satisfies View;
