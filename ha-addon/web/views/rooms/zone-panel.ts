import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import { type Icon, icon } from "@heatloop/lovelace-card/look/icons";
import type { ViewInput } from "@heatloop/lovelace-card/look/view";
import { fill } from "@heatloop/lovelace-card/text/language";
import { html, nothing, svg } from "lit";
import { instantText } from "../../look/formats.ts";
import type { PageInput } from "../../page/page-input.ts";
import { hashOf } from "../../page/route.ts";
import type { PageTexts } from "../../text/languages/english.ts";
import { roomsTable } from "./rooms-table.ts";
import type { FeedSettings } from "./sending.ts";
import type { ZoneFeed } from "./zone-feed.ts";
import "./feed-strip.ts";

const icons = {
  off: "minus",
  degraded: "warning",
  holding: "warning",
  fallback: "error",
} as const satisfies Readonly<Record<Exclude<RoomFeedState, "ok">, Icon>>;

const tick = svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.500 4.500L19 7.500" /></svg>`;

/** A zone: its state with the reason, what was sent and read back, its rooms, and the last 24 hours. */
export function zonePanel({
  feed,
  page,
  view,
  settings,
}: {
  readonly feed: ZoneFeed;
  readonly page: PageInput;
  readonly view: ViewInput;
  readonly settings: FeedSettings | undefined;
}) {
  const { texts } = page;
  const name = fill(texts.zone, { zone: feed.zone });
  const id = `zone-${feed.zone}`;
  return html`<section class="panel" aria-labelledby=${id}>
    <h2 id=${id}>${name}</h2>
    ${stateHead(feed, settings, page)}
    ${
      feed.rooms.length === 0
        ? noRooms(page)
        : html`${figures({ feed, page, view, settings })}
            ${roomsTable(feed.rooms, settings, page, `${texts.rooms}, ${name}`)}
            <h3>${texts.last_day}</h3>
            <page-feed-strip .input=${{ feed, page, view }}></page-feed-strip>`
    }
  </section>`;
}

/** What is not sent is not OK, whatever the rooms are like. While the connection is lost for long, nothing is known of the feed of now. */
function stateHead({ state, since, reason }: ZoneFeed, settings: FeedSettings | undefined, page: PageInput) {
  const { texts, live, device, language, clock } = page;
  if (live.connection === "lost" && device?.online === null) return html`<h3 class="quiet">${texts.feed_unknown}</h3>`;
  const isNotSent = state === "ok" && settings?.send === false;
  const time = instantText(Date.parse(since), clock.now(), { language, timeZone: live.timeZone });
  const sinceText = isNotSent ? "" : fill(texts.since, { time });
  return html`<div class="state ${isNotSent ? "off" : state}">
    ${isNotSent ? icon(icons.off) : state === "ok" ? tick : icon(icons[state])}
    <div>
      <h3>${isNotSent ? texts.feed_not_sent : texts[`feed_${state}`]} <span class="quiet">${sinceText}</span></h3>
      <p>${reason}</p>
    </div>
  </div>`;
}

function noRooms({ texts, session }: PageInput) {
  return html`<p>${texts.no_rooms}</p>
    ${session.may_change ? html`<a class="button" href=${hashOf("settings")}>${texts.choose_rooms}</a>` : nothing}`;
}

function figures({
  feed,
  page,
  view,
  settings,
}: {
  readonly feed: ZoneFeed;
  readonly page: PageInput;
  readonly view: ViewInput;
  readonly settings: FeedSettings | undefined;
}) {
  const { texts, device, language, live, clock } = page;
  const celsius = (value: unknown) => (typeof value === "number" ? `${view.formats.number(value, 1)} °C` : "–");
  const timeOf = (instant: string) =>
    instantText(Date.parse(instant), clock.now(), { language, timeZone: live.timeZone });
  const mode = settings === undefined || feed.rooms.length < 2 ? "" : `, ${texts[`mode_${settings.mode}`]}`;
  const sent = feed.sent_c === null || feed.sent_at === null ? "–" : `${celsius(feed.sent_c)}, ${timeOf(feed.sent_at)}`;
  const fedC = device?.values[`room_feedback_zone_${feed.zone}_c`];
  const isCompared = feed.sent_c !== null && typeof fedC === "number";
  return html`<dl>
    <dt>${texts.rooms_together}</dt>
    <dd>${celsius(feed.temperature_c)}${mode}</dd>
    <dt>${texts.sent}</dt>
    <dd>${sent}</dd>
    <dt>${texts.read_back}</dt>
    <dd>${celsius(fedC)}${isCompared ? `, ${feed.confirmed ? texts.confirmed : texts.not_confirmed}` : nothing}</dd>
    <dt>${texts.source}</dt>
    <dd>${sourceText(feed.source, texts)}</dd>
  </dl>`;
}

function sourceText(source: string | null, texts: PageTexts): string {
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
