import { fill } from "@heatloop/core/text/fill-text";
import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { allowedText } from "../../forms/allowed-text.ts";
import { decimalSignOf } from "../../forms/decimal-sign.ts";
import { formStyles } from "../../forms/form-styles.ts";
import { formTexts } from "../../forms/form-texts.ts";
import { controlStyles } from "../../look/control-styles.ts";
import { instantText } from "../../look/formats.ts";
import type { PageInput } from "../../page/page-input.ts";
import { channelStyles } from "../channel-item.ts";
import { copyText } from "../copy-text.ts";
import { accessTexts } from "./access-texts.ts";
import type { AccessTexts } from "./texts/english.ts";

type Token = {
  readonly id: string;
  readonly name: string;
  readonly scope: "read" | "write";
  readonly created: string;
  readonly last_used: string | null;
};
type NewToken = Token & { readonly token: string };

/** API tokens: those that there are, a new one, whose text is shown once, and revoking after asking back. */
class TokenList extends LitElement {
  #page: PageInput | undefined;
  #tokens: readonly Token[] | undefined;
  #isAsked = false;
  #made: NewToken | undefined;
  #copied: "no" | "copied" | "failed" = "no";
  /** The token that a person is asked about. */
  #asked: string | undefined;
  #isSending = false;
  /** Why the list, a new token or a revocation failed. */
  #problem = "";
  #nameProblem = "";

  set page(page: PageInput) {
    this.#page = page;
    if (page.session.password_set && !this.#isAsked) {
      this.#isAsked = true;
      void this.#load();
    }
    this.requestUpdate();
  }

  async #load(): Promise<void> {
    const page = this.#page;
    if (page === undefined) return;
    const answer = await page.api.get<readonly Token[]>("api/tokens");
    if (answer.ok) this.#tokens = answer.value;
    this.#problem = answer.ok ? "" : fill(page.texts.failed, { reason: answer.detail });
    this.requestUpdate();
  }

  readonly #make = async (event: Event) => {
    event.preventDefault();
    const page = this.#page;
    const form = event.currentTarget as HTMLFormElement;
    if (page === undefined || this.#isSending) return;
    const name = (form.elements.namedItem("name") as HTMLInputElement).value;
    const scope = (form.elements.namedItem("scope") as HTMLSelectElement).value;
    this.#isSending = true;
    this.requestUpdate();
    const answer = await page.api.send<NewToken>("POST", "api/tokens", { name, scope });
    this.#isSending = false;
    this.#nameProblem = "";
    this.#problem = "";
    if (answer.ok) {
      this.#made = answer.value;
      this.#copied = "no";
      form.reset();
      await this.#load();
      await this.#focus("#token");
      return;
    }
    const wrong = answer.errors.find(({ path }) => path === "name");
    const texts = formTexts.texts(page.language);
    const allowed = wrong && allowedText(wrong, texts, decimalSignOf(page.language));
    if (allowed !== undefined) this.#nameProblem = fill(texts.mistake, { allowed });
    else this.#problem = answer.status === 0 ? page.texts.no_answer : answer.detail;
    this.requestUpdate();
    if (wrong !== undefined) await this.#focus("#name");
  };

  async #revoke(id: string): Promise<void> {
    const page = this.#page;
    if (page === undefined || this.#isSending) return;
    this.#isSending = true;
    const answer = await page.api.send("DELETE", `api/tokens/${encodeURIComponent(id)}`);
    this.#isSending = false;
    // Somebody else revoked it: that is what was wanted.
    if (answer.ok || answer.status === 404) {
      this.#asked = undefined;
      if (this.#made?.id === id) this.#made = undefined;
      await this.#load();
      await this.#focus("#heading");
      return;
    }
    this.#problem = answer.status === 0 ? page.texts.no_answer : answer.detail;
    this.requestUpdate();
  }

  async #focus(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  override render() {
    const page = this.#page;
    if (page === undefined) return nothing;
    const texts = accessTexts.texts(page.language);
    const head = html`<h2 id="heading" tabindex="-1">${texts.tokens}</h2>
      <p class="quiet">${texts.tokens_hint}</p>`;
    if (!page.session.password_set) return html`${head}<p>${texts.password_first}</p>`;
    return html`${head} ${this.#madeTemplate(texts)}
      ${this.#tokens?.length === 0 ? html`<p>${texts.no_tokens}</p>` : nothing}
      <ul>
        ${repeat(
          this.#tokens ?? [],
          ({ id }) => id,
          (token) => this.#item(token, page, texts),
        )}
      </ul>
      <p role="alert">${this.#problem}</p>
      ${
        this.#tokens === undefined && this.#problem !== ""
          ? html`<button type="button" @click=${() => this.#load()}>${page.texts.try_again}</button>`
          : nothing
      }
      ${this.#form(texts)}`;
  }

  #item({ id, name, scope, created, last_used: used }: Token, page: PageInput, texts: AccessTexts) {
    const { language, live, clock } = page;
    const time = (instant: string) =>
      instantText(Date.parse(instant), clock.now(), { language, timeZone: live.timeZone });
    const facts = [
      scope === "write" ? texts.scope_write : texts.scope_read,
      fill(texts.created, { time: time(created) }),
      used === null ? texts.never_used : fill(texts.last_used, { time: time(used) }),
    ];
    return html`<li class="channel">
      <p><strong>${name}</strong></p>
      <p class="quiet">${facts.join(" · ")}</p>
      ${
        this.#asked === id
          ? html`<p>${texts.revoke_sure}</p>
              <div class="bar">
                <button type="button" class="sure" @click=${() => this.#revoke(id)}>${texts.revoke_now}</button>
                <button type="button" @click=${() => this.#ask(undefined)}>${page.texts.cancel}</button>
              </div>`
          : html`<button type="button" @click=${() => this.#ask(id)}>${fill(texts.revoke, { name })}</button>`
      }
    </li>`;
  }

  #ask(id: string | undefined): void {
    this.#asked = id;
    void this.#focus(id === undefined ? "#heading" : ".sure");
  }

  #madeTemplate(texts: AccessTexts) {
    const made = this.#made;
    if (made === undefined) return nothing;
    const copy = async () => {
      this.#copied = (await copyText(made.token)) ? "copied" : "failed";
      this.requestUpdate();
    };
    const hide = () => {
      this.#made = undefined;
      void this.#focus("#heading");
    };
    return html`<div class="notice">
      <p id="made">${fill(texts.token_made, { name: made.name })}</p>
      <p><code id="token" tabindex="0" role="textbox" aria-readonly="true" aria-labelledby="made">${made.token}</code></p>
      <div class="bar">
        <button type="button" class="main" @click=${copy}>${this.#copied === "copied" ? texts.copied : texts.copy}</button>
        <button type="button" @click=${hide}>${texts.hide}</button>
        <span role="status">${this.#copied === "failed" ? texts.copy_failed : ""}</span>
      </div>
    </div>`;
  }

  #form(texts: AccessTexts) {
    const problem = this.#nameProblem;
    return html`<form @submit=${this.#make}>
      <div class="field">
        <label for="name">${texts.token_name}</label>
        <span class="entry"
          ><input
            id="name"
            name="name"
            type="text"
            autocomplete="off"
            required
            aria-describedby=${problem === "" ? nothing : "name-mistake"}
            aria-invalid=${problem === "" ? nothing : "true"}
        /></span>
        ${problem === "" ? nothing : html`<p class="mistake" id="name-mistake" role="alert">${problem}</p>`}
      </div>
      <div class="field">
        <label for="scope">${texts.scope}</label>
        <span class="entry"
          ><select id="scope" name="scope">
            <option value="read">${texts.scope_read}</option>
            <option value="write">${texts.scope_write}</option>
          </select></span
        >
      </div>
      <button aria-disabled=${this.#isSending}>${texts.make_token}</button>
    </form>`;
  }

  static override styles = [
    controlStyles,
    formStyles,
    channelStyles,
    css`
      code {
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];
}

export const tokenListTag = "settings-tokens";
if (customElements.get(tokenListTag) === undefined) customElements.define(tokenListTag, TokenList);
