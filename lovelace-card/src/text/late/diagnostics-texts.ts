import { type DiagnosticsTexts, english } from "../diagnostics/english.ts";
import { lateTextsOf } from "./late-texts.ts";

/** The texts of the view "diagnostics" in Home Assistant's language. */
export function diagnosticsTextsOf(language: string): DiagnosticsTexts {
  return lateTextsOf(language)?.diagnostics ?? english;
}
