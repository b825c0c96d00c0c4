import type { Part } from "@heatloop/core/energy/day-energy";
import { fill } from "@heatloop/core/text/fill-text";
import type { Formats } from "../home-assistant/formats.ts";
import { money } from "../home-assistant/money.ts";
import { situationColors } from "../home-assistant/situation.ts";
import { dateText } from "../range/date-range.ts";
import type { Texts } from "../text/languages/english.ts";
import { type AppSilence, type EnergyBar, type FiguresFrom, hasGaps, type Side } from "./energy-bars.ts";

export type Words = { readonly formats: Formats; readonly texts: Texts; readonly currency: string };

export const none = "–";

/** Below it a use is not worth a column of the table, nor an estimate a word, kWh. */
export const leastKwh = 0.05;

/** `8.4 kWh`. */
export function kwhText(kwh: number | null | undefined, { formats }: Pick<Words, "formats">): string {
  return kwh === null || kwh === undefined ? none : `${formats.number(kwh, kwh < 100 ? 1 : 0)} kWh`;
}

/** What was measured; where nothing was, the estimate. */
export function sideText(side: Side | null, words: Pick<Words, "formats">): string {
  return kwhText(side && (isEstimate(side) ? side.missingKwh : side.kwh), words);
}

/** How the figure of a side is to be read: an estimate, or what is estimated beside it, or its range. */
export function sideNote(side: Side | null, words: Pick<Words, "formats" | "texts">): string | undefined {
  if (side === null) return undefined;
  if (isEstimate(side)) return words.texts.estimated;
  if (side.missingKwh <= leastKwh) return rangeText(side, words);
  return `+ ${kwhText(side.missingKwh, words)} ${words.texts.estimated}`;
}

/** Whether nothing of it was measured. */
export function isEstimate({ parts }: Side): boolean {
  return Object.keys(parts).length === 0;
}

/** `8.0 – 8.9`, kWh; undefined where no range is known or it is nothing. */
export function rangeText(side: Side | null, { formats }: Pick<Words, "formats">): string | undefined {
  if (side?.range === null || side === null) return undefined;
  const { low, high } = side.range;
  const decimals = high < 100 ? 1 : 0;
  const [from, to] = [formats.number(low, decimals), formats.number(high, decimals)];
  return from === to ? undefined : `${from} – ${to}`;
}

/** A COP with two decimals, as everywhere; a dash where it is not known. */
export function copText(cop: number | null, { formats }: Pick<Words, "formats">): string {
  return cop === null ? none : formats.number(cop, 2);
}

/** An amount of money in the person's currency; a dash where it is not known. */
export function costText(cost: number | null, { currency, formats }: Pick<Words, "currency" | "formats">): string {
  return cost === null ? none : money(cost, currency, formats);
}

/** What a cost is called: that of the known part says so. */
export function costName({ isCostPart }: Pick<EnergyBar, "isCostPart">, texts: Texts): string {
  return isCostPart ? texts.known_cost : texts.cost;
}

/** How much of the time was seen, `96 %`. */
export function percentText({ coverage }: EnergyBar, { formats }: Pick<Words, "formats">): string {
  // 98.9 % is not 99 %, which would be all.
  return coverage === null ? none : `${formats.number(Math.floor(coverage * 100), 0)}\u00a0%`;
}

/** `since 29 Oct` where the record begins within the time, with how much was seen since then if that is not all. */
export function coverageText(bar: EnergyBar, words: Pick<Words, "formats" | "texts">): string {
  if (bar.since === null) return percentText(bar, words);
  const date = dateText(bar.since, { day: "numeric", month: "short" }, words.formats.language);
  const since = fill(words.texts.since, { date });
  return hasGaps(bar) ? `${percentText(bar, words)} ${since}` : since;
}

/** Whose figures they are, where they are not the exact ones that the app has now; `now` in ms since the epoch. */
export function fromText(from: FiguresFrom, words: Pick<Words, "formats" | "texts">, now: number): string {
  const { formats, texts } = words;
  switch (from.kind) {
    case "app":
    case "statistics":
      return "";
    case "statistics_meanwhile":
      return texts.exact_pending;
    case "app_earlier":
      return `${silenceText(from.why, texts)} ${fill(texts.figures_of, { time: formats.moment(from.at, now) })}`;
    case "statistics_instead":
      return `${silenceText(from.why, texts)} ${texts.statistics_instead}`;
  }
}

function silenceText(why: AppSilence, texts: Texts): string {
  return why.kind === "stopped" ? texts.app_stopped : fill(texts.app_refused, { reason: why.reason });
}

/** `78 %`. */
export function shareText(share: number, { formats }: Pick<Words, "formats">): string {
  return `${formats.number(share * 100, 0)}\u00a0%`;
}

/** What a part of a side is called. */
export function partName(side: "heat" | "electricity", part: Part | "all", texts: Texts): string {
  return part === "all" ? texts[side] : `${texts[side]}: ${texts[part]}`;
}

/** The colour of a use, the same on both sides; of a side whose uses are not known its own. */
export function partColor(side: "heat" | "electricity", part: Part | "all"): string {
  return part === "all" ? allColors[side] : situationColors[part];
}

const allColors = {
  electricity: "var(--energy-grid-consumption-color, #488fc2)",
  heat: situationColors.heating,
} as const;
