import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import type { Home } from "../home-state.ts";
import type { Channel } from "./channels.ts";
import { groupCount } from "./entities.ts";
import type { EspCounters } from "./esp.ts";
import type { RoomWatchdogs } from "./room-watchdogs.ts";
import { buildSchedule, everyChannel, type PublishPeriod } from "./schedule.ts";

/** What the firmware publishes, and when. */
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

/** `send` gets each publication; `changed`: it has a new value. */
type PublisherParts = {
  readonly home: Home;
  readonly counters: EspCounters;
  readonly prefix: string;
  readonly language: Language;
  readonly startAt: number;
  readonly watchdogs: RoomWatchdogs | undefined;
  readonly send: (channel: Channel, changed: boolean, at: number) => void;
};

/** Starts a publisher that has published nothing yet. */
export function startPublisher(parts: PublisherParts): Publisher {
  const { home, counters, send } = parts;
  const schedule = buildSchedule({ ...parts, esp: counters.esp });
  const { polled, changing, periods, settings, climates, estimatedOutput } = schedule;

  function sendPeriod(period: PublishPeriod, at: number): void {
    while (period.nextAt <= at) period.nextAt += period.everyMs;
    if (period.service && !home.settings.on("service_codes_enabled")) return;
    for (const channel of period.channels) send(channel, channel.refresh(at), at);
  }

  function sendClimate(channels: readonly Channel[], force: boolean, at: number): void {
    let changed = force;
    for (const channel of channels) if (channel.refresh(at)) changed = true;
    if (changed) for (const channel of channels) send(channel, true, at);
  }

  return {
    step(at, group) {
      for (const channel of polled[group] as Channel[]) send(channel, channel.refresh(at), at);
      for (const channel of changing[group] as Channel[]) if (channel.refresh(at)) send(channel, true, at);
      for (const period of periods) if (at >= period.nextAt) sendPeriod(period, at);
      if (group !== groupCount - 1) return;
      counters.count(at, Number(estimatedOutput?.value ?? 0));
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
      for (const channel of [...everyChannel(schedule), ...settings.values()]) {
        if (channel.payload !== undefined) send(channel, true, at);
      }
    },
    forget(at) {
      for (const channel of everyChannel(schedule)) channel.forget();
      for (const period of periods) period.nextAt = at;
    },
  };
}
