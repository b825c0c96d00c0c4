/**
 * The languages in which people read the room feed and the alerts, by their ISO 639-1 codes (`nb`: Norwegian Bokmål).
 * What a heat pump's firmware speaks is another matter (`languages.ts`), and reports are in fewer (`report-languages.ts`).
 */
export const homeLanguages = ["en", "de", "nl", "da", "nb", "sv", "it", "es", "fr", "pl", "sk", "fi"] as const;
export type HomeLanguage = (typeof homeLanguages)[number];

/** Norwegian as Home Assistant and browsers may name it. */
const norwegian: readonly string[] = ["no", "nn"];

/**
 * The language of a tag such as `de-CH` or `nn`, as Home Assistant has it; a region counts as its language. undefined
 * where there are no texts in it.
 */
export function homeLanguageOf(tag: string): HomeLanguage | undefined {
  const code = tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const own = norwegian.includes(code) ? "nb" : code;
  return homeLanguages.find((each) => each === own);
}
