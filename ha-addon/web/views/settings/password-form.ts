import { fill } from "@heatloop/core/text/fill-text";
import { html, LitElement, nothing } from "lit";
import type { Answer } from "../../api/api.ts";
import { formStyles } from "../../forms/form-styles.ts";
import { formTexts } from "../../forms/form-texts.ts";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageInput } from "../../page/page-input.ts";
import type { PageSession } from "../../page/session.ts";
import { accessTexts } from "./access-texts.ts";

type PasswordField = "current" | "password";
/** What is wrong, beside its field or under all. */
type Problems = Partial<Readonly<Record<PasswordField | "all", string>>>;

const length = { least: 12, most: 200 } as const;

/** Sets the password, or changes it with the current one; what was typed stays until it is taken. */
class PasswordForm extends LitElement {
  #page: PageInput | undefined;
  #problems: Problems = {};
  #isShown = false;
  #state: "typing" | "sending" | "saved" = "typing";

  set page(page: PageInput) {
    this.#page = page;
    this.requestUpdate();
  }

  #field(name: PasswordField): HTMLInputElement | null {
    return this.renderRoot.querySelector(`#${name}`);
  }

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const page = this.#page;
    if (page === undefined || this.#state === "sending") return;
    const password = this.#field("password")?.value ?? "";
    const current = this.#field("current")?.value;
    const rule = accessTexts.texts(page.language).password_rule;
    if (password.length < length.least || password.length > length.most) {
      this.#say({ password: fill(formTexts.texts(page.language).mistake, { allowed: rule }) });
      return;
    }
    this.#state = "sending";
    this.requestUpdate();
    const answer = await page.api.send<PageSession>("PUT", "api/password", {
      password,
      ...(current !== undefined && { current }),
    });
    this.#take(answer, page);
  };

  #take(answer: Answer<PageSession>, page: PageInput): void {
    if (!answer.ok) {
      this.#state = "typing";
      this.#say(problemsOf(answer, page));
      return;
    }
    this.renderRoot.querySelector("form")?.reset();
    this.#isShown = false;
    this.#state = "saved";
    this.#problems = {};
    this.requestUpdate();
    page.renewSession();
  }

  #say(problems: Problems): void {
    this.#state = "typing";
    this.#problems = problems;
    this.requestUpdate();
    const wrong = (["current", "password"] as const).find((name) => problems[name] !== undefined);
    if (wrong !== undefined) void this.updateComplete.then(() => this.#field(wrong)?.focus());
  }

  override render() {
    const page = this.#page;
    if (page === undefined) return nothing;
    const texts = accessTexts.texts(page.language);
    const isSet = page.session.password_set;
    const heading = isSet ? texts.change_password : texts.set_password;
    return html`<form @submit=${this.#submit} @input=${this.#typed} aria-labelledby="heading">
      <h2 id="heading">${heading}</h2>
      ${isSet ? nothing : html`<p class="notice">${texts.no_password}</p>`}
      ${isSet ? this.#input("current", texts.current_password, "current-password") : nothing}
      ${this.#input("password", texts.new_password, "new-password", texts.password_rule)}
      <div class="field switch">
        <label for="shown">${texts.show_password}</label>
        <span class="entry"
          ><input
            id="shown"
            type="checkbox"
            .checked=${this.#isShown}
            @change=${(event: Event) => {
              this.#isShown = (event.target as HTMLInputElement).checked;
              this.requestUpdate();
            }}
        /></span>
      </div>
      <p class="quiet">${texts.password_hint}</p>
      <p role="alert">${this.#problems.all ?? ""}</p>
      <div class="bar">
        <button class="main" aria-disabled=${this.#state === "sending"}>${heading}</button>
        <span role="status">${this.#state === "saved" ? texts.password_saved : ""}</span>
      </div>
    </form>`;
  }

  readonly #typed = () => {
    if (this.#state !== "saved") return;
    this.#state = "typing";
    this.requestUpdate();
  };

  #input(name: PasswordField, label: string, autocomplete: "current-password" | "new-password", help?: string) {
    const problem = this.#problems[name];
    const described = [help && `${name}-help`, problem && `${name}-mistake`].filter(Boolean).join(" ");
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <span class="entry"
        ><input
          id=${name}
          name=${name}
          type=${this.#isShown ? "text" : "password"}
          autocomplete=${autocomplete}
          required
          aria-describedby=${described || nothing}
          aria-invalid=${problem === undefined ? nothing : "true"}
      /></span>
      ${help === undefined ? nothing : html`<p class="help" id="${name}-help">${help}</p>`}
      ${problem === undefined ? nothing : html`<p class="mistake" id="${name}-mistake" role="alert">${problem}</p>`}
    </div>`;
  }

  static override styles = [controlStyles, formStyles];
}

/** Where what the answer says belongs. */
function problemsOf(answer: Extract<Answer<unknown>, { ok: false }>, page: PageInput): Problems {
  const { status, detail, errors } = answer;
  if (status === 0) return { all: page.texts.no_answer };
  // A wrong current password, and too many tries of one.
  if (page.session.password_set && (status === 403 || status === 429)) return { current: detail };
  const allowed = (name: PasswordField) => errors.find(({ path }) => path === name)?.allowed;
  const [current, password] = [allowed("current"), allowed("password")];
  if (current === undefined && password === undefined) return { all: detail };
  const sentence = (rule: string) => fill(formTexts.texts(page.language).mistake, { allowed: rule });
  return {
    ...(current !== undefined && { current: sentence(current) }),
    ...(password !== undefined && { password: sentence(password) }),
  };
}

export const passwordFormTag = "settings-password";
if (customElements.get(passwordFormTag) === undefined) customElements.define(passwordFormTag, PasswordForm);
