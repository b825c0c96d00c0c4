import { html } from "lit";
import type { Api } from "../api/api.ts";
import type { PageTexts } from "../text/languages/english.ts";

/** A button that ends the session, with why it did not beside it; `done` is called once nobody is signed in any more. */
export function signOut({ api, texts, done }: { readonly api: Api; readonly texts: PageTexts; done(): void }) {
  async function click(event: Event): Promise<void> {
    const message = (event.currentTarget as HTMLElement).nextElementSibling;
    if (message !== null) message.textContent = "";
    const answer = await api.send("POST", "api/logout");
    if (answer.ok) return done();
    if (message !== null) message.textContent = answer.status === 0 ? texts.no_answer : answer.detail;
  }
  return html`<span><button type="button" @click=${click}>${texts.sign_out}</button><span role="alert"></span></span>`;
}
