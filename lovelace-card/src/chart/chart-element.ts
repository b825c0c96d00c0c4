import { css, html, LitElement, nothing } from "lit";
import type { Chart } from "./chart.ts";
import type { DrawnChart } from "./drawn-chart.ts";
import { loadCharts } from "./load-charts.ts";

/** Defined in main.ts. */
export const chartTag = "heatloop-chart";

/**
 * Draws a `Chart` as large as its place is (at least 150 px high). What draws it is a file of its own, which is loaded when
 * the first chart of the page is shown; until then, and where it cannot be had, the element says so.
 */
export class ChartElement extends LitElement {
  #chart: Chart | undefined;
  #drawn: DrawnChart | undefined;
  #failed = false;

  set chart(chart: Chart) {
    this.#chart = chart;
    this.#drawn?.show(chart);
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#drawn === undefined) void this.#load();
  }

  async #load(): Promise<void> {
    this.#failed = false;
    this.requestUpdate();
    try {
      const { DrawnChart } = await loadCharts();
      if (this.#drawn !== undefined) return;
      this.#drawn = new DrawnChart(this);
      if (this.#chart !== undefined) this.#drawn.show(this.#chart);
      this.addController(this.#drawn);
    } catch {
      this.#failed = true;
    }
    this.requestUpdate();
  }

  override render() {
    const [chart, drawn] = [this.#chart, this.#drawn];
    if (chart === undefined) return nothing;
    if (drawn !== undefined) return drawn.content();
    const { loading, chart_not_loaded: notLoaded, try_again: tryAgain } = chart.texts;
    return html`<div class="waiting" role="status">
      <p>${chart.message ?? (this.#failed ? notLoaded : loading)}</p>
      ${this.#failed ? html`<button @click=${() => this.#load()}>${tryAgain}</button>` : nothing}
    </div>`;
  }

  static override styles = css`
    :host {
      display: flex;
      flex-direction: column;
      gap: 6px;
      min-height: 150px;
      position: relative;
    }
    .waiting {
      flex: 1;
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 8px;
      padding: 0 16px;
      text-align: center;
      color: var(--secondary-text-color);
    }
    .waiting p {
      margin: 0;
    }
    .waiting button {
      padding: 6px 14px;
      font: inherit;
      color: var(--primary-text-color);
      background: color-mix(in srgb, var(--primary-text-color) 9%, transparent);
      border: 0;
      border-radius: 999px;
      cursor: pointer;
    }
    .waiting button:focus-visible {
      outline: 2px solid var(--primary-color);
      outline-offset: 2px;
    }
    @container (max-height: 280px) {
      :host {
        min-height: 60px;
      }
    }
  `;
}
