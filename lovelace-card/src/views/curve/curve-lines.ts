import { fill } from "@heatloop/core/text/fill-text";
import { situationColors } from "../../home-assistant/situation.ts";
import type { ViewInput } from "../../look/view.ts";
import type { CurveTexts } from "../../text/curve/english.ts";
import type { CurveAnswer, CurveZoneName, FlowPoint, SeenFlow } from "./curve-answer.ts";

/** A line or a cloud of points of the picture, with its name; the shapes can be told apart without their colours. */
export type CurveLine = {
  readonly name: string;
  readonly shape: "points" | "set" | "set_2" | "needed" | "suggested";
  readonly color: string;
  /** °C, in order of the outdoor temperature. */
  readonly points: readonly (FlowPoint & Partial<Pick<SeenFlow, "minutes">>)[];
};

const colors = {
  points: situationColors.heating,
  set: "var(--secondary-text-color)",
  set_2: "var(--secondary-text-color)",
  needed: "light-dark(#1b7f3b, #6ccb7f)",
  suggested: "light-dark(#123080, #78a5ff)",
} as const satisfies Readonly<Record<CurveLine["shape"], string>>;

const zones = [
  { zone: 1, name: "zone_1", shape: "set" },
  { zone: 2, name: "zone_2", shape: "set_2" },
] as const satisfies readonly { readonly name: CurveZoneName; readonly [key: string]: unknown }[];

/** What is known of the curve, in the order of the legend; what is not known is left out. */
export function curveLines(
  { used, curves, needed }: CurveAnswer,
  { texts, curveTexts }: Pick<ViewInput, "texts"> & { readonly curveTexts: CurveTexts },
): readonly CurveLine[] {
  const set = zones.filter(({ name }) => curves[name].length > 0);
  const nameOf = (zone: number) =>
    set.length > 1 ? `${curveTexts.in_use} · ${fill(texts.zone, { zone })}` : curveTexts.in_use;
  const lines: readonly Omit<CurveLine, "color">[] = [
    { name: curveTexts.used, shape: "points", points: used },
    ...set.map(({ zone, name, shape }) => ({ name: nameOf(zone), shape, points: curves[name] })),
    { name: curveTexts.needed, shape: "needed", points: needed?.points ?? [] },
    {
      name: curveTexts.suggested,
      shape: "suggested",
      points: needed === null ? [] : [needed.suggested.cold, needed.suggested.warm],
    },
  ];
  return lines.filter(({ points }) => points.length > 0).map((line) => ({ ...line, color: colors[line.shape] }));
}

/** The flow of a line at a whole °C outdoors; a suggested curve is a straight line between its two points. */
export function flowAt({ shape, points }: CurveLine, outdoorC: number): number | null {
  const [cold, warm] = points;
  if (shape !== "suggested" || cold === undefined || warm === undefined) {
    return points.find(({ outdoor_c }) => outdoor_c === outdoorC)?.flow_c ?? null;
  }
  if (outdoorC < cold.outdoor_c || outdoorC > warm.outdoor_c) return null;
  const share = (outdoorC - cold.outdoor_c) / (warm.outdoor_c - cold.outdoor_c);
  return cold.flow_c + share * (warm.flow_c - cold.flow_c);
}
