import { danish } from "./texts/danish.ts";
import { dutch } from "./texts/dutch.ts";
import { english, type Texts } from "./texts/english.ts";
import { finnish } from "./texts/finnish.ts";
import { french } from "./texts/french.ts";
import { german } from "./texts/german.ts";
import { italian } from "./texts/italian.ts";
import { norwegian } from "./texts/norwegian.ts";
import { polish } from "./texts/polish.ts";
import { slovak } from "./texts/slovak.ts";
import { spanish } from "./texts/spanish.ts";
import { swedish } from "./texts/swedish.ts";

/** By ISO 639-1; related languages stand together, which compresses better. The build packs this table. */
export const allTexts = {
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
} as const satisfies Record<string, Texts>;
