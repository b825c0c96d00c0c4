import { html } from "lit";
import { isAskedFor } from "../../page/route.ts";
import "./channels-section.ts";
import type { ChannelsInput } from "./channels-section.ts";

/** Who outside is told of alerts, open where the address asks for it. */
export function channelsPanel(input: ChannelsInput) {
  return html`<details class="panel" data-section="channels" ?open=${isAskedFor("channels")}>
    <summary><h2>${input.page.texts.channels}</h2></summary>
    <settings-channels .input=${input}></settings-channels>
  </details>`;
}
