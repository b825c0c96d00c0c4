import { html, nothing } from "lit";
import type { PageInput } from "../../page/page-input.ts";
import { type AskedBack, askBack } from "../ask-back.ts";

/** Has all cleared that Heatloop keeps at the broker, after asking back: for who is about to uninstall it. */
export function uninstallPanel({
  input: { api, texts, session },
  ...asked
}: {
  readonly input: PageInput;
  readonly state: AskedBack;
  changed(state: AskedBack): void;
}) {
  if (!session.may_change) return nothing;
  return html`<section class="panel">
    <h2>${texts.uninstall}</h2>
    ${
      asked.state.kind === "done"
        ? html`<p role="status">${texts.uninstall_done}</p>`
        : html`<p>${texts.uninstall_hint}</p>
            ${askBack({
              ...{ ...asked, texts, button: texts.uninstall_remove, sure: texts.uninstall_sure },
              send: () => api.send("DELETE", "api/retained"),
            })}`
    }
  </section>`;
}
