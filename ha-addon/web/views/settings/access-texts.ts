import { textsByLanguage } from "@heatloop/lovelace-card/text/texts-by-language";
import { type AccessTexts, english } from "./texts/english.ts";

/** The texts of who may, in each language. */
export const accessTexts = textsByLanguage<AccessTexts>(english, {
  de: () => import("./texts/german.ts"),
  nl: () => import("./texts/dutch.ts"),
  da: () => import("./texts/danish.ts"),
  no: () => import("./texts/norwegian.ts"),
  sv: () => import("./texts/swedish.ts"),
  it: () => import("./texts/italian.ts"),
  es: () => import("./texts/spanish.ts"),
  fr: () => import("./texts/french.ts"),
  pl: () => import("./texts/polish.ts"),
  sk: () => import("./texts/slovak.ts"),
  fi: () => import("./texts/finnish.ts"),
});
