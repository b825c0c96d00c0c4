import { pageScript } from "./page-script.ts";

/** A card of one entity as many are: Lit, and of custom-card-helpers the question whether a change concerns it. */
const peerCard = `
import { hasConfigOrEntityChanged } from "custom-card-helpers";
import { html, LitElement } from "lit";

class PeerCard extends LitElement {
  static properties = { hass: {}, config: {} };
  shouldUpdate(changed) {
    return hasConfigOrEntityChanged(this, changed, false);
  }
  render() {
    return html\`<p>\${this.hass.states[this.config.entity].state}</p>\`;
  }
}
customElements.define("peer-card", PeerCard);
window.peerCard = document.createElement("peer-card");
peerCard.config = { entity: "sensor.home_flow_temperature" };
peerCard.hass = home;
document.body.append(peerCard);
`;

/** A script that puts it onto a page whose Home Assistant is `home`, as `peerCard`. */
export function peerCardScript(): Promise<string> {
  return pageScript("peer", peerCard);
}
