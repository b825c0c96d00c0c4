import { pageScript } from "./page-script.ts";

/** A plain tile as many dashboards have: Lit, an icon, a name, and a state as the language writes it. */
const tiles = `
import { hasConfigOrEntityChanged } from "custom-card-helpers";
import { css, html, LitElement } from "lit";

class PlainTile extends LitElement {
  static properties = { hass: {}, config: {} };
  shouldUpdate(changed) {
    return hasConfigOrEntityChanged(this, changed, false);
  }
  render() {
    const { state, attributes } = this.hass.states[this.config.entity];
    const number = Number(state);
    const format = new Intl.NumberFormat(this.hass.language, { maximumFractionDigits: 1 });
    const shown = Number.isNaN(number) ? state : format.format(number) + " " + (attributes.unit_of_measurement ?? "");
    return html\`<ha-card tabindex="0" role="button">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2 2 12h3v8h14v-8h3z"></path></svg>
      <div><span class="name">\${this.hass.entities[this.config.entity].name}</span><span class="state">\${shown}</span></div>
    </ha-card>\`;
  }
  static styles = css\`
    ha-card { display: flex; align-items: center; gap: 10px; padding: 10px; }
    svg { width: 36px; fill: var(--primary-color); }
    div { display: flex; flex-direction: column; }
    .name { font-weight: 500; }
    .state { color: var(--secondary-text-color); }
  \`;
}
customElements.define("plain-tile", PlainTile);
`;

/** A script that defines `plain-tile`. */
export function tilesScript(): Promise<string> {
  return pageScript("tiles", tiles);
}
