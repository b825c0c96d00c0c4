import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { FeedRemark } from "@heatloop/core/room-feed/feed-remarks";
import type { MissingRoom, RoomReason } from "@heatloop/core/room-feed/room-reason";
import { fill } from "../../base/fill-text.ts";
import { danish } from "./danish.ts";
import { dutch } from "./dutch.ts";
import { english } from "./english.ts";
import { finnish } from "./finnish.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { norwegian } from "./norwegian.ts";
import { polish } from "./polish.ts";
import type { RoomFeedTexts } from "./room-feed-texts.ts";
import { slovak } from "./slovak.ts";
import { spanish } from "./spanish.ts";
import { swedish } from "./swedish.ts";

/** The texts of every language. */
export const roomFeedTexts: Readonly<Record<HomeLanguage, RoomFeedTexts>> = {
  en: english,
  de: german,
  nl: dutch,
  da: danish,
  nb: norwegian,
  sv: swedish,
  it: italian,
  es: spanish,
  fr: french,
  pl: polish,
  sk: slovak,
  fi: finnish,
};

/** Why a room is not used, in a language; the room is its subject, so that it follows the room's name. */
export function roomReasonText(reason: RoomReason, language: HomeLanguage): string {
  const { [reason.code]: text, decimalSign } = roomFeedTexts[language];
  return fill(text, figuresOf(reason, decimalSign));
}

/** All remarks on a feed as one sentence of a language. */
export function feedSentence(remarks: readonly FeedRemark[], language: HomeLanguage): string {
  const { decimalSign, ...remarkTexts } = roomFeedTexts[language];
  const parts = remarks.map((remark) => {
    const missing = "missing" in remark ? missingText(remark.missing, language) : "";
    return fill(remarkTexts[remark.code], { ...figuresOf(remark, decimalSign), missing });
  });
  const sentence = parts.join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`.replace(/\?\.$/, "?");
}

function missingText(missing: readonly MissingRoom[], language: HomeLanguage): string {
  return missing.map(({ name, reason }) => `${name} ${roomReasonText(reason, language)}`).join("; ");
}

/** Temperatures with one decimal, limits as they are set, all else as it is. */
function figuresOf(of: RoomReason | FeedRemark, decimalSign: string): Record<string, string | number> {
  const isLimit = (name: string) => name === "minC" || name === "maxC";
  return Object.fromEntries(
    Object.entries(of).flatMap(([name, value]) => {
      if (typeof value === "string") return [[name, value]];
      if (typeof value !== "number") return [];
      const plain = name.endsWith("C") && !isLimit(name) ? value.toFixed(1) : String(value);
      return [[name, plain.replace(".", decimalSign)]];
    }),
  );
}
