import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing } from "lit";
import { type AddonAnswer, askAddon, putToAddon } from "../../home-assistant/addon.ts";
import { addonReason } from "../../look/addon-reason.ts";
import { temperatureText } from "../../look/temperature-text.ts";
import type { ViewInput } from "../../look/view.ts";
import { roomTextsOf } from "../../text/late/room-texts.ts";
import type { FeedSettings, ZoneFeed } from "./zone-feed.ts";

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

/** Asks what holds; what was known stays where that cannot be had. Never rejected. */
export async function loadSending(view: ViewInput, before: Sending): Promise<Sending> {
  const answer = await askAddon<SettingsAnswer>(view.hass, view.clock, "api/settings");
  return answer.kind === "answer"
    ? { ...before, settings: answer.value.room_feed, reason: "" }
    : { ...before, reason: before.settings === undefined ? failureText(answer, view) : before.reason };
}

/** Turns sending on or off; what held stays where that is refused. */
async function changeSending(view: ViewInput, before: Sending, send: boolean): Promise<Sending> {
  const change = { room_feed: { send } };
  const answer = await putToAddon<SettingsAnswer>(view.hass, view.clock, "api/settings", change);
  return answer.kind === "answer"
    ? { settings: answer.value.room_feed, wanted: undefined, reason: "" }
    : { ...before, wanted: undefined, reason: failureText(answer, view) };
}

/** Why the app did not do what it was asked for: in its own words, where it has said any. */
export function failureText(
  answer: Exclude<AddonAnswer<unknown>, { readonly kind: "answer" }>,
  { hass, texts }: Pick<ViewInput, "hass" | "texts">,
): string {
  return answer.kind === "refused" ? answer.reason : addonReason(answer, hass, texts);
}

/** The switch of sending, what follows where it is off, and why it could not be changed. */
export function sendingSwitch({
  view,
  feeds,
  sending,
  mayChange,
  changed,
}: {
  readonly view: ViewInput;
  readonly feeds: readonly ZoneFeed[];
  readonly sending: Sending;
  readonly mayChange: boolean;
  changed(sending: Sending): void;
}) {
  const texts = roomTextsOf(view.hass.language);
  const { settings, wanted, reason } = sending;
  async function change(event: Event): Promise<void> {
    const send = (event.target as HTMLInputElement).checked;
    changed({ ...sending, wanted: send, reason: "" });
    changed(await changeSending(view, sending, send));
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
              ?disabled=${!mayChange}
              @click=${(event: Event) => wanted !== undefined && event.preventDefault()}
              @change=${change}
            />
            ${texts.sending}
          </label>`
    }
    <p role="alert">${reason}</p>
    <div role="status">
      ${settings?.send === false ? html`<p class="quiet">${texts.sending_off}</p> ${feeds.map((feed) => stillUsed(feed, view))}` : nothing}
    </div>
  </div>`;
}

/** What a heat pump goes on with: its own thermostat, or the last temperature, which nobody follows any more. */
function stillUsed({ zone, source, read_back_c: readBackC }: ZoneFeed, view: ViewInput) {
  const texts = roomTextsOf(view.hass.language);
  if (source === "room_thermostat") return html`<p class="quiet">${fill(texts.sending_off_own, { zone })}</p>`;
  if (source !== "home_assistant" || readBackC === null) return nothing;
  const temperature = temperatureText(readBackC, 1, view);
  return html`<p class="doubt">${fill(texts.sending_off_keeps, { zone, temperature })}</p>`;
}
