import type { Formats } from "./formats.ts";

const patterns = new Map<string, readonly Intl.NumberFormatPart[]>();

/** An amount such as `2,31 €`: the number as the profile wants it, the currency where the language puts it. */
export function money(amount: number, currency: string, formats: Formats): string {
  const number = formats.number(amount, 2);
  if (currency === "") return number;
  const key = `${formats.language} ${currency}`;
  const pattern = patterns.get(key) ?? patternOf(currency, formats.language);
  patterns.set(key, pattern);
  const at = pattern.findIndex(({ type }) => type === "integer");
  const rest = (parts: readonly Intl.NumberFormatPart[]) =>
    parts.filter(({ type }) => type === "currency" || type === "literal").map(({ value }) => value);
  return [...rest(pattern.slice(0, at)), number, ...rest(pattern.slice(at))].join("");
}

/** Something that is no currency code stands after the amount as it is. */
function patternOf(currency: string, language: string): readonly Intl.NumberFormatPart[] {
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency }).formatToParts(1);
  } catch {
    return [
      { type: "integer", value: "1" },
      { type: "literal", value: "\u00a0" },
      { type: "currency", value: currency },
    ];
  }
}
