import type { UsedFlow } from "../events/heating-flow.ts";
import { carnotCop, type UsePerformance } from "../events/performance.ts";
import { sum } from "../math/sums.ts";
import { excessForK, type LearnedEmitters } from "./emitters.ts";
import { type House, heatDemandW } from "./house.ts";

/** A flow temperature at an outdoor temperature, °C. */
export type FlowAt = { readonly outdoorC: number; readonly flowC: number };

/** A heating curve as a heat pump's controller is given it: a straight line between two points, and level beyond them. */
export type FlowLine = { readonly cold: FlowAt; readonly warm: FlowAt };

/** What a suggested curve would change, against the flow temperatures that were really used. */
export type FlowGain = {
  /** Flow that was used less flow that suffices, a mean by heat, K. */
  readonly lowerK: number;
  /** Of the electricity for heating, 0 to 1; null where too little electricity was measured. */
  readonly electricityShare: number | null;
  readonly verdict: "lower" | "fits" | "higher";
};

/** The flow temperatures that a house needs. */
export type NeededFlow = {
  /** At each whole °C outdoors, from the coldest to the base temperature. */
  readonly points: readonly FlowAt[];
  readonly suggested: FlowLine;
  /** Null where nothing was heated at these outdoor temperatures. */
  readonly gain: FlowGain | null;
};

/** Bounds of a heating flow, °C: the least of the firmware's own control at its start, and the most that the controller takes. */
export const leastFlowC = 25;
export const mostFlowC = 60;

/** Minutes from which on a used flow counts, and heat (Wh) from which on its electricity is known well enough. Chosen. */
const leastUsedMinutes = 60;
const leastMeasuredWh = 20_000;
/** Compressors of these heat pumps go down to about a third of their output; what was seen may be less. Chosen. */
const leastOutputShare = 1 / 3;
/** Sensors have steps of half a degree; less than this is no difference. Chosen. */
const leastDifferenceK = 1;

/**
 * The flow temperature that brings the house's need into its rooms at an outdoor temperature, °C, with the heat pump
 * running without a break: rooms + excess of the mean water + half of what the water cools down by on its way round.
 */
export function neededFlowC(heatW: number, emitters: LearnedEmitters): number {
  return emitters.roomC + excessForK(emitters, heatW) + heatW / emitters.waterWPerK / 2;
}

/**
 * What the house needs from `coldestC` outdoors on, and the lowest straight line of whole degrees that nowhere gives less.
 * `used` and `heating` are what was really heated with, and how well.
 */
export function neededFlow(of: {
  readonly house: House;
  readonly emitters: LearnedEmitters;
  readonly coldestC: number;
  readonly used: readonly UsedFlow[];
  readonly heating: Pick<UsePerformance, "carnotHeatWh" | "idealHeatWh">;
}): NeededFlow {
  const { house, emitters, used, heating } = of;
  const warmestC = Math.round(house.baseTemperatureC);
  const coldestC = Math.min(Math.floor(of.coldestC), warmestC - 1);
  const points = Array.from({ length: warmestC - coldestC + 1 }, (_, i) => {
    const outdoorC = coldestC + i;
    return { outdoorC, flowC: neededFlowC(heatDemandW(house, outdoorC), emitters) };
  });
  const suggested = lineAbove(points);
  return { points, suggested, gain: gainOf(suggested, { used, emitters, heating }) };
}

/** The flow of a curve at an outdoor temperature, °C. */
export function flowOfLine({ cold, warm }: FlowLine, outdoorC: number): number {
  const share = (outdoorC - cold.outdoorC) / (warm.outdoorC - cold.outdoorC);
  return cold.flowC + (warm.flowC - cold.flowC) * Math.min(1, Math.max(0, share));
}

/** From the coldest point, and at the warmest as high as it takes to be nowhere below, since what is needed bends upwards. */
function lineAbove(points: readonly FlowAt[]): FlowLine {
  const [coldest, warmest] = [points[0], points.at(-1)] as [FlowAt, FlowAt];
  const cold = { outdoorC: coldest.outdoorC, flowC: within(Math.ceil(coldest.flowC), leastFlowC, mostFlowC) };
  const rangeK = warmest.outdoorC - cold.outdoorC;
  const least = points
    .slice(1)
    .map(({ outdoorC, flowC }) => cold.flowC + ((flowC - cold.flowC) * rangeK) / (outdoorC - cold.outdoorC));
  const warmC = Math.ceil(Math.max(...least));
  return { cold, warm: { outdoorC: warmest.outdoorC, flowC: within(warmC, leastFlowC, cold.flowC) } };
}

/** Whether it heated at an outdoor temperature for long enough to say something about it. */
export function isUsedLong({ minutes, heatWh }: UsedFlow): boolean {
  return minutes >= leastUsedMinutes && heatWh > 0;
}

/**
 * Against what was used, at the same outdoor temperatures and the same share of Carnot. The compressor heats no less than
 * at its least output, so a flow below that of this output counts as no gain.
 */
function gainOf(
  suggested: FlowLine,
  { used, emitters, heating }: Pick<Parameters<typeof neededFlow>[0], "used" | "emitters" | "heating">,
): FlowGain | null {
  const outputW = ({ heatWh, minutes }: UsedFlow) => (heatWh / minutes) * 60;
  const counted = used.filter(isUsedLong);
  const heated = counted.filter(({ outdoorC }) => outdoorC <= suggested.warm.outdoorC);
  if (heated.length === 0) return null;
  const outputsW = counted.map(outputW);
  const leastC = neededFlowC(Math.min(...outputsW, Math.max(...outputsW) * leastOutputShare), emitters);
  const flows = heated.map((each) => ({
    ...each,
    sufficesC: Math.max(flowOfLine(suggested, each.outdoorC), Math.min(leastC, each.flowC)),
  }));
  const heatWh = sum(flows, (each) => each.heatWh);
  const lowerK = sum(flows, (each) => (each.flowC - each.sufficesC) * each.heatWh) / heatWh;
  const idealWh = (flowC: (each: (typeof flows)[number]) => number) =>
    sum(flows, (each) => each.heatWh / (carnotCop(flowC(each), each.outdoorC) ?? Number.POSITIVE_INFINITY));
  const usedWh = idealWh((each) => each.flowC);
  const isMeasured = heating.carnotHeatWh >= leastMeasuredWh && heating.idealHeatWh > 0 && usedWh > 0;
  return {
    lowerK,
    electricityShare: isMeasured ? 1 - idealWh((each) => each.sufficesC) / usedWh : null,
    verdict: lowerK >= leastDifferenceK ? "lower" : lowerK <= -leastDifferenceK ? "higher" : "fits",
  };
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
