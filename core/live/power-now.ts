import { holdS, type PointId } from "../catalogue/points.ts";
import type { Reading, Value } from "../catalogue/reading.ts";
import { heatPowerW } from "../heat/heat.ts";
import { type HeatFormula, usualHeatFormula } from "../heat/heat-formula.ts";
import { hourMs } from "../time/durations.ts";
import { type CounterStep, isOverdue, isSeen, type StepPair } from "./counter-steps.ts";
import { dryHoldMs } from "./dry-running.ts";
import type { OperationPoint } from "./operation.ts";
import {
  clearSigns,
  isOperationPoint,
  newOperationTracker,
  type OperationTracker,
  takeSign,
  updateDryRunning,
} from "./operation-tracker.ts";
import { countOn, type RunningTotal, runningTotal } from "./running-total.ts";

/** Power and COP of this moment; null where not known. */
export type PowerNow = {
  /** Into the water; negative in defrost and in cooling. */
  readonly heatW: number | null;
  /**
   * The power that an external meter reports, else the mean between the last two steps of the 0.1 kWh counter; null
   * until there were two in the running operation.
   */
  readonly electricityW: number | null;
  /**
   * Heat over electricity, of this moment or between these two steps; null while the immersion heater is on, whose heat
   * does not pass the flow sensor.
   */
  readonly cop: number | null;
};

export type PowerMeter = {
  /** Takes a trusted reading. */
  take(reading: Reading): void;
  /** `meteredW`: the power that an external meter reports; null where none does. */
  now(at: number, meteredW?: number | null): PowerNow;
};

/** Below this only the electronics run, and a COP means nothing. */
const leastForCopW = 100;
const heatPointIds = ["flow_rate", "flow_temperature", "return_temperature"] as const;
type HeatPoint = (typeof heatPointIds)[number];
const heatPoints: ReadonlySet<PointId> = new Set(heatPointIds);

type PowerState = {
  readonly formula: () => HeatFormula;
  readonly tracker: OperationTracker;
  readonly known: Map<HeatPoint, { readonly value: number; readonly at: number }>;
  heatWh: number;
  unseenMs: number;
  /** Until when heat and unseen time are summed up. */
  summedTo: number;
  counter: RunningTotal | undefined;
  lastStep: CounterStep | undefined;
  stepPair: StepPair | undefined;
};

/** Follows the readings of one device; `formula`: that of the heat, as the settings have it now. */
export function startPowerMeter(formula: () => HeatFormula = () => usualHeatFormula): PowerMeter {
  const state: PowerState = {
    formula,
    tracker: newOperationTracker(),
    known: new Map(),
    heatWh: 0,
    unseenMs: 0,
    summedTo: 0,
    counter: undefined,
    lastStep: undefined,
    stepPair: undefined,
  };
  return {
    take: (reading) => takeReading(state, reading),
    now: (at, meteredW = null) => (meteredW === null ? countedNow(state, at) : meteredNow(state, at, meteredW)),
  };
}

function takeReading(state: PowerState, { point, value, at }: Reading): void {
  if (point === "online") {
    if (!value) goOffline(state);
  } else if (isHeatPoint(point)) {
    addHeat(state, at);
    if (typeof value === "number") state.known.set(point, { value, at });
    else state.known.delete(point);
    updateDry(state, at);
  } else if (isOperationPoint(point)) {
    takeOperation(state, point, value, at);
  } else if (point === "daily_electricity" && typeof value === "number") {
    takeCounter(state, value, at);
  }
}

function isHeatPoint(point: PointId): point is HeatPoint {
  return heatPoints.has(point);
}

function goOffline(state: PowerState): void {
  state.known.clear();
  clearSigns(state.tracker);
  state.counter = undefined;
  dropSteps(state);
}

/** Steps of another operation, or of another use of the immersion heater, are not comparable with the current one. */
function takeOperation(state: PowerState, point: OperationPoint, value: Value, at: number): void {
  const { tracker } = state;
  const { operation } = tracker;
  const wasImmersed = isImmersed(tracker);
  takeSign(tracker, point, value);
  updateDry(state, at);
  if (tracker.operation !== operation || isImmersed(tracker) !== wasImmersed) dropSteps(state);
}

function takeCounter(state: PowerState, kwh: number, at: number): void {
  const { counter, lastStep } = state;
  if (counter === undefined) {
    // The first state is no step: where between two steps it lies is not known.
    state.counter = runningTotal({ kwh, at });
    return;
  }
  const { wh, total } = countOn(counter, { kwh, at });
  state.counter = total;
  if (wh === 0) return;
  addHeat(state, at);
  const step = { at, heatWh: state.heatWh, unseenMs: state.unseenMs };
  state.stepPair = wh === null || lastStep === undefined ? undefined : { from: lastStep, to: step, electricityWh: wh };
  state.lastStep = step;
}

function dropSteps(state: PowerState): void {
  state.lastStep = undefined;
  state.stepPair = undefined;
}

function heatAt({ known, tracker, formula }: PowerState, at: number): number | null {
  const [flowLMin, flowC, returnC] = heatPointIds.map((point) => {
    const reading = known.get(point);
    return reading !== undefined && at - reading.at <= holdS(point) * 1000 ? reading.value : undefined;
  });
  const isDry = at >= tracker.dryFrom + dryHoldMs;
  if (flowLMin === undefined || flowC === undefined || returnC === undefined || isDry) return null;
  return heatPowerW(formula(), flowLMin, flowC, returnC);
}

function updateDry({ tracker, known }: PowerState, at: number): void {
  updateDryRunning(tracker, known.get("flow_rate")?.value ?? Number.NaN, at);
}

function addHeat(state: PowerState, at: number): void {
  const heatW = heatAt(state, at);
  const ms = Math.max(0, at - state.summedTo);
  if (heatW === null) state.unseenMs += ms;
  else state.heatWh += (heatW * ms) / hourMs;
  state.summedTo = at;
}

function meteredNow(state: PowerState, at: number, meteredW: number): PowerNow {
  const heatW = heatAt(state, at);
  const cop = meteredW < leastForCopW || heatW === null ? null : copOf(state.tracker, heatW, meteredW);
  return { heatW, electricityW: Math.round(meteredW), cop };
}

function countedNow(state: PowerState, at: number): PowerNow {
  const { stepPair, tracker } = state;
  const heatW = heatAt(state, at);
  if (stepPair === undefined || isOverdue(stepPair, at) || tracker.operation === "standby") {
    return { heatW, electricityW: null, cop: null };
  }
  const { from, to, electricityWh } = stepPair;
  return {
    heatW,
    electricityW: Math.round((electricityWh * hourMs) / (to.at - from.at)),
    cop: isSeen(stepPair) ? copOf(tracker, to.heatWh - from.heatWh, electricityWh) : null,
  };
}

/** Of heat that was gained, negative in cooling; null in operations in which a COP means nothing. */
function copOf(tracker: OperationTracker, gained: number, electricity: number): number | null {
  const { operation } = tracker;
  if (isImmersed(tracker)) return null;
  const delivered = operation === "cooling" ? -gained : gained;
  const hasCop = operation !== "defrost" && operation !== "standby" && operation !== "unknown";
  return hasCop && delivered > 0 ? Math.round((delivered / electricity) * 100) / 100 : null;
}

function isImmersed({ signs }: OperationTracker): boolean {
  return signs.immersion_heater === true;
}
