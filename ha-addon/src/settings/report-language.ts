import { type ReportLanguage, reportLanguages } from "@heatloop/core/catalogue/report-languages";

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
