import { ChartElement, chartTag } from "@heatloop/lovelace-card/chart/chart-element";
import { labelOf, makeElement, type View } from "@heatloop/lovelace-card/look/view";
import { css, html, LitElement, nothing } from "lit";
import { controlStyles } from "../look/control-styles.ts";
import type { PageElement, PageInput } from "../page/page-input.ts";
import { noHeatPump } from "./no-heat-pump.ts";

if (customElements.get(chartTag) === undefined) customElements.define(chartTag, ChartElement);

/** A view of the card, as a view of the page. */
export function cardView(view: View): new () => PageElement {
  return class extends LitElement implements PageElement {
    #input: PageInput | undefined;
    readonly #element = makeElement(view);

    set input(input: PageInput) {
      this.#input = input;
      if (input.view !== undefined) this.#element.input = { ...input.view, label: labelOf(view, input.language) };
      this.requestUpdate();
    }

    override render() {
      if (this.#input === undefined) return nothing;
      if (this.#input.view === undefined) return noHeatPump(this.#input);
      return html`<section class="panel"><h2>${labelOf(view, this.#input.language)}</h2>${this.#element}</section>`;
    }

    static override styles = [
      controlStyles,
      css`
        .panel > :last-child {
          min-height: 360px;
        }
      `,
    ];
  };
}
