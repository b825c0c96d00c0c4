import { html, LitElement } from "lit";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";

class Empty extends LitElement implements PageElement {
  set input(_input: PageInput) {}
  override render() {
    return html``;
  }
  static override styles = controlStyles;
}

export const element = Empty;
