import { html, LitElement, nothing } from "lit";
import type { AddonAnswer } from "../../home-assistant/addon.ts";
import { addonReason } from "../../look/addon-reason.ts";
import { elementControls } from "../../look/control-rows.ts";
import { controlStyles } from "../../look/control-styles.ts";
import { elementLoading } from "../../look/loading.ts";
import { sharedStyles } from "../../look/styles.ts";
import { legendStyles, tableSwitch } from "../../look/table-switch.ts";
import type { ViewElement, ViewInput } from "../../look/view.ts";
import { curveTextsOf } from "../../text/late/curve-texts.ts";
import { type CurveAnswer, loadCurve } from "./curve-answer.ts";
import { flowLimits, followsOwnCurve } from "./curve-limits.ts";
import { curveLines } from "./curve-lines.ts";
import { curveLegend, curvePicture } from "./curve-picture.ts";
import { curveStyles } from "./curve-styles.ts";
import { curveTable } from "./curve-table.ts";
import { adviceOf, assumptionText } from "./curve-words.ts";

/** The heating curve as it was used and set, as the house needs it, and the limits that can be changed. */
export class CurveContent extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #loading = elementLoading<AddonAnswer<CurveAnswer>>(this, { again: false });
  #controls = elementControls(this, {
    input: () => this.#input,
    items: () => (this.#input === undefined ? [] : limitsOf(this.#input)),
    questionOf: () => undefined,
  });
  #asTable = false;
  #width = 0;
  #place: ResizeObserver | undefined;

  set input(input: ViewInput) {
    this.#input = input;
    this.#controls.takeStates();
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#place = new ResizeObserver(([entry]) => this.#isWide(Math.floor(entry?.contentRect.width ?? 0)));
    this.#place.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#place?.disconnect();
  }

  #isWide(width: number): void {
    if (width === this.#width) return;
    this.#width = width;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { hass, heatPump, clock, texts } = input;
    const loaded = this.#loading(input, heatPump.device.id, () => loadCurve(hass, clock, heatPump));
    // It is never rejected.
    if (loaded.kind !== "ready") return html`<p class="quiet" role="status">${texts.loading}</p>`;
    if (loaded.value.kind !== "answer") {
      return html`<p class="quiet" role="status">${addonReason(loaded.value, hass, texts)}</p>${this.#limits(input)}`;
    }
    const answer = loaded.value.value;
    const curveTexts = curveTextsOf(hass.language);
    const words = { ...input, curveTexts };
    const advice = adviceOf(answer, words);
    const assumed = assumptionText(answer, words);
    return html`
      ${this.#drawn(answer, advice, input)}
      <div class="advice">${advice.map((text) => html`<p>${text}</p>`)}</div>
      ${followsOwnCurve(sourceOf(input)) ? html`<p class="quiet">${curveTexts.at_controller}</p>` : nothing}
      ${assumed === undefined ? nothing : html`<p class="quiet">${assumed}</p>`}
      ${this.#limits(input)}
    `;
  }

  #drawn(answer: CurveAnswer, advice: readonly string[], input: ViewInput) {
    const { texts, hass } = input;
    const lines = curveLines(answer, { texts, curveTexts: curveTextsOf(hass.language) });
    if (lines.length === 0) return html`<p class="quiet">${texts.nothing_known}</p>`;
    const said = [input.label, ...advice].join(". ");
    const picture = this.#width === 0 ? nothing : curvePicture({ lines, said, width: this.#width, input });
    const toggle = () => {
      this.#asTable = !this.#asTable;
      this.requestUpdate();
    };
    return html`
      ${this.#asTable ? curveTable(lines, input) : picture}
      <div class="legend">${curveLegend(lines)}${tableSwitch({ asTable: this.#asTable, toggle }, texts)}</div>
    `;
  }

  /** Nothing where the heat pump has no such limits, or where they are only shown. */
  #limits(input: ViewInput) {
    const { hass, situation, heatPump } = input;
    if (limitsOf(input).length === 0) return nothing;
    const isFixed = situation === "offline" || !hass.connected || heatPump.source === "firmware";
    return html`<p class="quiet hint">${curveTextsOf(hass.language).limits}</p>
      ${this.#controls.rows(input, isFixed)}`;
  }

  static override styles = [sharedStyles, legendStyles, controlStyles, curveStyles];
}

function sourceOf({ hass, heatPump }: ViewInput) {
  return { states: hass.states, entities: heatPump.entities };
}

function limitsOf(input: ViewInput) {
  return flowLimits(sourceOf(input), input.texts, curveTextsOf(input.hass.language));
}
