import type { ReportUnit } from "@heatloop/core/report-unit";
import { dutch } from "./report-texts/dutch.ts";
import { english } from "./report-texts/english.ts";
import { french } from "./report-texts/french.ts";
import { german } from "./report-texts/german.ts";
import { italian } from "./report-texts/italian.ts";
import { polish } from "./report-texts/polish.ts";

/** Every text of a report; a language without one of them does not compile. */
export type ReportTexts = Readonly<Record<keyof typeof english, string>>;

/** The languages of reports, by their ISO 639-1 codes. */
export const reportLanguages = ["en", "de", "it", "fr", "nl", "pl"] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

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

/**
 * The language that a reader wants most, of an `Accept-Language` header (RFC 9110, 12.5.4) such as `de-CH, fr;q=0.8`;
 * English where none of them is there. A region counts as its language; `q=0` means not that one.
 */
export function languageOf(accept: string | undefined): ReportLanguage {
  const wishes = (accept ?? "").split(",").flatMap((entry) => {
    const [range = "", ...parameters] = entry.split(";").map((text) => text.trim());
    const q = parameters.find((text) => /^q=/i.test(text));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    const code = range.split("-", 1)[0]?.toLowerCase();
    const language = reportLanguages.find((each) => each === code);
    return language !== undefined && weight > 0 ? [{ language, weight }] : [];
  });
  return wishes.reduce((best, wish) => (wish.weight > best.weight ? wish : best), {
    language: "en" as ReportLanguage,
    weight: 0,
  }).language;
}
