import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing, svg } from "lit";
import { type Icon, icon } from "../../look/icons.ts";
import { temperatureText } from "../../look/temperature-text.ts";
import type { ViewInput } from "../../look/view.ts";
import { roomTextsOf } from "../../text/late/room-texts.ts";
import type { RoomTexts } from "../../text/rooms/english.ts";
import { feedReason } from "./reason-words.ts";
import { roomsTable } from "./rooms-table.ts";
import type { FeedSettings, ZoneFeed } from "./zone-feed.ts";

const icons = {
  off: "minus",
  degraded: "warning",
  holding: "warning",
  fallback: "error",
} as const satisfies Readonly<Record<Exclude<RoomFeedState, "ok">, Icon>>;

const tick = svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.500 4.500L19 7.500" /></svg>`;

/** What a zone is drawn of. */
export type ZoneParts = {
  readonly feed: ZoneFeed;
  readonly view: ViewInput;
  /** undefined: not known. */
  readonly settings: FeedSettings | undefined;
  /** How rooms are chosen, for who may do that. */
  readonly choosing: unknown;
  /** The strip of the last 24 hours. */
  readonly lastDay: unknown;
};

/** A zone: its state with the reason, what was sent and read back, its rooms, and the last 24 hours. */
export function zonePanel(parts: ZoneParts) {
  const { feed, view, settings, choosing, lastDay } = parts;
  const texts = roomTextsOf(view.hass.language);
  const name = fill(view.texts.zone, { zone: feed.zone });
  const id = `zone-${feed.zone}`;
  if (feed.rooms?.length === 0) {
    return html`<section aria-labelledby=${id}>
      <h3 id=${id}>${name}</h3>
      ${stateHead(parts)}
      <p>${texts.no_rooms} ${choosing}</p>
    </section>`;
  }
  return html`<section aria-labelledby=${id}>
    <h3 id=${id}>${name}</h3>
    ${stateHead(parts)} ${figures(parts)}
    ${feed.rooms === null ? nothing : roomsTable(feed.rooms, settings, view, `${texts.rooms}, ${name}`)}
    <h4>${texts.last_day}</h4>
    ${lastDay}
  </section>`;
}

/** What is not sent is not OK, whatever the rooms are like. */
function stateHead({ feed, view, settings }: ZoneParts) {
  const { state, since } = feed;
  const { formats, clock, hass } = view;
  const texts = roomTextsOf(hass.language);
  if (state === null) return html`<h4 class="quiet">${texts.feed_unknown}</h4>`;
  const isNotSent = state === "ok" && settings?.send === false;
  const time = since === null ? "" : formats.moment(Date.parse(since), clock.now());
  const sinceText = isNotSent || time === "" ? "" : fill(view.texts.since_time, { time });
  return html`<div class="state ${isNotSent ? "off" : state}">
    ${isNotSent ? icon(icons.off) : state === "ok" ? tick : icon(icons[state])}
    <div>
      <h4>${isNotSent ? texts.feed_not_sent : view.texts[`feed_${state}`]} <span class="quiet">${sinceText}</span></h4>
      <p>${feedReason(feed, hass.language)}</p>
    </div>
  </div>`;
}

function figures({ feed, view, settings }: ZoneParts) {
  const { formats, clock, hass } = view;
  const texts = roomTextsOf(hass.language);
  const celsius = (value: number | null) => (value === null ? "–" : temperatureText(value, 1, view));
  const mode = settings === undefined || (feed.rooms?.length ?? 0) < 2 ? "" : `, ${texts[`mode_${settings.mode}`]}`;
  const sentAt = feed.sent_at === null ? "" : `, ${formats.moment(Date.parse(feed.sent_at), clock.now())}`;
  const isCompared = feed.sent_c !== null && feed.read_back_c !== null;
  return html`<dl>
    <dt>${texts.rooms_together}</dt>
    <dd>${celsius(feed.temperature_c)}${feed.temperature_c === null ? "" : mode}</dd>
    <dt>${texts.sent}</dt>
    <dd>${celsius(feed.sent_c)}${feed.sent_c === null ? "" : sentAt}</dd>
    <dt>${texts.read_back}</dt>
    <dd>${celsius(feed.read_back_c)}${isCompared ? `, ${feed.confirmed ? texts.confirmed : texts.not_confirmed}` : nothing}</dd>
    <dt>${texts.source}</dt>
    <dd>${sourceText(feed.source, texts)}</dd>
  </dl>`;
}

function sourceText(source: string | null, texts: RoomTexts): string {
  switch (source) {
    case null:
      return "–";
    case "room_thermostat":
    case "home_assistant":
    case "virtual_thermostat":
      return texts[`source_${source}`];
    default:
      return source.replaceAll("_", " ");
  }
}
