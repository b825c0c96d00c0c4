import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { FeedRemark } from "@heatloop/core/room-feed/feed-remarks";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import { danish } from "@heatloop/core/room-feed/texts/danish";
import { dutch } from "@heatloop/core/room-feed/texts/dutch";
import { english } from "@heatloop/core/room-feed/texts/english";
import { finnish } from "@heatloop/core/room-feed/texts/finnish";
import { french } from "@heatloop/core/room-feed/texts/french";
import { german } from "@heatloop/core/room-feed/texts/german";
import { italian } from "@heatloop/core/room-feed/texts/italian";
import { norwegian } from "@heatloop/core/room-feed/texts/norwegian";
import { polish } from "@heatloop/core/room-feed/texts/polish";
import type { RoomFeedTexts } from "@heatloop/core/room-feed/texts/room-feed-texts";
import { slovak } from "@heatloop/core/room-feed/texts/slovak";
import { spanish } from "@heatloop/core/room-feed/texts/spanish";
import { swedish } from "@heatloop/core/room-feed/texts/swedish";
import { reasonText, remarksText } from "@heatloop/core/room-feed/texts/told-text";
import { toldReason, toldRemark } from "@heatloop/core/room-feed/told-remark";

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
  return reasonText(toldReason(reason), roomFeedTexts[language]) ?? reason.code;
}

/** All remarks on a feed as one sentence of a language. */
export function feedSentence(remarks: readonly FeedRemark[], language: HomeLanguage): string {
  return remarksText(remarks.map(toldRemark), roomFeedTexts[language]) ?? "";
}
