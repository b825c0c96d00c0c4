import { css, html, LitElement, nothing } from "lit";
import type { ChartSpanEvent } from "../../chart/chart.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { temperaturesGlance } from "../../readings/readings-glance.ts";
import { recordedSpan } from "../../record/recorded-span.ts";
import { spanStyles } from "../../record/span-bar.ts";
import { temperatureChart } from "./temperature-chart.ts";
import { type TemperatureLine, temperatureEntities, temperatureLines } from "./temperature-lines.ts";

/** The view "temperatures": lines from hours to a year, with stripes for hot water, defrost and lock-out. */
class TemperaturesView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #lines: readonly TemperatureLine[] = [];
  readonly #span = recordedSpan(this);

  set input(input: ViewInput) {
    const before = this.#input;
    this.#input = input;
    const { hass, heatPump, texts } = input;
    const source = { states: hass.states, entities: heatPump.entities };
    const areThere = this.#lines.length > 0 && this.#lines.every(({ entityId }) => hass.states[entityId]);
    // While all is unavailable it can't be seen which entity is the room's.
    const isKept = areThere && input.situation === "offline" && texts === before?.texts;
    if (!isKept) this.#lines = temperatureLines(source, texts, hass.config.unit_system.temperature);
    this.#span.update(input, this.#lines);
  }

  override render() {
    const [input, record] = [this.#input, this.#span.record()];
    if (input === undefined || record === undefined) return nothing;
    const { hass, formats, texts, clock, label } = input;
    const chart = temperatureChart({
      record,
      lines: this.#lines,
      span: this.#span.span(),
      home: this.#span.home(),
      now: clock.now(),
      unit: this.#lines[0]?.unit ?? hass.config.unit_system.temperature,
      formats,
      texts,
      label,
    });
    return html`
      ${this.#span.bar()}
      ${record.state().kind === "off" ? html`<p class="quiet" role="status">${texts.recorder_off}</p>` : nothing}
      <heatloop-chart .chart=${chart} @chart-span=${(event: ChartSpanEvent) => this.#span.moved(event)}></heatloop-chart>
    `;
  }

  static override styles = [
    sharedStyles,
    spanStyles,
    css`
      heatloop-chart {
        flex: 1 1 290px;
      }
    `,
  ];
}

/** On a tab of the card. */
export const temperaturesView = {
  name: "temperatures",
  label: {
    en: "Temperatures",
    de: "Temperaturen",
    nl: "Temperaturen",
    da: "Temperaturer",
    no: "Temperaturer",
    sv: "Temperaturer",
    it: "Temperature",
    es: "Temperaturas",
    fr: "Températures",
    pl: "Temperatury",
    sk: "Teploty",
    fi: "Lämpötilat",
  },
  element: TemperaturesView,
  follows: [...temperatureEntities, "short_cycle_lockout"],
  glance: temperaturesGlance,
} as const satisfies View;
