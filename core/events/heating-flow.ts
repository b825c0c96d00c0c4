import { isCovered, numberIn, ranSteadily, rowsOfDay, type SeenMinute, type Timeline } from "../energy/timeline.ts";
import { sum } from "../math/sums.ts";
import { wholeMinuteS } from "../minute/figures.ts";
import { type CurvePoint, curveZones, pointsByOutdoor } from "./flow-curve.ts";

/** Mean flow temperature while it heated at a whole °C outdoors, the minutes behind it, and the heat of these, Wh. */
export type UsedFlow = CurvePoint & { readonly heatWh: number };

/**
 * Means of the minutes in which water had gone round the rooms for long, so that these got what was put into the water:
 * W, °C, and K from return to flow. `roomC` is null where no thermostat was known.
 */
export type SteadyHeating = {
  readonly minutes: number;
  readonly heatW: number;
  readonly waterC: number;
  readonly flowOverReturnK: number;
  readonly roomC: number | null;
};

/** The heating water of a day: the flow temperatures that it heated with, and what the rooms took at which. */
export type DayHeatingFlow = {
  /** In order of the outdoor temperature. */
  readonly used: readonly UsedFlow[];
  /** Null where water never went round for long. */
  readonly steady: SteadyHeating | null;
};

/** After so long, water, pipes and radiators are warm, and what is put in comes out, starts and stops included. Chosen. */
const warmUpMinutes = 60;
/** A thermostat that shows anything else is in no heated room. Chosen. */
const coldestRoomC = 10;
const warmestRoomC = 30;

const roomPoints = curveZones.map(
  (zone) => ({ source: `room_source_${zone}`, fed: `room_feedback_${zone}`, own: `${zone}_room_temperature` }) as const,
);

/** The heating water of a local day, without hot water. */
export function heatingFlowOf(timeline: Timeline): DayHeatingFlow {
  const today = rowsOfDay(timeline);
  return { used: usedFlows(today.flatMap(usedFlowIn)), steady: steadyHeatingOf(steadyMinutes(today)) };
}

/** Puts together what is of the same whole °C outdoors, in its order. */
export function usedFlows(of: readonly UsedFlow[]): UsedFlow[] {
  return pointsByOutdoor(of, (point, same) => ({ ...point, heatWh: sum(same, ({ heatWh }) => heatWh) }));
}

/** Nothing of a minute that was not heating throughout: a flow that defrosts or warms up is no set-point's. */
function usedFlowIn(minute: SeenMinute): UsedFlow[] {
  const { heating_s: heatingS, heat_wh: heatWh } = minute.figures;
  if ((heatingS ?? 0) < wholeMinuteS || heatWh === null || !ranSteadily(minute) || !isCovered(minute)) return [];
  const [outdoorC, flowC] = [numberIn(minute, "outdoor_temperature"), numberIn(minute, "flow_temperature")];
  if (outdoorC === null || flowC === null) return [];
  return [{ outdoorC: Math.round(outdoorC), flowC, minutes: 1, heatWh }];
}

type SteadyMinute = Omit<SteadyHeating, "minutes">;

function steadyMinutes(minutes: readonly SeenMinute[]): SteadyMinute[] {
  const steady: SteadyMinute[] = [];
  let wentRound = 0;
  for (const minute of minutes) {
    wentRound = goesRound(minute) ? wentRound + 1 : 0;
    const seen = wentRound > warmUpMinutes ? circulationIn(minute) : null;
    if (seen !== null) steady.push(seen);
  }
  return steady;
}

/** Whether water went round the rooms, heated or not, in a minute whose heat is known. */
function goesRound(minute: SeenMinute): boolean {
  const { heat_wh: heatWh, hot_water_s: hotWaterS, cooling_s: coolingS } = minute.figures;
  if (heatWh === null || (hotWaterS ?? 0) + (coolingS ?? 0) !== 0 || !isCovered(minute)) return false;
  if (numberIn(minute, "flow_temperature") === null || numberIn(minute, "return_temperature") === null) return false;
  return (numberIn(minute, "flow_rate") ?? 0) > 0;
}

/** What a minute in which it did says; defrosts take their heat back. */
function circulationIn(minute: SeenMinute): SteadyMinute | null {
  const { heat_wh: heatWh } = minute.figures;
  const [flowC, returnC] = [numberIn(minute, "flow_temperature"), numberIn(minute, "return_temperature")];
  if (heatWh === null || flowC === null || returnC === null) return null;
  return { heatW: heatWh * 60, waterC: (flowC + returnC) / 2, flowOverReturnK: flowC - returnC, roomC: roomIn(minute) };
}

/** What the zones are controlled by, their mean; what was fed to the firmware stays there for ever where it is not used. */
function roomIn(minute: SeenMinute): number | null {
  const rooms: number[] = [];
  for (const { source, fed, own } of roomPoints) {
    const roomC = numberIn(minute, minute.points[source] === "home_assistant" ? fed : own);
    if (roomC !== null && roomC >= coldestRoomC && roomC <= warmestRoomC) rooms.push(roomC);
  }
  return meanOf(rooms);
}

function steadyHeatingOf(minutes: readonly SteadyMinute[]): SteadyHeating | null {
  if (minutes.length === 0) return null;
  const mean = (figure: Exclude<keyof SteadyMinute, "roomC">) => sum(minutes, (each) => each[figure]) / minutes.length;
  return {
    minutes: minutes.length,
    heatW: mean("heatW"),
    waterC: mean("waterC"),
    flowOverReturnK: mean("flowOverReturnK"),
    roomC: meanOf(minutes.flatMap(({ roomC }) => roomC ?? [])),
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values, (value) => value) / values.length;
}
