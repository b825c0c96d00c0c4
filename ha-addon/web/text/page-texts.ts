import { languageOf } from "@heatloop/lovelace-card/text/language";
import type { CardLanguage } from "@heatloop/lovelace-card/text/texts";

/** The texts of a part of the page in the language of the person; English as long as others are not loaded. */
export type PartTexts<Texts> = {
  texts(language: string): Texts;
  /** Loads a language; undefined where it is there. Never rejects: what cannot be had stays English. */
  load(language: string): Promise<void> | undefined;
};

/** Texts of which each language but English is a file of its own, loaded when it is needed. */
export function partTexts<Texts>(
  english: Texts,
  files: Readonly<Record<Exclude<CardLanguage, "en">, () => Promise<Texts>>>,
): PartTexts<Texts> {
  const loaded = new Map<CardLanguage, Texts>([["en", english]]);
  const loading = new Map<CardLanguage, Promise<void>>();
  return {
    texts: (language) => loaded.get(languageOf(language)) ?? english,
    load(language) {
      const code = languageOf(language);
      if (code === "en" || loaded.has(code)) return undefined;
      const started =
        loading.get(code) ??
        files[code]().then(
          (texts) => {
            loaded.set(code, texts);
          },
          () => {
            loaded.set(code, english);
          },
        );
      loading.set(code, started);
      return started;
    },
  };
}
