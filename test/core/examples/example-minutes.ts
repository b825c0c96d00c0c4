import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { loggedCoefficient, usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import type { Operation } from "@heatloop/core/live/operation";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";

type Figures = Partial<Record<Figure, number | null>>;
type Points = Partial<Record<PointId, Value>>;

/** A minute of which nothing is known but what is given. */
export function minuteOf(at: number, known: Figures = {}, points: Points = {}): Minute {
  return {
    at,
    figures: {
      ...(Object.fromEntries(figures.map((figure) => [figure, null])) as Record<Figure, null>),
      covered_s: 0,
      ...known,
    },
    points: { ...Object.fromEntries(loggedPoints.map((id) => [id, null])), ...points },
  };
}

/** A minute that was one operation throughout; its heat is by today's formula. */
export function wholeMinute(
  at: number,
  operation: Operation,
  energy: { readonly heatWh: number; readonly electricityWh: number | null; readonly hz?: number },
  points: Points = {},
): Minute {
  const parts: Figures = {};
  for (const each of ["heating", "hot_water", "cooling", "defrost", "standby"] as const) {
    parts[`${each}_wh`] = each === operation ? energy.heatWh : 0;
    parts[`${each}_s`] = each === operation ? 60 : 0;
  }
  const running = operation === "standby" ? 0 : 60;
  return minuteOf(
    at,
    {
      ...parts,
      covered_s: 60,
      heat_wh: operation === "cooling" ? 0 : energy.heatWh,
      electricity_wh: energy.electricityWh,
      starts: 0,
      defrosts: 0,
      heat_coefficient_kwh_m3_k: coefficientOf(points),
    },
    { compressor: running, compressor_frequency: energy.hz ?? (running === 0 ? 0 : 40), ...points },
  );
}

function coefficientOf({ flow_temperature: flowC, return_temperature: returnC }: Points): number | null {
  const isKnown = typeof flowC === "number" && typeof returnC === "number";
  return isKnown ? loggedCoefficient(usualHeatFormula, flowC, returnC) : null;
}
