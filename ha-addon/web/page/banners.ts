import { fill } from "@heatloop/core/text/fill-text";
import type { Formats } from "@heatloop/lovelace-card/home-assistant/formats";
import { icon } from "@heatloop/lovelace-card/look/icons";
import { html, nothing } from "lit";
import type { LiveData } from "../live/live-data.ts";
import type { PageTexts } from "../text/languages/english.ts";

type Banners = {
  readonly live: LiveData;
  readonly texts: PageTexts;
  /** Heatloop has another version than this page. */
  readonly isUpdated: boolean;
  /** The file of the view could not be loaded. */
  readonly notLoaded: boolean;
  readonly formats: Formats | undefined;
  readonly now: number;
};

/** What a person must know before reading on: no connection, another version, what is away. */
export function banners({ live, texts, isUpdated, notLoaded, formats, now }: Banners) {
  const time = (instant: string) => formats?.moment(Date.parse(instant), now) ?? instant.slice(11, 16);
  const away = (id: "mqtt" | "home_assistant", text: string) => {
    const alert = live.alerts.find((each) => each.id === id);
    return alert === undefined ? nothing : banner("warning", fill(text, { time: time(alert.since) }));
  };
  return html`
    ${live.connection === "lost" ? banner("error", fill(texts.connection_lost, { time: time(live.time) })) : nothing}
    ${isUpdated || notLoaded ? banner("warning", notLoaded ? texts.not_loaded : texts.updated, reload(texts)) : nothing}
    ${away("mqtt", texts.broker_away)}${away("home_assistant", texts.home_assistant_away)}
  `;
}

function banner(severity: "error" | "warning", text: string, more: unknown = nothing) {
  return html`<p class="banner ${severity}" role="status">${icon(severity)}<span>${text}</span>${more}</p>`;
}

function reload(texts: PageTexts) {
  return html`<button class="plain" @click=${() => location.reload()}>${texts.reload}</button>`;
}
