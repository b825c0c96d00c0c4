import { english, type Texts } from "./languages/english.ts";

/** By ISO 639-1. English is always there; every other language is a file of its own, loaded when it is needed. */
const files = {
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
} as const satisfies Readonly<Record<string, () => Promise<Texts>>>;

export type CardLanguage = "en" | keyof typeof files;

const loaded = new Map<CardLanguage, Texts>([["en", english]]);
const loading = new Map<CardLanguage, Promise<void>>();

/** Whether it is one of the card's languages. */
export function isCardLanguage(code: string): code is CardLanguage {
  return code === "en" || Object.hasOwn(files, code);
}

/** The texts of a language, English until they are loaded. */
export function loadedTexts(language: CardLanguage): Texts {
  return loaded.get(language) ?? english;
}

/**
 * Loads the texts of a language, once for all cards of the page; undefined where they are loaded already. Never rejects:
 * where they can't be had, the card stays English until the page is loaded again, and the console has the reason.
 */
export function loadTextsOf(language: CardLanguage): Promise<void> | undefined {
  if (language === "en" || loaded.has(language)) return undefined;
  const started = loading.get(language) ?? load(language);
  loading.set(language, started);
  return started;
}

async function load(language: keyof typeof files): Promise<void> {
  try {
    loaded.set(language, await files[language]());
  } catch (error) {
    loaded.set(language, english);
    // biome-ignore lint/suspicious/noConsole: who wonders about the English looks there.
    console.warn(`Heatloop's card is shown in English: the texts of the language "${language}" did not come.`, error);
  }
}
