import { html, nothing } from "lit";
import type { LiveDevice } from "../../live/live-data.ts";
import type { PageInput } from "../../page/page-input.ts";

/** How far a person is with having a heat pump forgotten. */
export type RemovalState =
  | { readonly kind: "idle" | "asking" | "sending" }
  | { readonly kind: "refused"; readonly reason: string };

/** Whether a heat pump is one that can be forgotten: while the connection is lost, nothing is known of it. */
export function isGone({ online, last_seen }: LiveDevice): boolean {
  return online === false || (online === null && last_seen === null);
}

/** Has a heat pump that is gone forgotten, after asking back. */
export function removal({
  device,
  input,
  state,
  changed,
}: {
  readonly device: LiveDevice;
  readonly input: PageInput;
  readonly state: RemovalState;
  changed(state: RemovalState): void;
}) {
  const { api, texts, session } = input;
  if (!session.may_change) return nothing;
  async function remove(): Promise<void> {
    changed({ kind: "sending" });
    const answer = await api.send("DELETE", `api/devices/${encodeURIComponent(device.id)}`);
    changed(answer.ok ? { kind: "idle" } : { kind: "refused", reason: answer.detail });
  }
  const asks = state.kind === "asking" || state.kind === "sending";
  return html`<section class="panel">
    <p>${device.last_seen === null ? texts.remove_hint_unheard : texts.remove_hint}</p>
    <p role="alert">${state.kind === "refused" ? state.reason : ""}</p>
    <div class="row">
      ${
        asks
          ? html`<button class="main" ?disabled=${state.kind === "sending"} @click=${remove}>${texts.remove_sure}</button>
              <button @click=${() => changed({ kind: "idle" })}>${texts.cancel}</button>`
          : html`<button @click=${() => changed({ kind: "asking" })}>${texts.remove}</button>`
      }
    </div>
  </section>`;
}
