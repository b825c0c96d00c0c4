import { english, type Texts } from "./languages/english.ts";
import { textsByLanguage } from "./texts-by-language.ts";

const cardTexts = textsByLanguage<Texts>(english, {
  de: () => import("./languages/german.ts"),
  nl: () => import("./languages/dutch.ts"),
  da: () => import("./languages/danish.ts"),
  no: () => import("./languages/norwegian.ts"),
  sv: () => import("./languages/swedish.ts"),
  it: () => import("./languages/italian.ts"),
  es: () => import("./languages/spanish.ts"),
  fr: () => import("./languages/french.ts"),
  pl: () => import("./languages/polish.ts"),
  sk: () => import("./languages/slovak.ts"),
  fi: () => import("./languages/finnish.ts"),
});

/** The card's texts in Home Assistant's language. */
export const textsOf = cardTexts.texts;

/** Loads the card's texts in Home Assistant's language. */
export const loadTexts = cardTexts.load;
