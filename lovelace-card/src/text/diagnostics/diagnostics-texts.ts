import { languageOf } from "../language.ts";
import type { CardLanguage } from "../texts.ts";
import { danish } from "./danish.ts";
import { dutch } from "./dutch.ts";
import { type DiagnosticsTexts, english } from "./english.ts";
import { finnish } from "./finnish.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { norwegian } from "./norwegian.ts";
import { polish } from "./polish.ts";
import { slovak } from "./slovak.ts";
import { spanish } from "./spanish.ts";
import { swedish } from "./swedish.ts";

const texts: Readonly<Record<CardLanguage, DiagnosticsTexts>> = {
  en: english,
  de: german,
  nl: dutch,
  da: danish,
  no: norwegian,
  sv: swedish,
  it: italian,
  es: spanish,
  fr: french,
  pl: polish,
  sk: slovak,
  fi: finnish,
};

/** The texts of the view "diagnostics" in Home Assistant's language. */
export function diagnosticsTextsOf(language: string): DiagnosticsTexts {
  return texts[languageOf(language)];
}
