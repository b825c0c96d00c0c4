import { counterStepWh } from "./electricity.ts";
import { heatPowerW } from "./heat.ts";
import { type HeatFormula, usualHeatFormula } from "./heat-formula.ts";
import {
  noSigns,
  type OperationPoint,
  type OperationSigns,
  type OperationState,
  operationOf,
  operationPoints,
} from "./operation.ts";
import { holdS, type PointId } from "./points.ts";
import type { Reading } from "./reading.ts";

/** Power and COP of this moment; null where not known. */
export type PowerNow = {
  /** Into the water; negative in defrost and in cooling. */
  readonly heatW: number | null;
  /**
   * What an external meter tells, else the mean between the last two steps of the 0.1 kWh counter; null until the running
   * operation has shown two.
   */
  readonly electricityW: number | null;
  /** Heat over electricity, of this moment or between these two steps. */
  readonly cop: number | null;
};

export type PowerMeter = {
  take(reading: Reading): void;
  /** `meteredW`: the power that an external meter tells; null where none does. */
  now(at: number, meteredW?: number | null): PowerNow;
};

/** Below this only the electronics run, and a COP means nothing. */
const leastForCopW = 100;

type Step = { readonly at: number; readonly heatWh: number };
type Window = { readonly from: Step; readonly to: Step; readonly electricityWh: number };

const heatPointIds = ["flow_rate", "flow_temperature", "return_temperature"] as const;
type HeatPoint = (typeof heatPointIds)[number];
const heatPoints: ReadonlySet<PointId> = new Set(heatPointIds);
const signPoints: ReadonlySet<PointId> = new Set(operationPoints);

/** Follows the readings of one device; `formula`: that of the heat, as the settings have it now. */
export function startPowerMeter(formula: () => HeatFormula = () => usualHeatFormula): PowerMeter {
  let known = new Map<HeatPoint, { readonly value: number; readonly at: number }>();
  let signs: OperationSigns = noSigns;
  let operation: OperationState = "unknown";
  let heatWh = 0;
  let heatTo = 0;
  let counter: { readonly kwh: number; readonly at: number } | undefined;
  let step: Step | undefined;
  let window: Window | undefined;

  function heatAt(at: number): number | null {
    const [flow, flowC, returnC] = heatPointIds.map((point) => {
      const reading = known.get(point);
      return reading !== undefined && at - reading.at <= holdS(point) * 1000 ? reading.value : undefined;
    });
    if (flow === undefined || flowC === undefined || returnC === undefined) return null;
    return heatPowerW(formula(), flow, flowC, returnC);
  }

  function addHeat(at: number): void {
    heatWh += ((heatAt(at) ?? 0) * Math.max(0, at - heatTo)) / 3_600_000;
    heatTo = at;
  }

  function takeCounter(kwh: number, at: number): void {
    const before = counter;
    counter = { kwh, at };
    // The first state is no step: where between two steps it lies is not known.
    if (before === undefined) return;
    const wh = counterStepWh(before, counter, false);
    if (wh === 0) return;
    addHeat(at);
    const now = { at, heatWh };
    window = wh === null || step === undefined ? undefined : { from: step, to: now, electricityWh: wh };
    step = now;
  }

  /** Of heat that was gained, negative in cooling; null in operations in which it means nothing. */
  function copOf(gained: number, electricity: number): number | null {
    const delivered = operation === "cooling" ? -gained : gained;
    const hasCop = operation !== "defrost" && operation !== "standby" && operation !== "unknown";
    return hasCop && delivered > 0 ? Math.round((delivered / electricity) * 100) / 100 : null;
  }

  function restart(): void {
    step = undefined;
    window = undefined;
  }

  return {
    take({ point, value, at }) {
      if (point === "online") {
        if (value) return;
        known = new Map();
        signs = noSigns;
        operation = "unknown";
        counter = undefined;
        restart();
      } else if (heatPoints.has(point)) {
        addHeat(at);
        if (typeof value === "number") known.set(point as HeatPoint, { value, at });
        else known.delete(point as HeatPoint);
      } else if (signPoints.has(point)) {
        signs = { ...signs, [point as OperationPoint]: value };
        const next = operationOf(signs);
        if (next !== operation) restart();
        operation = next;
      } else if (point === "daily_electricity" && typeof value === "number") {
        takeCounter(value, at);
      }
    },
    now(at, meteredW = null) {
      const heatW = heatAt(at);
      if (meteredW !== null) {
        const cop = meteredW < leastForCopW || heatW === null ? null : copOf(heatW, meteredW);
        return { heatW, electricityW: Math.round(meteredW), cop };
      }
      // A step that is overdue says that less is used by now; how much is not known before it comes.
      const overdue = window !== undefined && at - window.to.at > 2 * (window.to.at - window.from.at);
      if (window === undefined || overdue || operation === "standby") return { heatW, electricityW: null, cop: null };
      const { from, to, electricityWh } = window;
      return {
        heatW,
        electricityW: Math.round((electricityWh * 3_600_000) / (to.at - from.at)),
        cop: copOf(to.heatWh - from.heatWh, electricityWh),
      };
    },
  };
}
