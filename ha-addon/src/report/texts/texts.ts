import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { ReportUnit } from "@heatloop/core/time/report-unit";
import { dutch } from "./dutch.ts";
import { english } from "./english.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { polish } from "./polish.ts";
import type { ReportTexts } from "./report-texts.ts";

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

export function perUnit(texts: ReportTexts, unit: ReportUnit): string {
  const key = { day: "perDay", week: "perWeek", month: "perMonth", season: "perSeason", year: "perYear" } as const;
  return texts[key[unit]];
}
