import type { HeatFormula } from "./heat-formula.ts";
import type { Minute } from "./minute.ts";
import { formulaRatio } from "./row-formula.ts";

const heatFigures = ["heat_wh", "cooling_wh", "heating_wh", "hot_water_wh", "defrost_wh", "standby_wh"] as const;

/** A minute with its heat by a formula, as `bringToFormula` makes it of columns; the same where it is that already. */
export function minuteByFormula(minute: Minute, formula: HeatFormula): Minute {
  const { figures, points } = minute;
  if (heatFigures.every((name) => (figures[name] ?? 0) === 0)) return minute;
  const ratio = formulaRatio(
    formula,
    figures.heat_coefficient_kwh_m3_k ?? Number.NaN,
    numberOf(points.flow_rate),
    numberOf(points.flow_temperature),
    numberOf(points.return_temperature),
  );
  if (ratio === 1) return minute;
  const scaled = (wh: number | null) => wh && wh * ratio;
  const byFormula = Object.fromEntries(heatFigures.map((name) => [name, scaled(figures[name])]));
  return { ...minute, figures: { ...figures, ...byFormula } };
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}
