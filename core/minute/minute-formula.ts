import { formulaRatio } from "../energy/passes/row-formula.ts";
import { type HeatFormula, loggedCoefficient } from "../heat/heat-formula.ts";
import { heatFigures } from "./figures.ts";
import type { Minute } from "./minute.ts";

/** A minute with its heat by a formula, as `bringToFormula` makes it of columns; the same where it is that already. */
export function minuteByFormula(minute: Minute, formula: HeatFormula): Minute {
  const { figures, points } = minute;
  if (hasNoHeat(figures)) return minute;
  const [flowC, returnC] = [numberOf(points.flow_temperature), numberOf(points.return_temperature)];
  const was = figures.heat_coefficient_kwh_m3_k ?? Number.NaN;
  const ratio = formulaRatio(formula, was, numberOf(points.flow_rate), flowC, returnC);
  if (ratio === 1) return minute;
  const scaled = (wh: number | null) => wh && wh * ratio;
  const byFormula = Object.fromEntries(heatFigures.map((name) => [name, scaled(figures[name])]));
  const now = loggedCoefficient(formula, flowC, returnC);
  const coefficient = Number.isNaN(now) ? null : now;
  return { ...minute, figures: { ...figures, ...byFormula, heat_coefficient_kwh_m3_k: coefficient } };
}

function hasNoHeat(figures: Minute["figures"]): boolean {
  for (const name of heatFigures) if ((figures[name] ?? 0) !== 0) return false;
  return true;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}
