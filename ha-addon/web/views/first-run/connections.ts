import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing, type TemplateResult } from "lit";
import type { LiveDevice } from "../../live/live-data.ts";
import type { ConnectionFound, FirstRunFound } from "./found.ts";
import type { FirstRunTexts } from "./texts/english.ts";

/** Broker, Home Assistant and heat pumps, each with how it is. */
export function connectionsTemplate(
  found: FirstRunFound,
  devices: readonly Pick<LiveDevice, "name" | "online">[],
  texts: FirstRunTexts,
): TemplateResult {
  const pumps = devices.map(({ name, online }) => `${name} (${online === false ? texts.offline : texts.online})`);
  return html`<dl class="found">
    ${entry(texts.broker, found.broker.state === "connected", stateText(found.broker, texts))}
    ${entry(texts.home_assistant, found.home_assistant.state === "connected", stateText(found.home_assistant, texts))}
    ${entry(texts.heat_pump, pumps.length > 0, pumps.length > 0 ? pumps.join(", ") : texts.none_yet)}
  </dl>`;
}

function entry(name: string, isWell: boolean, text: string) {
  return html`<div class=${isWell ? "well" : "waits"}>
    <dt>${name}</dt>
    <dd>${text}</dd>
  </div>`;
}

function stateText({ state, detail }: ConnectionFound, texts: FirstRunTexts): string {
  if (state === "connected") return texts.connected;
  return state === "off" ? texts.off : fill(texts.away, { why: detail ?? texts.unknown_reason });
}

/** How a heat pump comes here: the block for its ESP32, as long as none has reported. */
export function blockTemplate(
  { broker, esphome: { yaml } }: FirstRunFound,
  texts: FirstRunTexts,
  copied: "no" | "copied" | "failed",
  copy: (yaml: string) => void,
): TemplateResult {
  return html`<section class="block">
    <h3>${texts.no_heat_pump}</h3>
    <p>${texts.no_heat_pump_text}</p>
    ${
      yaml === null
        ? nothing
        : html`<div class="code">
              <button type="button" class="main" @click=${() => copy(yaml)}>${copied === "copied" ? texts.copied : texts.copy}</button>
              <pre tabindex="0" role="region" aria-label=${texts.block}><code>${yaml}</code></pre>
            </div>
            <p role="status" class="quiet">${copied === "failed" ? texts.copy_failed : nothing}</p>
            <ul class="notes">
              ${broker.address === null ? html`<li>${texts.fill_in_address}</li>` : nothing}
              ${broker.needs_ca ? html`<li>${texts.fill_in_certificate}</li>` : nothing}
              <li>${texts.user_of_broker}</li>
            </ul>`
    }
    <p class="quiet" role="status">${texts.waiting}</p>
  </section>`;
}
