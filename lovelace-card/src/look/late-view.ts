import { html, LitElement, nothing } from "lit";
import { loadLateTexts } from "../text/late/late-texts.ts";
import { sharedStyles } from "./styles.ts";
import type { ViewElement, ViewInput } from "./view.ts";

/**
 * The element of a view whose content is a file of its own, which comes when the view is first looked at. `tag` is what the
 * content becomes as an element; `load` brings it.
 */
export function lateView(tag: string, load: () => Promise<new () => ViewElement>): new () => ViewElement {
  return class LateView extends LitElement implements ViewElement {
    #input: ViewInput | undefined;
    #content: ViewElement | undefined;
    #isMissing = false;

    set input(input: ViewInput) {
      this.#input = input;
      if (this.#content !== undefined) this.#content.input = input;
      void loadLateTexts(input.hass.language)?.then(() => this.#speak());
      this.requestUpdate();
    }

    /** What was drawn in English is drawn anew. */
    #speak(): void {
      if (this.#input !== undefined && this.#content !== undefined) this.#content.input = { ...this.#input };
    }

    override connectedCallback(): void {
      super.connectedCallback();
      if (this.#content === undefined) void this.#load();
    }

    async #load(): Promise<void> {
      try {
        const content = await load();
        if (customElements.get(tag) === undefined) customElements.define(tag, content);
        const element = document.createElement(tag) as ViewElement;
        if (this.#input !== undefined) element.input = this.#input;
        this.#content = element;
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
  };
}
