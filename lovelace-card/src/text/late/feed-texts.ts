import { english } from "@heatloop/core/room-feed/texts/english";
import type { RoomFeedTexts } from "@heatloop/core/room-feed/texts/room-feed-texts";
import { lateTextsOf } from "./late-texts.ts";

/** Why rooms and the room feed are as they are, in Home Assistant's language. */
export function feedTextsOf(language: string): RoomFeedTexts {
  return lateTextsOf(language)?.feed ?? english;
}
