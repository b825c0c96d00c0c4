import type { Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { css, html, LitElement, nothing } from "lit";
import type { ChartSpanEvent, TimeSpan } from "../../chart/chart.ts";
import { segments, segmentsStyles } from "../../look/segments.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { unitName } from "../../range/date-range.ts";
import { type RangeName, rangeMs, rangeNames, rememberedRange, rememberRange } from "../../range/remembered-range.ts";
import { temperatureChart } from "./temperature-chart.ts";
import { type TemperatureLine, temperatureEntities, temperatureLines } from "./temperature-lines.ts";
import { startTemperatureRecord, type TemperatureRecord } from "./temperature-record.ts";

/** The view "temperatures": lines from hours to a year, with stripes for hot water, defrost and lock-out. */
class TemperaturesView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #record: TemperatureRecord | undefined;
  #lines: readonly TemperatureLine[] = [];
  #range: RangeName | undefined;
  /** Where the user has gone; undefined follows the time. */
  #zoomed: TimeSpan | undefined;
  #stopMinutes: Stop | undefined;

  set input(input: ViewInput) {
    const before = this.#input;
    this.#input = input;
    this.#record ??= startTemperatureRecord(input.clock, () => this.requestUpdate());
    this.#range ??= rememberedRange(input.heatPump.device.id);
    const source = { states: input.hass.states, entities: input.heatPump.entities };
    const areThere = this.#lines.length > 0 && this.#lines.every(({ entityId }) => input.hass.states[entityId]);
    // While all is unavailable it can't be seen which entity is the room's.
    const isKept = areThere && input.situation === "offline" && input.texts === before?.texts;
    if (!isKept) this.#lines = temperatureLines(source, input.texts);
    this.#refresh();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#record?.stop();
    this.#stopMinutes?.();
    this.#stopMinutes = undefined;
  }

  #home(): TimeSpan {
    const now = this.#input?.clock.now() ?? 0;
    return { from: now - rangeMs[this.#range ?? "day"], to: now };
  }

  /** What is not on the page asks for nothing. */
  #refresh(): void {
    const input = this.#input;
    if (input === undefined || !this.isConnected) return;
    const { hass, heatPump, clock } = input;
    const source = { states: hass.states, entities: heatPump.entities };
    const moment = { hass, source, lines: this.#lines, unit: this.#unit(input) };
    if (this.#lines.length > 0) {
      this.#record?.update(moment, this.#zoomed ?? this.#home(), this.#zoomed !== undefined);
    }
    this.#stopMinutes ??= clock.every(minuteMs, () => this.#refresh());
    this.requestUpdate();
  }

  #unit({ hass }: ViewInput): string {
    const unit = hass.states[this.#lines[0]?.entityId ?? ""]?.attributes.unit_of_measurement;
    return typeof unit === "string" ? unit : hass.config.unit_system.temperature;
  }

  #choose(range: RangeName): void {
    this.#range = range;
    this.#zoomed = undefined;
    rememberRange(this.#input?.heatPump.device.id ?? "", range);
    this.#refresh();
  }

  #moved({ detail }: ChartSpanEvent): void {
    const home = this.#home();
    const isHome = Math.abs(detail.from - home.from) < minuteMs && Math.abs(detail.to - home.to) < minuteMs;
    this.#zoomed = isHome ? undefined : detail;
    this.#refresh();
  }

  override render() {
    const [input, record] = [this.#input, this.#record];
    if (input === undefined || record === undefined) return nothing;
    const { formats, texts, clock } = input;
    const home = this.#home();
    const chart = temperatureChart({
      record,
      lines: this.#lines,
      span: this.#zoomed ?? home,
      home,
      now: clock.now(),
      unit: this.#unit(input),
      formats,
      texts,
      label: input.label,
    });
    const hours = new Intl.NumberFormat(formats.language, { style: "unit", unit: "hour", unitDisplay: "short" });
    return html`
      ${segments({
        label: input.label,
        names: rangeNames,
        chosen: this.#zoomed === undefined ? this.#range : undefined,
        text: (range) => (range === "6h" ? hours.format(6) : unitName(range, formats.language)),
        choose: (range) => this.#choose(range),
      })}
      ${record.state().kind === "off" ? html`<p class="quiet" role="status">${texts.recorder_off}</p>` : nothing}
      <heatloop-chart
        .chart=${chart}
        @chart-span=${(event: ChartSpanEvent) => this.#moved(event)}
      ></heatloop-chart>
    `;
  }

  static override styles = [
    sharedStyles,
    segmentsStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 8px;
        height: 100%;
        container-type: inline-size;
      }
      heatloop-chart {
        flex: 1 1 290px;
      }
      p {
        margin: 0;
        text-align: center;
      }
      .segments {
        align-self: center;
      }
      @container (max-height: 200px) {
        .segments {
          display: none;
        }
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
} as const satisfies View;
