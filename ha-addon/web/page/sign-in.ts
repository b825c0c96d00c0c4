import { html } from "lit";
import type { Api } from "../api/api.ts";
import type { PageTexts } from "../text/languages/english.ts";

/** The form that asks for the password; `done` is called once it is the right one. */
export function signIn({ api, texts, done }: { readonly api: Api; readonly texts: PageTexts; done(): void }) {
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const [field, message] = [form.querySelector("input"), form.querySelector("[role=alert]")];
    if (field === null || message === null) return;
    message.textContent = "";
    const answer = await api.send("POST", "api/login", { password: field.value });
    if (answer.ok) return done();
    message.textContent =
      answer.status === 401 ? texts.password_wrong : answer.status === 0 ? texts.no_answer : answer.detail;
    field.select();
  }
  return html`<form class="panel sign-in" @submit=${submit}>
    <h2>${texts.sign_in}</h2>
    <label>${texts.password}<input type="password" name="password" autocomplete="current-password" required /></label>
    <p role="alert"></p>
    <button class="main">${texts.sign_in}</button>
  </form>`;
}
