import { columnOfDay, type DayColumns } from "./day-columns.ts";

/** Half a range that holds 95 of 100 normally distributed errors, in standard deviations. */
export const coverageFactor = 1.96;

/** Steps in which the heat pump tells its signals. */
const temperatureStepK = 0.5;
const flowStepLMin = 1;
/** Standard deviation of a value that may lie anywhere in a step of 1. */
const rounding = 1 / Math.sqrt(12);
/** Wh that 1 L/min carries in a second at 1 K: 4.18 kJ/(kg K), 1 kg/L. */
const whPerLMinKS = 4180 / 60 / 3600;

/** Standard deviations of a day's heat and cold that come of rounded signals, Wh, and the water that carried them. */
export type RoundingError = { readonly heatWh: number; readonly coolingWh: number; readonly waterL: number };

/** A signal, the step it stands on and since when: what one unit of it carries meanwhile, and the squares so far. */
type Stretch = { level: number; heat: number; cooling: number; heatSquares: number; coolingSquares: number };

/**
 * How far off the heat may be because flow is told in whole L/min and both temperatures in half °C. Each stretch in
 * which a signal stays on one step has one error of its rounding, uniform within the step; stretches are independent
 * of each other. The error of a stretch is its length times what one unit of the signal carries meanwhile.
 */
export function roundingError(day: DayColumns): RoundingError {
  const flow = columnOfDay(day, "flow_rate");
  const flowC = columnOfDay(day, "flow_temperature");
  const returnC = columnOfDay(day, "return_temperature");
  const covered = columnOfDay(day, "covered_s");
  const cooling = columnOfDay(day, "cooling_s");
  const [ofFlow, ofFlowC, ofReturnC] = [newStretch(), newStretch(), newStretch()];
  let waterL = 0;
  for (let row = 0; row < day.rows; row += 1) {
    const lMin = flow[row] as number;
    const warm = flowC[row] as number;
    const cold = returnC[row] as number;
    const coveredS = covered[row] as number;
    // Also where one of them is NaN.
    if (!(lMin * coveredS > 0) || Number.isNaN(warm - cold)) {
      end(ofFlow);
      end(ofFlowC);
      end(ofReturnC);
      continue;
    }
    const isCooling = (cooling[row] as number) > coveredS / 2;
    const perK = lMin * whPerLMinKS * coveredS;
    waterL += (lMin * coveredS) / 60;
    add(ofFlow, Math.round(lMin / flowStepLMin), (warm - cold) * whPerLMinKS * coveredS, isCooling);
    add(ofFlowC, Math.round(warm / temperatureStepK), perK, isCooling);
    add(ofReturnC, Math.round(cold / temperatureStepK), perK, isCooling);
  }
  end(ofFlow);
  end(ofFlowC);
  end(ofReturnC);
  const flowVariance = (rounding * flowStepLMin) ** 2;
  const temperatureVariance = (rounding * temperatureStepK) ** 2;
  return {
    heatWh: Math.sqrt(
      flowVariance * ofFlow.heatSquares + temperatureVariance * (ofFlowC.heatSquares + ofReturnC.heatSquares),
    ),
    coolingWh: Math.sqrt(
      flowVariance * ofFlow.coolingSquares + temperatureVariance * (ofFlowC.coolingSquares + ofReturnC.coolingSquares),
    ),
    waterL,
  };
}

function newStretch(): Stretch {
  return { level: 0, heat: 0, cooling: 0, heatSquares: 0, coolingSquares: 0 };
}

function add(stretch: Stretch, level: number, whPerUnit: number, isCooling: boolean): void {
  if (stretch.level !== level) {
    end(stretch);
    stretch.level = level;
  }
  if (isCooling) stretch.cooling += whPerUnit;
  else stretch.heat += whPerUnit;
}

function end(stretch: Stretch): void {
  stretch.heatSquares += stretch.heat * stretch.heat;
  stretch.coolingSquares += stretch.cooling * stretch.cooling;
  stretch.heat = 0;
  stretch.cooling = 0;
}
