import { fill } from "@heatloop/core/text/fill-text";
import type { Mistake } from "@heatloop/program/mistakes";
import type { FormTexts } from "./texts/english.ts";

/** What is allowed where a mistake is, in the person's language; in the server's English where it is neither a number nor a text. */
export function allowedText(
  { allowed, size }: Pick<Mistake, "allowed" | "size">,
  texts: FormTexts,
  decimalSign: string,
): string {
  if (size === undefined) return allowed;
  const range = rangeText(size, decimalSign);
  if (size.kind !== "text") {
    const what = texts[`allowed_${size.kind}`];
    return range === "" ? what : `${what}, ${range}`;
  }
  if (size.low === 1 && size.high === undefined) return texts.allowed_not_empty;
  return range === "" ? texts.allowed_text : fill(texts.allowed_characters, { range });
}

/** `1 – 20`, `≥ 1`, `> 0`, `≤ 20`; empty without limits. */
function rangeText({ low, high, above }: NonNullable<Mistake["size"]>, decimalSign: string): string {
  const number = (value: number) => String(value).replace(".", decimalSign);
  if (low !== undefined && high !== undefined && above !== true) return `${number(low)} – ${number(high)}`;
  const least = low === undefined ? [] : [`${above === true ? ">" : "≥"} ${number(low)}`];
  const most = high === undefined ? [] : [`≤ ${number(high)}`];
  return [...least, ...most].join(", ");
}
