import { fill } from "@heatloop/core/text/fill-text";
import { html } from "lit";
import { formTexts } from "../../forms/form-texts.ts";
import type { PageInput } from "../../page/page-input.ts";
import "./password-form.ts";
import { accessTexts } from "./access-texts.ts";
import "./token-list.ts";

/** Who may: under ingress who looks and what they may, else the password and the API tokens. */
export function accessSection(page: PageInput) {
  const texts = accessTexts.texts(page.language);
  return html`<details class="panel" data-section="access" ?open=${!page.session.may_change}>
    <summary>${texts.access}</summary>
    ${
      page.session.mode === "standalone"
        ? html`<settings-password .page=${page}></settings-password> <settings-tokens .page=${page}></settings-tokens>`
        : throughIngress(page)
    }
  </details>`;
}

function throughIngress({ session, language }: PageInput) {
  const texts = accessTexts.texts(language);
  const setting = formTexts.texts(language)["web.others_may_change"];
  return html`<p>${session.user === null ? texts.user_unknown : fill(texts.user, { user: session.user })}</p>
    <p>${session.may_change ? texts.may : fill(texts.may_not, { setting })}</p>`;
}
