import { danish } from "./languages/danish.ts";
import { dutch } from "./languages/dutch.ts";
import { english, type Texts } from "./languages/english.ts";
import { finnish } from "./languages/finnish.ts";
import { french } from "./languages/french.ts";
import { german } from "./languages/german.ts";
import { italian } from "./languages/italian.ts";
import { norwegian } from "./languages/norwegian.ts";
import { polish } from "./languages/polish.ts";
import { slovak } from "./languages/slovak.ts";
import { spanish } from "./languages/spanish.ts";
import { swedish } from "./languages/swedish.ts";

/** By ISO 639-1; related languages stand together, which compresses better. */
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
