import { textsByLanguage } from "@heatloop/lovelace-card/text/texts-by-language";
import { english, type PageTexts } from "./languages/english.ts";

/** The texts of the page's frame and of its views. */
export const pageTexts = textsByLanguage<PageTexts>(english, {
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
