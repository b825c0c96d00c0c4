import type { PointId } from "@heatloop/core/catalogue/points";
import { availabilityTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { energyPoints } from "@heatloop/core/energy/day-columns";
import { operationPoints } from "@heatloop/core/live/operation";
import { type CounterState, type RunningTotal, runningTotal } from "@heatloop/core/live/running-total";
import type { Transition } from "@heatloop/core/live/transition";
import { countDaily } from "@heatloop/core/minute/daily-counter";
import { type MeterUnit, meterKind, noMeterFigures, startMeterLog } from "@heatloop/core/minute/external-meter";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { type Device, startDevice } from "@heatloop/ha-addon/device/device";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { type Simulation, startSimulation } from "@heatloop/simulator/simulation";

export const prefix = "ecodan-heatpump";

/** What hinders the program for a minute. */
export type Hindrance = {
  readonly programOff?: boolean;
  /** Neither side reaches the broker. */
  readonly brokerAway?: boolean;
  /** Points that are not published. */
  readonly silent?: ReadonlySet<PointId>;
  /** Points that go on publishing their last payload. */
  readonly stuck?: ReadonlySet<PointId>;
};

/** An external meter beside the heat pump: what it reports at a time, null while away, undefined for nothing new. */
export type WatchedMeter = {
  readonly unit: MeterUnit;
  read(simulation: Simulation, at: number): number | null | undefined;
};

/** A topic of the heat pump: its last payload, when it came, and to which run of the program. */
type Topic = {
  readonly point: PointId | "online";
  payload: string | undefined;
  at: number;
  by: Device | undefined;
};

function topicOf(point: PointId | "online"): Topic {
  return { point, payload: undefined, at: Number.NEGATIVE_INFINITY, by: undefined };
}

/** What the program logs of one minute: nothing while it is off. */
export type Watched = { readonly minute: Minute | undefined; readonly transitions: readonly Transition[] };

/** A value that is repeated within this time is left out, to save time: each holds for 31.5 s. */
const repeatMs = 20_000;
/** The points that days are made of; the rest would only be parsed. */
const dayPoints: ReadonlySet<PointId> = new Set([...energyPoints, ...operationPoints]);

/**
 * Watches a simulated heat pump with the program's own parser, minutes and meter, minute by minute from a time on, in
 * memory. `hindered` gives what hinders the minute that begins, and may change the simulation itself.
 * The program ends and starts again as it does for real: from the last row of its log.
 */
export function* watchHouse(parts: {
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  readonly zone: Zone;
  readonly hindered: (simulation: Simulation, at: number) => Hindrance;
  readonly meter?: WatchedMeter | undefined;
  /** Other points to watch. */
  readonly points?: readonly PointId[];
}): Generator<Watched, Simulation> {
  const { from, to, zone, meter } = parts;
  const topics = new Map<string, Topic>(
    [...dayPoints, ...(parts.points ?? [])].map((point) => [stateTopic(prefix, point, "en"), topicOf(point)]),
  );
  topics.set(availabilityTopic(prefix), topicOf("online"));
  let hindrance: Hindrance = {};
  let device: Device | undefined;
  let meterLog: ReturnType<typeof startMeterLog> | undefined;
  let transitions: Transition[] = [];
  const last: { counter?: RunningTotal; meter?: CounterState } = {};

  const wires = directWires((topic, payload, at) => {
    const known = topics.get(topic);
    if (known === undefined || hindrance.brokerAway === true) return;
    const { point } = known;
    const isStuck = point !== "online" && hindrance.stuck?.has(point) === true;
    const sent = isStuck ? (known.payload ?? payload) : payload;
    // After a return everything is published again.
    if (point === "online") for (const each of topics.values()) each.at = Number.NEGATIVE_INFINITY;
    if (sent === known.payload && at - known.at < repeatMs && known.by === device) return;
    known.payload = sent;
    known.at = at;
    known.by = device;
    if (point !== "online" && hindrance.silent?.has(point) === true) return;
    device?.take({ topic, payload: sent, retained: false }, at);
  });
  const simulation = startSimulation({
    seed: parts.seed,
    prefix,
    startAt: from,
    timeZone: zone.name,
    openWire: wires.open,
  });

  function startProgram(at: number): void {
    device = startDevice({ prefix, mqtt: { publish: async () => false }, zone: () => zone, at, counter: last.counter });
    device.onTransition((transition) => transitions.push(transition));
    meterLog = meter && startMeterLog({ kind: meterKind(meter.unit), at, last: last.meter });
    simulation.rewire(wires.open);
  }

  for (let at = from; at < to; at += minuteMs) {
    const wasAway = hindrance.brokerAway === true;
    hindrance = parts.hindered(simulation, at);
    if (hindrance.programOff === true) device = undefined;
    else if (device === undefined) startProgram(at);
    else if (wasAway && hindrance.brokerAway !== true) simulation.rewire(wires.open);
    simulation.advanceTo(at + minuteMs);
    const reading = meter?.read(simulation, at + minuteMs);
    if (device === undefined) {
      yield { minute: undefined, transitions: [] };
      continue;
    }
    if (reading !== undefined) meterLog?.take(reading, at + minuteMs);
    const { figures, points } = device.closeMinute(at + minuteMs);
    const metered = meterLog?.close(at + minuteMs) ?? noMeterFigures;
    const kwh = points.daily_electricity;
    if (typeof kwh === "number") {
      const state = { kwh, at: at + minuteMs };
      last.counter = last.counter ? countDaily(last.counter, state, zone.dateOf).total : runningTotal(state);
    }
    if (metered.meter_kwh !== null) last.meter = { kwh: metered.meter_kwh, at: at + minuteMs };
    yield { minute: { at, figures: { ...figures, ...metered }, points }, transitions };
    transitions = [];
  }
  return simulation;
}
