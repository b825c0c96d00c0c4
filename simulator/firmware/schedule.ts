import type { Language } from "@heatloop/core/catalogue/languages";
import { everyS, type PointId, pointOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import { secondMs } from "@heatloop/core/time/durations";
import type { Home } from "../home-state.ts";
import { type Channel, climateChannels, numericChannel, settingChannel, stateChannel } from "./channels.ts";
import { defaultSignal, type SimulatedValue } from "./default-signals.ts";
import { builtPoints, groupCount, groupOf, rhythmOf, watchdogPackages } from "./entities.ts";
import type { Esp } from "./esp.ts";
import type { RoomWatchdogs } from "./room-watchdogs.ts";
import { type NumericSignal, numericSignals } from "./signals.ts";
import { type StateSignal, stateSignals } from "./states.ts";

/** The firmware estimates its output in two groups of each poll. */
const outputGroups = [2, 4];

/** Channels that are published together at a period of their own. */
export type PublishPeriod = {
  readonly everyMs: number;
  nextAt: number;
  readonly channels: Channel[];
  /** Read through the service menu of the outdoor unit, which can be switched off. */
  readonly service: boolean;
};

/** Every channel of the firmware by when it is published. */
export type Schedule = {
  /** By the group of requests in which they are read. */
  readonly polled: readonly Channel[][];
  readonly changing: readonly Channel[][];
  readonly settings: Map<PointId, Channel>;
  readonly periods: PublishPeriod[];
  /** The channels of each climate, by the point of its set-point. */
  readonly climates: Map<PointId, readonly Channel[]>;
  estimatedOutput: Channel | undefined;
};

type ScheduleParts = {
  readonly home: Home;
  readonly esp: Esp;
  readonly prefix: string;
  readonly language: Language;
  readonly startAt: number;
  readonly watchdogs: RoomWatchdogs | undefined;
};

/** The schedule of a build of the firmware. */
export function buildSchedule(parts: ScheduleParts): Schedule {
  const sensorChannel = sensorChannels(parts);
  const byGroup = (): Channel[][] => Array.from({ length: groupCount }, () => []);
  const schedule: Schedule = {
    polled: byGroup(),
    changing: byGroup(),
    settings: new Map(),
    periods: [],
    climates: new Map(),
    estimatedOutput: undefined,
  };
  for (const point of builtPoints(parts.home.zones, parts.watchdogs && watchdogPackages))
    add(schedule, parts, sensorChannel, point);
  return schedule;
}

/** All channels but those of settings, each once. */
export function everyChannel({ polled, changing, periods, climates }: Schedule): Channel[] {
  const periodic = periods.flatMap((period) => period.channels);
  return [...new Set([...polled.flat(), ...changing.flat(), ...periodic, ...[...climates.values()].flat()])];
}

function add(
  schedule: Schedule,
  { home, prefix, language, startAt }: ScheduleParts,
  sensorChannel: (point: PointId) => Channel,
  point: PointId,
): void {
  switch (rhythmOf(point)) {
    case "poll":
      addPolled(schedule, sensorChannel(point), point);
      break;
    case "period": {
      const everyMs = (everyS(point) ?? (pointOf(point).every as number)) * secondMs;
      periodOf(schedule, everyMs, isServiceCode(point), startAt).channels.push(sensorChannel(point));
      break;
    }
    case "change":
      schedule.changing[groupOf(point)]?.push(sensorChannel(point));
      break;
    case "setting":
      schedule.settings.set(point, settingChannel(point, prefix, language, home));
      break;
    case "climate":
      if (pointOf(point).part === "target_temperature") {
        schedule.climates.set(point, climateChannels(point, prefix, language, home));
      }
      break;
    case "never":
      break;
  }
}

/** Whether the outdoor unit is asked for a point through its service menu. */
function isServiceCode(point: PointId): boolean {
  return pointOf(point).package === "request-codes";
}

function addPolled(schedule: Schedule, channel: Channel, point: PointId): void {
  const isOutput = point === "estimated_output_power";
  for (const group of isOutput ? outputGroups : [groupOf(point)]) schedule.polled[group]?.push(channel);
  if (isOutput) schedule.estimatedOutput = channel;
}

function periodOf({ periods }: Schedule, everyMs: number, service: boolean, startAt: number): PublishPeriod {
  const known = periods.find((period) => period.everyMs === everyMs && period.service === service);
  const period = known ?? { everyMs, service, nextAt: startAt, channels: [] };
  if (known === undefined) periods.push(period);
  return period;
}

/** A point's signal is that of the physics, or else the one of its row in the catalogue. */
function sensorChannels({ home, esp, prefix, language, watchdogs }: ScheduleParts): (point: PointId) => Channel {
  const numbers: Partial<Record<PointId, NumericSignal>> = {
    ...numericSignals(home, esp),
    ...watchdogs?.numbers,
  };
  const states: Partial<Record<PointId, StateSignal>> = {
    ...stateSignals(home),
    ...watchdogs?.states,
  };
  return (point) => {
    const number = numbers[point];
    if (number !== undefined) return numericChannel(point, prefix, language, number);
    const state = states[point];
    if (state !== undefined) return stateChannel(point, prefix, language, state);
    const read = defaultSignal(point, home.seed);
    return quantities[pointOf(point).quantity].kind === "number"
      ? numericChannel(point, prefix, language, (at) => Number(read(at)))
      : stateChannel(point, prefix, language, (at) => textOrState(read(at)));
  };
}

function textOrState(value: SimulatedValue): boolean | string {
  return typeof value === "number" ? String(value) : value;
}
