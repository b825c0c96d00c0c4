import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { EntityNames } from "./names.ts";

/** English is in the catalogue; every other language is a file of its own, loaded when it is needed. */
const files = {
  de: () => import("./names/german.ts").then(({ german }) => german),
  nl: () => import("./names/dutch.ts").then(({ dutch }) => dutch),
  da: () => import("./names/danish.ts").then(({ danish }) => danish),
  nb: () => import("./names/norwegian.ts").then(({ norwegian }) => norwegian),
  sv: () => import("./names/swedish.ts").then(({ swedish }) => swedish),
  it: () => import("./names/italian.ts").then(({ italian }) => italian),
  es: () => import("./names/spanish.ts").then(({ spanish }) => spanish),
  fr: () => import("./names/french.ts").then(({ french }) => french),
  pl: () => import("./names/polish.ts").then(({ polish }) => polish),
  sk: () => import("./names/slovak.ts").then(({ slovak }) => slovak),
  fi: () => import("./names/finnish.ts").then(({ finnish }) => finnish),
} as const satisfies Readonly<Record<Exclude<HomeLanguage, "en">, () => Promise<EntityNames>>>;

/** The names of a language; undefined for English, in which entities are called by themselves. */
export function loadNames(language: HomeLanguage): Promise<EntityNames> | undefined {
  return language === "en" ? undefined : files[language]();
}
