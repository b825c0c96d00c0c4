import { fill } from "@heatloop/core/text/fill-text";
import { css, html, LitElement, nothing } from "lit";
import type { ChartSpanEvent } from "../../chart/chart.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { powerGlance } from "../../readings/readings-glance.ts";
import { recordedSpan } from "../../record/recorded-span.ts";
import { spanStyles } from "../../record/span-bar.ts";
import { powerChart } from "./power-chart.ts";
import { type PowerLine, powerEntities, powerLines } from "./power-lines.ts";

/** The view "power": electric power, heat and the compressor's frequency from hours to a year, with what the heat pump did. */
class PowerView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #lines: readonly PowerLine[] = [];
  readonly #span = recordedSpan(this);

  set input(input: ViewInput) {
    this.#input = input;
    const { hass, heatPump, config, texts } = input;
    this.#lines = powerLines({ states: hass.states, entities: heatPump.entities }, config, texts);
    this.#span.update(input, this.#lines);
  }

  override render() {
    const [input, record] = [this.#input, this.#span.record()];
    if (input === undefined || record === undefined) return nothing;
    const { formats, texts, clock, label } = input;
    const chart = powerChart({
      record,
      lines: this.#lines,
      span: this.#span.span(),
      home: this.#span.home(),
      now: clock.now(),
      formats,
      texts,
      label,
    });
    const hints = [...(record.state().kind === "off" ? [texts.recorder_off] : []), ...this.#lacking(input)];
    return html`
      ${this.#span.bar()}
      ${hints.map((hint) => html`<p class="quiet" role="status">${hint}</p>`)}
      <heatloop-chart .chart=${chart} @chart-span=${(event: ChartSpanEvent) => this.#span.moved(event)}></heatloop-chart>
    `;
  }

  /** Which option of the card gives the electric power, where there is none. The page of the app has no such options. */
  #lacking({ hass, heatPump, texts }: ViewInput): readonly string[] {
    const isCard = hass.devices[heatPump.device.id] !== undefined;
    if (!isCard || this.#lines.some(({ key }) => key === "electricity")) return [];
    return [fill(texts.no_electric_power, { option: texts.editor_electric_power })];
  }

  static override styles = [
    sharedStyles,
    spanStyles,
    css`
      heatloop-chart {
        flex: 1 1 320px;
      }
      /* The legend takes some lines more. */
      @container (max-width: 400px) {
        heatloop-chart {
          flex-basis: 420px;
        }
      }
      @container (max-height: 300px) {
        p {
          display: none;
        }
      }
    `,
  ];
}

/** On a tab of the card. */
export const powerView = {
  name: "power",
  label: {
    en: "Power",
    de: "Leistung",
    nl: "Vermogen",
    da: "Effekt",
    no: "Effekt",
    sv: "Effekt",
    it: "Potenza",
    es: "Potencia",
    fr: "Puissance",
    pl: "Moc",
    sk: "Výkon",
    fi: "Teho",
  },
  element: PowerView,
  follows: [...powerEntities, "short_cycle_lockout"],
  glance: powerGlance,
} as const satisfies View;
