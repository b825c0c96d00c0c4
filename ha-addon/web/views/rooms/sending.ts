import type { roomModes } from "@heatloop/core/room-feed/room-average";
import { fill } from "@heatloop/lovelace-card/text/language";
import { html, nothing } from "lit";
import type { Api } from "../../api/api.ts";
import type { PageInput } from "../../page/page-input.ts";
import type { ZoneFeed } from "./zone-feed.ts";

/** What the settings say of the room feed, as far as this view needs it. */
export type FeedSettings = { readonly send: boolean; readonly mode: (typeof roomModes)[number] };

/** Whether temperatures are sent, and how far a person is with changing that; `wanted` while it is on its way. */
export type Sending = {
  /** undefined: not known yet. */
  readonly settings: FeedSettings | undefined;
  readonly wanted: boolean | undefined;
  /** Why the settings could not be had or changed. */
  readonly reason: string;
};

export const sendingAtStart: Sending = { settings: undefined, wanted: undefined, reason: "" };

type SettingsAnswer = { readonly room_feed: FeedSettings };

/** Asks what holds; what was known stays where that cannot be had. */
export async function loadSending(api: Api, before: Sending): Promise<Sending> {
  const answer = await api.get<SettingsAnswer>("api/settings");
  return answer.ok
    ? { ...before, settings: answer.value.room_feed, reason: "" }
    : { ...before, reason: before.settings === undefined ? answer.detail : before.reason };
}

/** Turns sending on or off; what held stays where that is refused. */
async function changeSending(api: Api, before: Sending, send: boolean): Promise<Sending> {
  const answer = await api.send<SettingsAnswer>("PUT", "api/settings", { room_feed: { send } });
  return answer.ok
    ? { settings: answer.value.room_feed, wanted: undefined, reason: "" }
    : { ...before, wanted: undefined, reason: answer.detail };
}

/** The switch of sending, what follows where it is off, and why it could not be changed. */
export function sendingSwitch({
  page,
  feeds,
  sending,
  changed,
}: {
  readonly page: PageInput;
  readonly feeds: readonly ZoneFeed[];
  readonly sending: Sending;
  changed(sending: Sending): void;
}) {
  const { texts, api, session } = page;
  const { settings, wanted, reason } = sending;
  async function change(event: Event): Promise<void> {
    const send = (event.target as HTMLInputElement).checked;
    changed({ ...sending, wanted: send, reason: "" });
    changed(await changeSending(api, sending, send));
  }
  const isOn = wanted ?? settings?.send;
  return html`<div class="sending">
    ${
      isOn === undefined
        ? nothing
        : html`<label>
            <input
              type="checkbox"
              role="switch"
              .checked=${isOn}
              ?disabled=${!session.may_change}
              @click=${(event: Event) => wanted !== undefined && event.preventDefault()}
              @change=${change}
            />
            ${texts.sending}
          </label>`
    }
    <p role="alert">${reason === "" ? "" : fill(texts.failed, { reason })}</p>
    <div role="status">
      ${settings?.send === false ? html`<p class="quiet">${texts.sending_off}</p> ${feeds.map((feed) => stillUsed(feed, page))}` : nothing}
    </div>
  </div>`;
}

/** What a heat pump goes on with: its own thermostat, or the last temperature, which nobody follows any more. */
function stillUsed({ zone, source }: ZoneFeed, { device, view, texts }: PageInput) {
  if (source === "room_thermostat") return html`<p class="quiet">${fill(texts.sending_off_own, { zone })}</p>`;
  const fedC = device?.values[`room_feedback_zone_${zone}_c`];
  if (view === undefined || source !== "home_assistant" || typeof fedC !== "number") return nothing;
  const temperature = `${view.formats.number(fedC, 1)} °C`;
  return html`<p class="doubt">${fill(texts.sending_off_keeps, { zone, temperature })}</p>`;
}
