import { textsByLanguage } from "../texts-by-language.ts";
import type { LateTexts } from "./kinds.ts";

/** Undefined where a view shows its own English ones, which come with it. */
const lateTexts = textsByLanguage<LateTexts | undefined>(undefined, {
  de: () => import("./german.ts"),
  nl: () => import("./dutch.ts"),
  da: () => import("./danish.ts"),
  no: () => import("./norwegian.ts"),
  sv: () => import("./swedish.ts"),
  it: () => import("./italian.ts"),
  es: () => import("./spanish.ts"),
  fr: () => import("./french.ts"),
  pl: () => import("./polish.ts"),
  sk: () => import("./slovak.ts"),
  fi: () => import("./finnish.ts"),
});

export const lateTextsOf = lateTexts.texts;
export const loadLateTexts = lateTexts.load;
