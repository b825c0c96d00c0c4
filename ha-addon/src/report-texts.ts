import type { ReportUnit } from "@heatloop/core/report-unit";
import type { ReportLanguage } from "./report-language.ts";
import { dutch } from "./report-texts/dutch.ts";
import { english } from "./report-texts/english.ts";
import { french } from "./report-texts/french.ts";
import { german } from "./report-texts/german.ts";
import { italian } from "./report-texts/italian.ts";
import { polish } from "./report-texts/polish.ts";

/** Every text of a report; a language without one of them does not compile. */
export type ReportTexts = Readonly<Record<keyof typeof english, string>>;

const texts: Readonly<Record<ReportLanguage, ReportTexts>> = {
  en: english,
  de: german,
  it: italian,
  fr: french,
  nl: dutch,
  pl: polish,
};

export function reportTexts(language: ReportLanguage): ReportTexts {
  return texts[language];
}

/** A text with its `{...}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

export function perUnit(texts: ReportTexts, unit: ReportUnit): string {
  const key = { day: "perDay", week: "perWeek", month: "perMonth", season: "perSeason", year: "perYear" } as const;
  return texts[key[unit]];
}
