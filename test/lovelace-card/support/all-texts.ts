import type { CardLanguage } from "@heatloop/lovelace-card/text/language";
import { danish } from "@heatloop/lovelace-card/text/languages/danish";
import { dutch } from "@heatloop/lovelace-card/text/languages/dutch";
import { english, type Texts } from "@heatloop/lovelace-card/text/languages/english";
import { finnish } from "@heatloop/lovelace-card/text/languages/finnish";
import { french } from "@heatloop/lovelace-card/text/languages/french";
import { german } from "@heatloop/lovelace-card/text/languages/german";
import { italian } from "@heatloop/lovelace-card/text/languages/italian";
import { norwegian } from "@heatloop/lovelace-card/text/languages/norwegian";
import { polish } from "@heatloop/lovelace-card/text/languages/polish";
import { slovak } from "@heatloop/lovelace-card/text/languages/slovak";
import { spanish } from "@heatloop/lovelace-card/text/languages/spanish";
import { swedish } from "@heatloop/lovelace-card/text/languages/swedish";

/** The card's texts in all its languages, of which the card itself loads one. */
export const allTexts: Readonly<Record<CardLanguage, Texts>> = {
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
