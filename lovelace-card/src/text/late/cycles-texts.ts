import { type CyclesTexts, english } from "../cycles/english.ts";
import { lateTextsOf } from "./late-texts.ts";

/** The texts of the view "cycles" in Home Assistant's language. */
export function cyclesTextsOf(language: string): CyclesTexts {
  return lateTextsOf(language)?.cycles ?? english;
}
