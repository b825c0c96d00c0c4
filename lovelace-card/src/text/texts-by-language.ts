import { type CardLanguage, languageOf } from "./language.ts";

/** Texts in the language of the person; in English for as long as others are not loaded. */
export type TextsByLanguage<Texts> = {
  texts(language: string): Texts;
  /**
   * Loads the texts in one of Home Assistant's languages, once for all that ask; undefined where they are there. Never
   * rejects: what can't be had stays English until the page is loaded again, and the console has the reason.
   */
  load(language: string): Promise<void> | undefined;
};

/** A language's file exports its texts and nothing else. */
type TextFile<Texts> = () => Promise<Readonly<Record<string, Texts>>>;

/** Texts that are there in English; every other language is a file of its own, loaded when it is needed. */
export function textsByLanguage<Texts>(
  english: Texts,
  files: Readonly<Record<Exclude<CardLanguage, "en">, TextFile<Texts>>>,
): TextsByLanguage<Texts> {
  const loaded = new Map<CardLanguage, Texts>([["en", english]]);
  const loading = new Map<CardLanguage, Promise<void>>();

  async function load(language: Exclude<CardLanguage, "en">): Promise<void> {
    try {
      const [texts = english] = Object.values(await files[language]());
      loaded.set(language, texts);
    } catch (error) {
      loaded.set(language, english);
      // biome-ignore lint/suspicious/noConsole: who wonders about the English looks there.
      console.warn(`Heatloop is shown in English: texts of the language "${language}" did not come.`, error);
    }
  }

  return {
    texts: (language) => loaded.get(languageOf(language)) ?? english,
    load(asked) {
      const language = languageOf(asked);
      if (language === "en" || loaded.has(language)) return undefined;
      const started = loading.get(language) ?? load(language);
      loading.set(language, started);
      return started;
    },
  };
}
