import { english, type PageTexts } from "./languages/english.ts";
import { partTexts } from "./page-texts.ts";

/** The texts of the page's frame and of its views. */
export const pageTexts = partTexts<PageTexts>(english, {
  de: () => import("./languages/german.ts").then(({ german }) => german),
  nl: () => import("./languages/dutch.ts").then(({ dutch }) => dutch),
  da: () => import("./languages/danish.ts").then(({ danish }) => danish),
  no: () => import("./languages/norwegian.ts").then(({ norwegian }) => norwegian),
  sv: () => import("./languages/swedish.ts").then(({ swedish }) => swedish),
  it: () => import("./languages/italian.ts").then(({ italian }) => italian),
  es: () => import("./languages/spanish.ts").then(({ spanish }) => spanish),
  fr: () => import("./languages/french.ts").then(({ french }) => french),
  pl: () => import("./languages/polish.ts").then(({ polish }) => polish),
  sk: () => import("./languages/slovak.ts").then(({ slovak }) => slovak),
  fi: () => import("./languages/finnish.ts").then(({ finnish }) => finnish),
});
