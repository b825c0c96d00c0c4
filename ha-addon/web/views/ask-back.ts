import { html } from "lit";
import type { Answer } from "../api/api.ts";
import type { PageInput } from "../page/page-input.ts";

/** How far a person is with something that is asked back before it is done. */
export type AskedBack =
  | { readonly kind: "idle" | "asking" | "sending" | "done" }
  | { readonly kind: "refused"; readonly reason: string };

/** A button that asks back, and then has it done. */
export function askBack({
  texts,
  button,
  sure,
  state,
  send,
  changed,
}: {
  readonly texts: PageInput["texts"];
  /** What the button says, and what it says the second time. */
  readonly button: string;
  readonly sure: string;
  readonly state: AskedBack;
  send(): Promise<Answer<unknown>>;
  changed(state: AskedBack): void;
}) {
  async function confirmed(): Promise<void> {
    changed({ kind: "sending" });
    const answer = await send();
    changed(answer.ok ? { kind: "done" } : { kind: "refused", reason: answer.detail });
  }
  const asks = state.kind === "asking" || state.kind === "sending";
  return html`<p role="alert">${state.kind === "refused" ? state.reason : ""}</p>
    <div class="row">
      ${
        asks
          ? html`<button class="main" ?disabled=${state.kind === "sending"} @click=${confirmed}>${sure}</button>
              <button @click=${() => changed({ kind: "idle" })}>${texts.cancel}</button>`
          : html`<button @click=${() => changed({ kind: "asking" })}>${button}</button>`
      }
    </div>`;
}
