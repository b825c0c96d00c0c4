import type { Language } from "@heatloop/core/catalogue/languages";
import { everyS, type PointId, pointOf } from "@heatloop/core/catalogue/points";
import type { Home } from "../home-state.ts";
import { type Channel, climateOf, numericChannel, settingChannel, stateChannel } from "./channels.ts";
import { builtPoints, groupCount, groupOf, rhythmOf } from "./entities.ts";
import type { EspBooks } from "./esp.ts";
import { numericSignals } from "./signals.ts";
import { stateSignals } from "./states.ts";

/** Which points the outdoor unit is asked for through its service menu. */
const serviceCodes = /^(compressor_starts|discharge_|outdoor_unit_|subcooling|fan_speed)/;
const outputGroups = [2, 4];

/** What the firmware has to say, and when. `send` gets each publication; `changed`: it says something new. */
export type Publisher = {
  /** Reads one group of requests and sends what is due. */
  step(at: number, group: number): void;
  /** Sends what a command changed, as the firmware does at once. */
  sendSetting(point: PointId, at: number): void;
  /** Sends every state that is known, as at each connection. */
  sendAll(at: number): void;
  /** Forgets everything but what a restart restores; periods begin anew. */
  forget(at: number): void;
};

export type PublisherParts = {
  readonly home: Home;
  readonly books: EspBooks;
  readonly prefix: string;
  readonly language: Language;
  readonly startAt: number;
  readonly send: (channel: Channel, changed: boolean, at: number) => void;
};

type Period = { readonly everyMs: number; nextAt: number; readonly channels: Channel[]; readonly service: boolean };

export function startPublisher(parts: PublisherParts): Publisher {
  const { home, books, prefix, language, send } = parts;
  const numbers = numericSignals(home, books.esp);
  const states = stateSignals(home);
  const polled: Channel[][] = Array.from({ length: groupCount }, () => []);
  const changing: Channel[][] = Array.from({ length: groupCount }, () => []);
  const settings = new Map<PointId, Channel>();
  const periods: Period[] = [];
  const climates = new Map<PointId, readonly Channel[]>();
  let output: Channel | undefined;

  for (const point of builtPoints(home.zones)) add(point);

  function add(point: PointId): void {
    switch (rhythmOf(point)) {
      case "poll": {
        const channel = sensorChannel(point);
        const groups = point === "estimated_output_power" ? outputGroups : [groupOf(point)];
        for (const group of groups) polled[group]?.push(channel);
        if (point === "estimated_output_power") output = channel;
        break;
      }
      case "period":
        periodOf((everyS(point) ?? (pointOf(point).every as number)) * 1000, serviceCodes.test(point)).channels.push(
          sensorChannel(point),
        );
        break;
      case "change":
        changing[groupOf(point)]?.push(sensorChannel(point));
        break;
      case "setting":
        settings.set(point, settingChannel(point, prefix, language, home));
        break;
      case "climate":
        if (pointOf(point).part === "target_temperature") {
          climates.set(point, climateOf(point, prefix, language, home).channels);
        }
        break;
      case "never":
        break;
    }
  }

  function sensorChannel(point: PointId): Channel {
    const number = numbers[point];
    if (number !== undefined) return numericChannel(point, prefix, language, number);
    const state = states[point];
    if (state === undefined) throw new Error(`The simulator has no signal for ${point}.`);
    return stateChannel(point, prefix, language, state);
  }

  function periodOf(everyMs: number, service: boolean): Period {
    const known = periods.find((period) => period.everyMs === everyMs && period.service === service);
    const period = known ?? { everyMs, service, nextAt: parts.startAt, channels: [] };
    if (known === undefined) periods.push(period);
    return period;
  }

  function sendPeriod(period: Period, at: number): void {
    while (period.nextAt <= at) period.nextAt += period.everyMs;
    if (period.service && !home.settings.on("service_codes_enabled")) return;
    for (const channel of period.channels) send(channel, channel.refresh(at), at);
  }

  function sendClimate(channels: readonly Channel[], force: boolean, at: number): void {
    let changed = force;
    for (const channel of channels) if (channel.refresh(at)) changed = true;
    if (changed) for (const channel of channels) send(channel, true, at);
  }

  function everyChannel(): Channel[] {
    const periodic = periods.flatMap((period) => period.channels);
    return [...new Set([...polled.flat(), ...changing.flat(), ...periodic, ...[...climates.values()].flat()])];
  }

  return {
    step(at, group) {
      for (const channel of polled[group] as Channel[]) send(channel, channel.refresh(at), at);
      for (const channel of changing[group] as Channel[]) if (channel.refresh(at)) send(channel, true, at);
      for (const period of periods) if (at >= period.nextAt) sendPeriod(period, at);
      if (group !== groupCount - 1) return;
      books.book(at, Number(output?.said ?? 0));
      for (const channel of settings.values()) if (channel.refresh(at)) send(channel, true, at);
      for (const channels of climates.values()) sendClimate(channels, false, at);
    },
    sendSetting(point, at) {
      const climate = climates.get(point);
      if (climate !== undefined) sendClimate(climate, true, at);
      const channel = settings.get(point);
      if (channel === undefined) return;
      channel.refresh(at);
      send(channel, true, at);
    },
    sendAll(at) {
      for (const channel of settings.values()) channel.refresh(at);
      for (const channel of [...everyChannel(), ...settings.values()]) {
        if (channel.payload !== undefined) send(channel, true, at);
      }
    },
    forget(at) {
      for (const channel of everyChannel()) channel.forget();
      for (const period of periods) period.nextAt = at;
    },
  };
}
