import { minuteMs } from "@heatloop/core/time/durations";
import type { ArchiveRows } from "./archive-rows.ts";

/**
 * A time through which the program ran with an even clock, in ms since the epoch of that clock: from when it was online
 * and took readings, until it was killed, stopped or its clock was set, less the time that a row may need on its way to
 * the disk. Broker, network, Home Assistant, heat pump and disk may have been away meanwhile: a minute has its row then too.
 */
export type LoggedSpan = { readonly from: number; readonly to: number };

/** What is wrong with the rows; minutes in ms since the epoch. */
export type RowFaults = {
  readonly lost: readonly number[];
  readonly doubled: readonly number[];
  readonly torn: readonly string[];
};

/** What lines begin with that the run puts into the archive itself; a row of the program begins with its time. */
export const plantedStart = "1,2,";

/** Every minute that lies wholly in a span has a row, no minute has two, and no row is torn but what the run put there. */
export function rowFaults(archive: ArchiveRows, spans: readonly LoggedSpan[]): RowFaults {
  const counts = new Map<number, number>();
  for (const { at } of archive.rows) counts.set(at, (counts.get(at) ?? 0) + 1);
  const lost = new Set<number>();
  for (const { from, to } of spans) {
    for (let at = Math.ceil(from / minuteMs) * minuteMs; at + minuteMs <= to; at += minuteMs) {
      if (!counts.has(at)) lost.add(at);
    }
  }
  return {
    lost: [...lost],
    doubled: [...counts].filter(([, count]) => count > 1).map(([at]) => at),
    torn: archive.torn.filter((line) => !line.startsWith(plantedStart)),
  };
}

/** What a room's honest thermostat reported, or the room really had, °C; `at` in ms since the epoch. */
export type RoomReport = { readonly at: number; readonly temperatureC: number };

/** A command that reached the heat pump. */
export type SeenCommand = {
  readonly at: number;
  readonly topic: string;
  readonly payload: string;
  readonly retained: boolean;
  /** Whether the network passed messages on at once, so that the time between two of them says something. */
  readonly isTimely: boolean;
};

/** A room is used for an hour after its last report; the rest is for the way. */
const usedMs = 65 * minuteMs;
/** The firmware takes steps of 0.1 K; the rest is for rounding. */
const stepC = 0.06;

/** Temperatures that no honest room justifies: colder than all of them or warmer than all of them in the last hour. */
export function wrongTemperatures(commands: readonly SeenCommand[], reports: readonly RoomReport[]): SeenCommand[] {
  return commands.filter(({ topic, payload, at }) => {
    if (!isTemperature(topic)) return false;
    const justified = reports.filter((report) => report.at <= at + minuteMs && report.at >= at - usedMs);
    const temperatures = justified.map(({ temperatureC }) => temperatureC);
    const value = payload.trim() === "" ? Number.NaN : Number(payload);
    return !(value >= Math.min(...temperatures) - stepC && value <= Math.max(...temperatures) + stepC);
  });
}

export function isTemperature(topic: string): boolean {
  return /\/number\/.*feedback.*\/command$/.test(topic);
}

/** The program waits 10 s at least between two equal commands; the rest is for the way. */
const repeatedMs = 4_000;

/** Commands that must never be: retained ones, presses of buttons, and the same one again at once. */
export function forbiddenCommands(commands: readonly SeenCommand[]): SeenCommand[] {
  return commands.filter((command, index) => {
    if (command.retained || command.topic.includes("/button/")) return true;
    const before = commands.slice(0, index).findLast(({ topic }) => topic === command.topic);
    if (before === undefined || !before.isTimely || !command.isTimely) return false;
    return before.payload === command.payload && command.at - before.at < repeatedMs;
  });
}

/** The electricity of all rows, Wh. */
export function loggedWh({ rows }: ArchiveRows): number {
  return rows.reduce((sum, { electricityWh }) => sum + (electricityWh ?? 0), 0);
}
