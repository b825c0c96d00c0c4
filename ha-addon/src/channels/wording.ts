import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import { fill } from "@heatloop/core/text/fill-text";
import type { Zone } from "@heatloop/core/time/local-day";
import { channelTexts } from "./channel-texts.ts";
import type { ChannelMessage } from "./message.ts";

/** A message as a person reads it: what kind of thing it is, and what is wrong since when. */
export type Wording = { readonly title: string; readonly text: string };

/** In which language people read, and whose local time. */
export type Reader = { readonly language: HomeLanguage; readonly zone: Zone };

/** `Hp: Error`, and the alert's own sentence with its time below it. */
export function wordingOf(message: ChannelMessage, { language, zone }: Reader): Wording {
  const texts = channelTexts[language];
  const label = texts[message.kind === "raised" ? message.severity : message.kind];
  const times = { since: timeText(message.sinceAt, zone), until: timeText(message.at, zone) };
  const when = fill(message.kind === "cleared" ? texts.ended : texts.since, times);
  const text = message.kind === "test" ? message.message : `${message.message}\n${when}`;
  return { title: `${message.deviceName ?? "Heatloop"}: ${label}`, text };
}

/** `2026-11-21 12:00`, local. */
function timeText(at: number, zone: Zone): string {
  return zone.isoOf(at).slice(0, 16).replace("T", " ");
}

/** A text of at most so many bytes in UTF-8, cut between characters. */
export function cutToBytes(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  const ellipsis = "...";
  let cut = "";
  let bytes = ellipsis.length;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    cut += character;
  }
  return cut + ellipsis;
}
