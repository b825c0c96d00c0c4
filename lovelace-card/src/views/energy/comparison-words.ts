import type { ComparedFigure, OutdoorRange } from "@heatloop/core/house/compare-periods";
import { round } from "@heatloop/core/math/rounding";
import { fill } from "@heatloop/core/text/fill-text";
import { shareText } from "../../energy/energy-words.ts";
import type { Formats } from "../../home-assistant/formats.ts";
import type { DateRange } from "../../range/date-range.ts";
import { rangeTitle } from "../../range/date-range.ts";
import type { Texts } from "../../text/languages/english.ts";
import { type ComparisonShown, type FigureChange, figureOrder } from "./comparison.ts";

type Words = { readonly formats: Formats; readonly texts: Texts };

/** A figure of a comparison in words. */
export type ComparedLine = {
  readonly name: string;
  /** What became of it: more, less, no change, or why nobody knows. */
  readonly said: string;
  readonly notes: readonly string[];
  readonly isKnown: boolean;
};

/** How a figure is shown: kWh a day of W, a number a day, minutes, or a COP. */
type Style = { readonly factor: number; readonly decimals: number; readonly unit: string; readonly isDaily: boolean };
const energy: Style = { factor: 0.024, decimals: 1, unit: "\u00a0kWh", isDaily: true };
const count: Style = { factor: 1, decimals: 1, unit: "", isDaily: true };
const ratio: Style = { factor: 1, decimals: 2, unit: "", isDaily: false };
const styles: Readonly<Record<ComparedFigure, Style>> = {
  heating_electricity_w: energy,
  heating_w: energy,
  heating_cop: ratio,
  hot_water_cop: ratio,
  starts: count,
  short_runs: count,
  run_minutes: { factor: 1, decimals: 0, unit: "\u00a0min", isDaily: false },
};
const names: Readonly<Record<ComparedFigure, keyof Texts>> = {
  heating_electricity_w: "heating_electricity",
  heating_w: "heating_heat",
  heating_cop: "heating_cop",
  hot_water_cop: "hot_water_cop",
  starts: "starts",
  short_runs: "short_runs",
  run_minutes: "mean_run",
};

/** Every figure in words; empty where the periods can't be compared. */
export function comparedLines({ answer: { changes } }: ComparisonShown, words: Words): ComparedLine[] {
  if (changes === null) return [];
  return figureOrder.map((figure) => lineOf(figure, changes[figure], words));
}

function lineOf(figure: ComparedFigure, change: FigureChange | null, words: Words): ComparedLine {
  const { formats, texts } = words;
  const name = texts[names[figure]];
  if (change === null) return { name, said: texts.too_few_days, notes: [], isKnown: false };
  const { factor, decimals, unit, isDaily } = styles[figure];
  const number = (value: number) => formats.number(value * factor, decimals);
  const value = (of: number) => `${number(of)}${unit}`;
  const after = isDaily ? fill(texts.per_day, { value: value(change.after) }) : value(change.after);
  const shown = (of: number) => round(of * factor, decimals);
  const difference = signed(shown(change.after) - shown(change.before), decimals, formats);
  const uncertainty = value(change.uncertainty);
  return {
    name,
    said: saidOf(change, `${difference}${unit}`, words),
    notes: [
      // A line never ends at the sign.
      fill(texts.compare_values.replace(" ± ", "\u00a0±\u00a0"), {
        after,
        before: value(change.before),
        difference,
        uncertainty,
      }),
      fill(texts.compare_days, { after: change.days_after, before: change.days_before }),
    ],
    isKnown: true,
  };
}

/** As a share where there was something before, else by itself. */
function saidOf({ verdict, before, difference }: FigureChange, by: string, { formats, texts }: Words): string {
  if (verdict === "no_change") return texts.no_change;
  const share = before > 0 ? shareText(Math.abs(difference) / before, { formats }) : by.replace(/^[+-]/, "");
  return fill(verdict === "more" ? texts.compare_more : texts.compare_less, { share });
}

function signed(value: number, decimals: number, formats: Formats): string {
  return `${value > 0 ? "+" : ""}${formats.number(value, decimals)}`;
}

/** Why two periods can't be compared: a sentence, and the weather of both where it is known. */
export function incomparableTexts(
  { before, answer }: ComparisonShown,
  after: DateRange,
  { formats, texts, unit }: Words & { readonly unit: string },
): string[] {
  const period = (range: DateRange) => rangeTitle(range, formats);
  const weather = [
    { range: before, outdoor: answer.outdoor_before_c },
    { range: after, outdoor: answer.outdoor_after_c },
  ];
  const unknown = weather.filter(({ outdoor }) => outdoor === null);
  if (unknown.length > 0) return unknown.map(({ range }) => fill(texts.no_whole_day, { period: period(range) }));
  const outdoors = weather.map(({ range, outdoor }) => {
    const { from, to } = outdoor as OutdoorRange;
    const celsius = (value: number) => `${formats.number(unit === "°F" ? value * 1.8 + 32 : value, 0)}\u00a0${unit}`;
    return fill(texts.outdoors, { period: period(range), low: celsius(from), high: celsius(to) });
  });
  return [texts.not_comparable, ...outdoors];
}
