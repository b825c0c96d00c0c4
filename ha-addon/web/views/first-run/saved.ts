import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing, type TemplateResult } from "lit";
import type { LiveDevice } from "../../live/live-data.ts";
import type { PageInput } from "../../page/page-input.ts";
import { hashOf } from "../../page/route.ts";
import type { FirstRunTexts } from "./texts/english.ts";

/** What a person sees after saving: whether the rooms feed the heat pump, as it comes about. */
export function savedTemplate(
  { live, language }: PageInput,
  texts: FirstRunTexts,
  use: { readonly refused: string; readonly rooms: (feed: Feed) => void },
): TemplateResult {
  const feeds = live.devices.flatMap((device) => device.room_feed).filter(({ state }) => state !== "off");
  return html`<section class="panel saved" tabindex="-1">
    <h2>${texts.saved}</h2>
    <p>${texts.saved_text}</p>
    <div role="status">
      ${feeds.map((feed) => html`<p class="notice">${feedText(feed, texts, language)}</p>`)}
      ${use.refused === "" ? nothing : html`<p class="notice bad">${use.refused}</p>`}
      ${live.devices.length === 0 ? html`<p class="notice">${texts.feeding_no_pump}</p>` : nothing}
    </div>
    ${feeds
      .filter((feed) => feed.confirmed && !isUsed(feed))
      .map(
        (feed) =>
          html`<p><button type="button" class="main" @click=${() => use.rooms(feed)}>${texts.use_rooms}</button></p>`,
      )}
    <a class="button" href=${hashOf("live")}>${texts.go_on}</a>
  </section>`;
}

type Feed = LiveDevice["room_feed"][number];

function isUsed({ source }: Feed): boolean {
  return source === null || source === "home_assistant";
}

/** That it is sent is not enough: the heat pump has to use it. */
function feedText(feed: Feed, texts: FirstRunTexts, language: string): string {
  if (feed.sent_c === null || !isUsed(feed)) return fill(texts.feeding_waits, { why: feed.reason });
  const value = new Intl.NumberFormat(language, { minimumFractionDigits: 1 }).format(feed.sent_c);
  return fill(texts.feeding, { value });
}
