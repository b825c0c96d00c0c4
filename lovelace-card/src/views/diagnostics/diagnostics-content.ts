import { secondMs } from "@heatloop/core/time/durations";
import { html, LitElement, nothing } from "lit";
import type { AddonAnswer } from "../../home-assistant/addon.ts";
import { showMoreInfo } from "../../home-assistant/events.ts";
import { elementLoading } from "../../look/loading.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { ViewElement, ViewInput } from "../../look/view.ts";
import { diagnosticsTextsOf } from "../../text/late/diagnostics-texts.ts";
import { type AppDiagnostics, loadDiagnostics } from "./diagnostics-answer.ts";
import { type DiagnosticsRow, diagnosticsRows } from "./diagnostics-rows.ts";
import { diagnosticsStyles } from "./diagnostics-styles.ts";

/** What connection, controller, unit and Heatloop report of themselves, in groups. */
export class DiagnosticsContent extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #loading = elementLoading<AddonAnswer<AppDiagnostics>>(this, { againMs: 20 * secondMs });

  set input(input: ViewInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const app = this.#loading(input, input.heatPump.device.id, () => loadDiagnostics(input));
    const diagnosticsTexts = diagnosticsTextsOf(input.hass.language);
    return html`<div class="groups">
      ${diagnosticsRows({ input, app, diagnosticsTexts }).map(
        ([group, rows]) => html`<section aria-labelledby=${group}>
          <h3 id=${group}>${group === "heatloop" ? "Heatloop" : diagnosticsTexts[group]}</h3>
          <ul>
            ${rows.map((row) => html`<li>${this.#row(row)}</li>`)}
          </ul>
        </section>`,
      )}
    </div>`;
  }

  #row({ name, text, detail, entityId }: DiagnosticsRow) {
    const content = html`<span class="name">${name}</span>
      <span class="value">${text}</span>
      ${detail === undefined ? nothing : html`<span class="quiet">${detail}</span>`}`;
    if (entityId === undefined) return html`<div class="row">${content}</div>`;
    return html`<button class="row" @click=${() => showMoreInfo(this, entityId)}>${content}</button>`;
  }

  static override styles = [sharedStyles, diagnosticsStyles];
}
