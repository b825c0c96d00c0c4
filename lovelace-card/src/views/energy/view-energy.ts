import { dateAfter, type Zone } from "@heatloop/core/time/local-day";
import { html, LitElement, nothing } from "lit";
import type { Chart } from "../../chart/chart.ts";
import { type EnergyShown, hasGaps, isKnown, isOfApp, noBar } from "../../energy/energy-bars.ts";
import { energyGlance } from "../../energy/energy-glance.ts";
import {
  copText,
  costName,
  costText,
  coverageText,
  fromText,
  kwhText,
  leastKwh,
  sideNote,
  sideText,
  type Words,
} from "../../energy/energy-words.ts";
import { type PeriodFigures, type PeriodName, periodEntities, periodFigures } from "../../energy/period-state.ts";
import { showMoreInfo } from "../../home-assistant/events.ts";
import type { Formats } from "../../home-assistant/formats.ts";
import { elementLoading, type Loaded, refusalText } from "../../look/loading.ts";
import { questionStyles } from "../../look/question-styles.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { viewZone } from "../../look/zone.ts";
import { barUnitOf, type DateRange, rangeTitle, relativeName, slotsOf } from "../../range/date-range.ts";
import { rangeBar, rangeBarStyles } from "../../range/range-bar.ts";
import { elementRange } from "../../range/range-choice.ts";
import type { Texts } from "../../text/languages/english.ts";
import { comparisonStyles, elementComparison } from "./comparison-panel.ts";
import { energyChart } from "./energy-chart.ts";
import { energyLoader } from "./energy-load.ts";
import { energyStyles } from "./energy-styles.ts";
import { elementLateOffer } from "./late-offer.ts";

/** The view "energy": heat, electricity, COP and cost of a range that a person chooses, as bars and figures. */
class EnergyView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #loading = elementLoading<EnergyShown>(this);
  #energyOf = energyLoader();
  #comparison = elementComparison(this);
  #offer = elementLateOffer(this);
  #range = elementRange(this);
  #drawn: { readonly of: unknown; readonly key: string; readonly formats: Formats; readonly chart: Chart } | undefined;

  set input(input: ViewInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const zone = viewZone(input.hass.config.time_zone);
    const { range } = this.#range.now(input, zone);
    const loaded = this.#load(input, range, zone);
    const shown = loaded.kind === "ready" ? loaded.value : undefined;
    const words: Words = { formats: input.formats, texts: input.texts, currency: shown?.currency ?? "" };
    return html`
      ${rangeBar(this.#range, input, zone)}
      ${figures(shown, words)}
      <heatloop-chart .chart=${this.#chart(loaded, input, range, zone, words)}></heatloop-chart>
      <p class="quiet whose" role="status">${shown && fromText(shown.from, words, input.clock.now())}</p>
      ${this.#quick(input, zone)}
      ${shown !== undefined && isOfApp(shown) ? this.#comparison(input, range, zone) : nothing}
      ${this.#offer(input)}
    `;
  }

  #load(input: ViewInput, range: DateRange, zone: Zone): Loaded<EnergyShown> {
    const { hass, heatPump, clock } = input;
    const key = [range.from, range.to, zone.name, heatPump.device.id, [...heatPump.entities.values()].join()].join(" ");
    return this.#loading(input, key, this.#energyOf({ hass, heatPump, clock }, range, zone, key));
  }

  /** The same object until something is another: the chart redraws for each new one. */
  #chart(loaded: Loaded<EnergyShown>, input: ViewInput, range: DateRange, zone: Zone, words: Words): Chart {
    const { formats } = input;
    const key = `${range.from} ${range.to} ${zone.name}`;
    const of = loaded.kind === "ready" ? loaded.value : loaded;
    if (this.#drawn?.of === of && this.#drawn.key === key && this.#drawn.formats === formats) return this.#drawn.chart;
    const unit = barUnitOf(range);
    const slots = slotsOf(range, unit, zone);
    const shown: EnergyShown =
      loaded.kind === "ready" ? loaded.value : { ...nothingShown, bars: slots.map(() => noBar) };
    const title = rangeTitle(range, formats);
    const chart = {
      ...energyChart({ shown, slots, unit, title: `${input.label}, ${title}` }, words),
      message: messageFor(loaded, input),
    };
    this.#drawn = { of, key, formats, chart };
    return chart;
  }

  /** Yesterday and this month as Home Assistant has them: also where nothing else can be asked. */
  #quick(input: ViewInput, zone: Zone) {
    const { hass, heatPump, formats, texts, clock, config } = input;
    const { range, followed } = this.#range.now(input, zone);
    const today = zone.dateOf(clock.now());
    const source = { states: hass.states, entities: heatPump.entities };
    const button = (name: PeriodName, unit: "day" | "month", by: 0 | -1) => {
      const figures = periodFigures(source, name);
      const date = by === 0 ? today : dateAfter(today, -1);
      if (figures === undefined || (range.unit === unit && range.from <= date && date <= range.to)) return nothing;
      const words = { formats, texts, currency: figures.currency };
      const parts = [
        kwhText(figures.electricityKwh, words),
        `${texts.cop} ${copText(figures.cop, words)}`,
        ...(figures.cost === null || figures.currency === "" ? [] : [quickCost(figures, words)]),
      ];
      const choose = () => this.#range.choose(config, unit, by === 0 ? undefined : date);
      const open = () => showMoreInfo(this, heatPump.entities.get("month_electricity"));
      return html`<button class="quick" @click=${followed ? open : choose}>
        <span class="quiet">${relativeName(by, unit, words)}</span>
        <span><bdi>${parts.join(" · ")}</bdi></span>
      </button>`;
    };
    return html`<div class="quicks">${button("yesterday", "day", -1)}${button("month", "month", 0)}</div>`;
  }

  static override styles = [sharedStyles, rangeBarStyles, energyStyles, comparisonStyles, questionStyles];
}

const nothingShown: EnergyShown = {
  bars: [],
  total: noBar,
  copBasis: "seen_together",
  from: { kind: "statistics" },
  currency: "",
};

function figures({ total, copBasis }: EnergyShown = nothingShown, words: Words) {
  const { texts } = words;
  const { electricity, heat, cop, boundary, cost } = total;
  const coldKwh = heat?.coldKwh ?? 0;
  return html`<dl class="figures">
    ${figure(texts.electricity, sideText(electricity, words), sideNote(electricity, words))}
    ${figure(texts.heat, sideText(heat, words), sideNote(heat, words))}
    ${coldKwh > leastKwh ? figure(texts.cooling, kwhText(coldKwh, words)) : nothing}
    ${figure(texts.cop, copText(cop, words), cop === null ? undefined : copNote(copBasis, boundary, texts))}
    ${cost === null ? nothing : figure(costName(total, texts), costText(cost, words))}
    ${
      total.since !== null || hasGaps(total)
        ? figure(texts.coverage, coverageText(total, words), undefined, "coverage")
        : nothing
    }
  </dl>`;
}

function quickCost(figures: Pick<PeriodFigures, "cost" | "isCostPart">, words: Words): string {
  const cost = costText(figures.cost, words);
  return figures.isCostPart ? `${words.texts.known_cost} ${cost}` : cost;
}

/** What a COP is of, where it is not of all that was seen together. */
function copNote(basis: EnergyShown["copBasis"], boundary: string | null, texts: Texts): string | undefined {
  if (basis === "all") return texts.cop_of_all;
  return basis === "firmware" ? texts.cop_of_firmware : (boundary ?? undefined);
}

function figure(label: string, value: string, note?: string, kind = "") {
  return html`<div class=${kind}>
    <dt class="quiet">${label}</dt>
    <dd class="value"><bdi>${value}</bdi></dd>
    ${note === undefined ? nothing : html`<dd class="quiet note"><bdi>${note}</bdi></dd>`}
  </div>`;
}

/** What is shown in place of the bars; undefined where there are some. */
function messageFor(loaded: Loaded<EnergyShown>, { hass, texts }: ViewInput): string | undefined {
  if (loaded.kind === "loading") return texts.loading;
  if (loaded.kind === "failed") return refusalText(loaded.reason, "recorder", hass, texts);
  return loaded.value.bars.some(isKnown) ? undefined : texts.nothing_known;
}

/** On a tab of the card. */
export const energyView = {
  name: "energy",
  label: {
    en: "Energy",
    de: "Energie",
    nl: "Energie",
    da: "Energi",
    no: "Energi",
    sv: "Energi",
    it: "Energia",
    es: "Energía",
    fr: "Énergie",
    pl: "Energia",
    sk: "Energia",
    fi: "Energia",
  },
  element: EnergyView,
  follows: periodEntities,
  glance: energyGlance,
} as const satisfies View;
