import { fill } from "@heatloop/core/text/fill-text";
import { temperatureText } from "../../look/temperature-text.ts";
import type { ViewInput } from "../../look/view.ts";
import type { CurveTexts } from "../../text/curve/english.ts";
import type { CurveAnswer, CurveGain } from "./curve-answer.ts";

type Words = Pick<ViewInput, "hass" | "formats"> & { readonly curveTexts: CurveTexts };
type Needed = NonNullable<CurveAnswer["needed"]>;

/** Less of the electricity than this is not worth a word. Chosen. */
const leastShare = 0.005;

/** What to do, a sentence each: how the flow is, the curve to set, and how to go there. */
export function adviceOf({ needed, why_unknown: why }: CurveAnswer, words: Words): readonly string[] {
  const { curveTexts } = words;
  if (needed === null) return [curveTexts[why ?? "too_few_days"]];
  const { gain } = needed;
  return [
    ...(gain === null ? [] : [gainText(gain, words)]),
    suggestionText(needed, words),
    ...(gain?.verdict === "lower" ? [curveTexts.carefully] : []),
  ];
}

function gainText({ verdict, lower_k: lowerK, electricity_share: share }: CurveGain, words: Words): string {
  const { formats, curveTexts, hass } = words;
  const isFahrenheit = hass.config.unit_system.temperature === "°F";
  const difference = `${formats.number(Math.abs(lowerK) * (isFahrenheit ? 1.8 : 1), 1)}\u00a0${isFahrenheit ? "°F" : "K"}`;
  const isWorthIt = verdict === "lower" && share !== null && share >= leastShare;
  const shareText = `${formats.number((share ?? 0) * 100, 0)}\u00a0%`;
  return fill(curveTexts[isWorthIt ? "lower_share" : verdict], { difference, share: shareText });
}

function suggestionText({ suggested: { cold, warm } }: Needed, words: Words): string {
  const text = (celsius: number) => temperatureText(celsius, 0, words);
  return fill(words.curveTexts.advice, {
    coldFlow: text(cold.flow_c),
    cold: text(cold.outdoor_c),
    warmFlow: text(warm.flow_c),
    warm: text(warm.outdoor_c),
  });
}

/** What it rests on that was not measured; undefined where everything was. */
export function assumptionText({ needed, assumptions }: CurveAnswer, words: Words): string | undefined {
  if (needed === null || assumptions.length === 0) return undefined;
  const room = temperatureText(needed.room_c, 1, words);
  const list = assumptions.map((assumption) => fill(words.curveTexts[assumption], { room }));
  return fill(words.curveTexts.assumed, { list: list.join("; ") });
}
