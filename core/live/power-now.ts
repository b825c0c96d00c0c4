import { holdS, type PointId } from "../catalogue/points.ts";
import type { Reading } from "../catalogue/reading.ts";
import { heatPowerW } from "../heat/heat.ts";
import { type HeatFormula, usualHeatFormula } from "../heat/heat-formula.ts";
import { dryAfter, dryHoldMs } from "./dry-running.ts";
import {
  noSigns,
  type OperationPoint,
  type OperationSigns,
  type OperationState,
  operationOf,
  operationPoints,
} from "./operation.ts";
import { countOn, type RunningTotal, runningTotal } from "./running-total.ts";

/** Power and COP of this moment; null where not known. */
export type PowerNow = {
  /** Into the water; negative in defrost and in cooling. */
  readonly heatW: number | null;
  /**
   * What an external meter tells, else the mean between the last two steps of the 0.1 kWh counter; null until the running
   * operation has shown two.
   */
  readonly electricityW: number | null;
  /**
   * Heat over electricity, of this moment or between these two steps; null while the immersion heater is on, whose heat
   * passes no flow sensor.
   */
  readonly cop: number | null;
};

export type PowerMeter = {
  take(reading: Reading): void;
  /** `meteredW`: the power that an external meter tells; null where none does. */
  now(at: number, meteredW?: number | null): PowerNow;
};

/** A COP needs the heat of so much of its time. */
const leastSeenShare = 0.9;
/** Below this only the electronics run, and a COP means nothing. */
const leastForCopW = 100;

/** `blindMs`: for how long heat was not known until then. */
type Step = { readonly at: number; readonly heatWh: number; readonly blindMs: number };
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
  let blindMs = 0;
  let dryFrom = Number.POSITIVE_INFINITY;
  let counter: RunningTotal | undefined;
  let step: Step | undefined;
  let window: Window | undefined;

  function heatAt(at: number): number | null {
    const [flow, flowC, returnC] = heatPointIds.map((point) => {
      const reading = known.get(point);
      return reading !== undefined && at - reading.at <= holdS(point) * 1000 ? reading.value : undefined;
    });
    if (flow === undefined || flowC === undefined || returnC === undefined || at >= dryFrom + dryHoldMs) return null;
    return heatPowerW(formula(), flow, flowC, returnC);
  }

  function updateDry(at: number): void {
    dryFrom = dryAfter(dryFrom, signs.compressor, known.get("flow_rate")?.value ?? Number.NaN, at);
  }

  function addHeat(at: number): void {
    const watts = heatAt(at);
    const ms = Math.max(0, at - heatTo);
    if (watts === null) blindMs += ms;
    else heatWh += (watts * ms) / 3_600_000;
    heatTo = at;
  }

  function takeCounter(kwh: number, at: number): void {
    if (counter === undefined) {
      // The first state is no step: where between two steps it lies is not known.
      counter = runningTotal({ kwh, at });
      return;
    }
    const { wh, total } = countOn(counter, { kwh, at });
    counter = total;
    if (wh === 0) return;
    addHeat(at);
    const now = { at, heatWh, blindMs };
    window = wh === null || step === undefined ? undefined : { from: step, to: now, electricityWh: wh };
    step = now;
  }

  /** Of heat that was gained, negative in cooling; null in operations in which it means nothing. */
  function copOf(gained: number, electricity: number): number | null {
    if (isImmersed()) return null;
    const delivered = operation === "cooling" ? -gained : gained;
    const hasCop = operation !== "defrost" && operation !== "standby" && operation !== "unknown";
    return hasCop && delivered > 0 ? Math.round((delivered / electricity) * 100) / 100 : null;
  }

  function isSeen(from: Step, to: Step): boolean {
    return to.blindMs - from.blindMs <= (1 - leastSeenShare) * (to.at - from.at);
  }

  function isImmersed(): boolean {
    return signs.immersion_heater === true;
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
        updateDry(at);
      } else if (signPoints.has(point)) {
        const wasImmersed = isImmersed();
        signs = { ...signs, [point as OperationPoint]: value };
        updateDry(at);
        const next = operationOf(signs);
        if (next !== operation || isImmersed() !== wasImmersed) restart();
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
        cop: isSeen(from, to) ? copOf(to.heatWh - from.heatWh, electricityWh) : null,
      };
    },
  };
}
