import { html, nothing } from "lit";
import type { LiveDevice } from "../../live/live-data.ts";
import type { PageInput } from "../../page/page-input.ts";
import { type AskedBack, askBack } from "../ask-back.ts";

/** Whether a heat pump is one that can be forgotten: while the connection is lost, nothing is known of it. */
export function isGone({ online, last_seen }: LiveDevice): boolean {
  return online === false || (online === null && last_seen === null);
}

/** Has a heat pump that is gone forgotten, after asking back. */
export function removal({
  device,
  input: { api, texts, session },
  ...asked
}: {
  readonly device: LiveDevice;
  readonly input: PageInput;
  readonly state: AskedBack;
  changed(state: AskedBack): void;
}) {
  if (!session.may_change) return nothing;
  return html`<section class="panel">
    <p>${device.last_seen === null ? texts.remove_hint_unheard : texts.remove_hint}</p>
    ${askBack({
      ...{ ...asked, texts, button: texts.remove, sure: texts.remove_sure },
      send: () => api.send("DELETE", `api/devices/${encodeURIComponent(device.id)}`),
    })}
  </section>`;
}
