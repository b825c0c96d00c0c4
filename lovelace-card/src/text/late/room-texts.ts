import { english, type RoomTexts } from "../rooms/english.ts";
import { lateTextsOf } from "./late-texts.ts";

/** The texts of the view "rooms" in Home Assistant's language. */
export function roomTextsOf(language: string): RoomTexts {
  return lateTextsOf(language)?.rooms ?? english;
}
