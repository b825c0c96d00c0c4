import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { OutputBundle, OutputChunk, Plugin } from "rollup";
import type { Situation } from "../../../lovelace-card/src/home-assistant/situation.ts";
import { danish } from "../../../lovelace-card/src/text/languages/danish.ts";
import { dutch } from "../../../lovelace-card/src/text/languages/dutch.ts";
import { english } from "../../../lovelace-card/src/text/languages/english.ts";
import { finnish } from "../../../lovelace-card/src/text/languages/finnish.ts";
import { french } from "../../../lovelace-card/src/text/languages/french.ts";
import { german } from "../../../lovelace-card/src/text/languages/german.ts";
import { italian } from "../../../lovelace-card/src/text/languages/italian.ts";
import { norwegian } from "../../../lovelace-card/src/text/languages/norwegian.ts";
import { polish } from "../../../lovelace-card/src/text/languages/polish.ts";
import { slovak } from "../../../lovelace-card/src/text/languages/slovak.ts";
import { spanish } from "../../../lovelace-card/src/text/languages/spanish.ts";
import { swedish } from "../../../lovelace-card/src/text/languages/swedish.ts";

const texts = {
  da: danish,
  de: german,
  en: english,
  es: spanish,
  fi: finnish,
  fr: french,
  it: italian,
  nl: dutch,
  nb: norwegian,
  pl: polish,
  sk: slovak,
  sv: swedish,
} as const satisfies Readonly<Record<HomeLanguage, object>>;

const situations = [
  "heating",
  "hot_water",
  "cooling",
  "defrost",
  "standby",
  "unknown",
  "offline",
] as const satisfies readonly Situation[];

/**
 * Makes the page quick to be there: its style is in it, the files that the page's script imports are loaded beside it instead
 * of after it, and `first-words.json` tells the server what the heat pump does in the page's languages, for a page that is read before any
 * script has run.
 */
export function firstPage(): Plugin {
  return {
    name: "first-page",
    generateBundle(_options, bundle) {
      const index = bundle["index.html"];
      if (index?.type !== "asset") this.error("index.html is not among the page's files");
      const style = bundle["style.css"];
      if (style?.type !== "asset") this.error("style.css is not among the page's files");
      const links = importedFirst(bundle).map((file) => `    <link rel="modulepreload" href="${file}">\n`);
      index.source = index.source
        .toString()
        .replace('<link rel="stylesheet" href="style.css">', () => `<style>${style.source}</style>`)
        .replace("    <script", `${links.join("")}    <script`);
      delete bundle["style.css"];
      this.emitFile({ type: "asset", fileName: "first-words.json", source: JSON.stringify(firstWords()) });
    },
  };
}

/** What the entry imports, and what that imports. */
function importedFirst(bundle: OutputBundle): readonly string[] {
  const chunks = Object.values(bundle).filter((file): file is OutputChunk => file.type === "chunk");
  const entry = chunks.find(({ isEntry, fileName }) => isEntry && fileName === "page.js");
  const found = new Set<string>();
  const waiting = [...(entry?.imports ?? [])];
  for (const file of waiting) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...(chunks.find(({ fileName }) => fileName === file)?.imports ?? []));
  }
  return [...found];
}

/** `{ "de": { "heating": "Heizen", ... }, ... }` */
function firstWords(): object {
  const wordsOf = (language: HomeLanguage) => situations.map((situation) => [situation, texts[language][situation]]);
  const languages = Object.keys(texts) as HomeLanguage[];
  return Object.fromEntries(languages.map((language) => [language, Object.fromEntries(wordsOf(language))]));
}
