import { type CurveTexts, english } from "../curve/english.ts";
import { lateTextsOf } from "./late-texts.ts";

/** The texts of the view "curve" in Home Assistant's language. */
export function curveTextsOf(language: string): CurveTexts {
  return lateTextsOf(language)?.curve ?? english;
}
