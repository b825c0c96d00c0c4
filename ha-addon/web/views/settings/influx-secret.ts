import { fill } from "@heatloop/core/text/fill-text";
import { html, LitElement, nothing } from "lit";
import type { Answer } from "../../api/api.ts";
import { decimalSignOf } from "../../forms/decimal-sign.ts";
import { mistakeText } from "../../forms/field.ts";
import { formStyles } from "../../forms/form-styles.ts";
import { formTexts } from "../../forms/form-texts.ts";
import type { FormTexts } from "../../forms/texts/english.ts";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageInput } from "../../page/page-input.ts";
import { accessTexts } from "./access-texts.ts";

/** Of `GET api/health`. */
type Kept = { readonly influx?: { readonly has_secret: boolean } };
type Said = "nothing" | "saved" | "removed" | "no_answer" | { readonly why: string };

/** The password or token of InfluxDB: written and never read, for the server that is saved. */
class InfluxSecretForm extends LitElement {
  #page: PageInput | undefined;
  /** The settings that were saved last: with another server there may be no secret. */
  #saved: unknown;
  #hasSecret = false;
  #isShown = false;
  #said: Said = "nothing";
  #mistakes: Extract<Answer<unknown>, { ok: false }>["errors"] = [];

  set page(page: PageInput) {
    this.#page = page;
    this.requestUpdate();
  }

  set saved(saved: unknown) {
    const isOther = JSON.stringify(saved) !== JSON.stringify(this.#saved);
    this.#saved = saved;
    if (isOther) void this.#ask();
  }

  async #ask(): Promise<void> {
    const answer = await this.#page?.api.get<Kept>("api/health");
    if (answer?.ok) this.#hasSecret = answer.value.influx?.has_secret ?? false;
    this.requestUpdate();
  }

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const secret = this.renderRoot.querySelector<HTMLInputElement>("#influx-secret")?.value ?? "";
    await this.#send("PUT", { secret });
  };

  async #send(method: "PUT" | "DELETE", body?: object): Promise<void> {
    const answer = await this.#page?.api.send(method, "api/influx/secret", body);
    if (answer === undefined) return;
    this.#mistakes = answer.ok ? [] : answer.errors;
    if (answer.ok) this.renderRoot.querySelector("form")?.reset();
    this.#said = answer.ok ? (method === "PUT" ? "saved" : "removed") : refusal(answer);
    await this.#ask();
  }

  override render() {
    const page = this.#page;
    if (page === undefined) return nothing;
    const texts = formTexts.texts(page.language);
    const look = { texts, decimalSign: decimalSignOf(page.language) };
    const isWrong = this.#mistakes.length > 0;
    return html`<form novalidate @submit=${this.#submit}>
      <fieldset ?disabled=${!page.session.may_change}>
        <div class="field">
          <label for="influx-secret">${texts.influx_secret}</label>
          <span class="entry">
            <input
              id="influx-secret"
              type=${this.#isShown ? "text" : "password"}
              autocomplete="new-password"
              autocapitalize="off"
              spellcheck="false"
              maxlength="500"
              aria-describedby=${isWrong ? "influx-help influx-mistake" : "influx-help"}
              aria-invalid=${isWrong ? "true" : nothing}
            />
          </span>
          <p class="help" id="influx-help">
            ${texts["influx_secret?"]} ${this.#hasSecret ? texts.influx_secret_kept : texts.influx_secret_none}
          </p>
          ${isWrong ? mistakeText(this.#mistakes, look, "influx-mistake") : nothing}
        </div>
        <div class="field switch">
          <label for="influx-shown">${accessTexts.texts(page.language).show_password}</label>
          <span class="entry"
            ><input
              id="influx-shown"
              type="checkbox"
              .checked=${this.#isShown}
              @change=${(event: Event) => this.#show((event.target as HTMLInputElement).checked)}
          /></span>
        </div>
        <div role="status">${sentence(this.#said, texts)}</div>
        <div class="bar">
          <button type="submit">${texts.save}</button>
          ${this.#hasSecret ? html`<button type="button" @click=${() => void this.#send("DELETE")}>${texts.influx_secret_remove}</button>` : nothing}
        </div>
      </fieldset>
    </form>`;
  }

  #show(isShown: boolean): void {
    this.#isShown = isShown;
    this.requestUpdate();
  }

  static override styles = [controlStyles, formStyles];
}

function refusal({ status, detail, errors }: Extract<Answer<unknown>, { ok: false }>): Said {
  if (errors.length > 0) return "nothing";
  return status === 0 ? "no_answer" : { why: detail };
}

function sentence(said: Said, texts: FormTexts) {
  if (said === "nothing") return nothing;
  if (typeof said === "object") return html`<p class="notice bad">${fill(texts.not_saved, { why: said.why })}</p>`;
  if (said === "no_answer") return html`<p class="notice bad">${texts.no_answer}</p>`;
  return html`<p class="notice">${texts[`influx_secret_${said}`]}</p>`;
}

if (customElements.get("settings-influx-secret") === undefined) {
  customElements.define("settings-influx-secret", InfluxSecretForm);
}

/** The password or token of InfluxDB, below the settings that it belongs to. */
export function influxSecretPanel(page: PageInput, saved: unknown) {
  return html`<details class="panel" data-section="influx-secret">
    <summary>${formTexts.texts(page.language).influx_secret}</summary>
    <settings-influx-secret .page=${page} .saved=${saved}></settings-influx-secret>
  </details>`;
}
