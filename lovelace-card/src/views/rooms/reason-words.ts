import { reasonText, remarksText } from "@heatloop/core/room-feed/texts/told-text";
import { feedTextsOf } from "../../text/late/feed-texts.ts";
import type { FeedRoom, ZoneFeed } from "./zone-feed.ts";

/** Why a feed is in its state, in the person's language; the app's own sentence where it tells no more, or is newer. */
export function feedReason({ remarks, reason }: Pick<ZoneFeed, "remarks" | "reason">, language: string): string {
  return (remarks && remarksText(remarks, feedTextsOf(language))) ?? reason;
}

/** Why a room is not used, in the same way; null where no reason is known. */
export function roomReason({ not_used: told, reason }: Pick<FeedRoom, "not_used" | "reason">, language: string) {
  return (told && reasonText(told, feedTextsOf(language))) ?? reason;
}
