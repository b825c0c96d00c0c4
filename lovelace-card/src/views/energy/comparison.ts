import { type ComparedFigure, comparedFigures, type OutdoorRange } from "@heatloop/core/house/compare-periods";
import { askAddon } from "../../home-assistant/addon.ts";
import { heatloopId } from "../../home-assistant/find-entities.ts";
import type { DateRange } from "../../range/date-range.ts";
import type { ComparedRanges } from "./compared-ranges.ts";
import type { EnergyHouse } from "./energy-load.ts";

/** Of `GET api/devices/<id>/compare`, which ha-addon/src/web/reports/compare-routes.ts describes. */
export type ComparisonAnswer = {
  readonly outdoor_before_c: OutdoorRange | null;
  readonly outdoor_after_c: OutdoorRange | null;
  /** Null where the periods have no days of similar weather. */
  readonly changes: Readonly<Record<ComparedFigure, FigureChange | null>> | null;
};

/** A figure at the same weather; W, runs a day, minutes a run, or a COP. */
export type FigureChange = {
  readonly days_before: number;
  readonly days_after: number;
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  readonly uncertainty: number;
  readonly verdict: "no_change" | "more" | "less";
};

export type ComparisonShown = {
  readonly before: DateRange;
  readonly answer: ComparisonAnswer;
  /** What it would rather be compared with, of which nothing is known. */
  readonly unknown: readonly DateRange[];
};

/** What a person pays for and feels first. */
export const figureOrder: readonly ComparedFigure[] = [
  "heating_electricity_w",
  "heating_w",
  ...comparedFigures.filter((figure) => figure !== "heating_electricity_w" && figure !== "heating_w"),
];

/** Compares a range with the first of the ranges before of which something is known. Rejects with the app's reason. */
export async function loadComparison(
  { hass, heatPump, clock }: EnergyHouse,
  { after, befores }: ComparedRanges,
): Promise<ComparisonShown> {
  const device = encodeURIComponent(heatloopId(heatPump.device) ?? "");
  const unknown: DateRange[] = [];
  for (const before of befores) {
    const query = `before_from=${before.from}&before_to=${before.to}&after_from=${after.from}&after_to=${after.to}`;
    const asked = await askAddon<ComparisonAnswer>(hass, clock, `api/devices/${device}/compare?${query}`);
    if (asked.kind !== "answer") throw new Error(asked.kind === "refused" ? asked.reason : asked.kind);
    const isLast = before === befores.at(-1);
    const isUnknown = asked.value.changes === null && asked.value.outdoor_before_c === null;
    if (!isUnknown || isLast) return { before, answer: asked.value, unknown };
    unknown.push(before);
  }
  throw new Error("nothing to compare with");
}
