import { round } from "../math/rounding.ts";
import { minuteMs, passed, secondMs } from "../time/durations.ts";
import type { RoomAverage } from "./room-average.ts";
import { isDue, observe, refuse, type SentCommand, sameValue, send } from "./sent-commands.ts";
import { otherFeeder, secondFeeder, type WatchdogReport } from "./watchdog-report.ts";

/**
 * `off`: the zone has no rooms. `ok`: every room is used and the heat pump takes the temperature. `degraded`: there
 * is a temperature, but a room is missing or the heat pump does not take it. `holding`: no temperature, the firmware
 * keeps the last one. `fallback`: the firmware uses another source, as there is no temperature to feed.
 */
export const roomFeedStates = ["off", "ok", "degraded", "holding", "fallback"] as const;
export type RoomFeedState = (typeof roomFeedStates)[number];

/** The values of the firmware's room temperature source. */
export const fedSource = "home_assistant";
export const ownSource = "room_thermostat";
type Source = string;

/**
 * Whose the firmware's source is. `remembered`: switched by us before a restart, not seen yet. `requested`: commanded to use
 * its own thermostat. `ours`: it does, because of us. `returning`: commanded to take the fed temperature again. `left`: a
 * person set it meanwhile, so it stays as it is for as long as there is no temperature.
 */
export type SourceOwner = "nobody" | "remembered" | "requested" | "ours" | "returning" | "left";

export type RoomFeed = {
  readonly state: RoomFeedState;
  /** When the state began, ms since the epoch. */
  readonly since: number;
  readonly owner: SourceOwner;
  readonly temperature: SentCommand<number>;
  readonly source: SentCommand<Source>;
  /** The temperature that the heat pump took of this feed and still has, °C; null: none, or it is no longer this feed's. */
  readonly oursC: number | null;
  /** The last foreign writer of the fed temperature. */
  readonly disturbed: { readonly byC: number; readonly at: number } | null;
};

/** Everything that the feed depends on at one moment. */
export type RoomFeedInput = {
  readonly at: number;
  /** null: no rooms are configured. */
  readonly average: RoomAverage | null;
  readonly online: boolean | null;
  /** The firmware's current fed temperature, source and own room thermostat; null is not known. */
  readonly fedC: number | null;
  readonly source: string | null;
  readonly ownC: number | null;
  /** null: the ESP32 has no room watchdog. */
  readonly watchdog: WatchdogReport | null;
  /** `off`: a person wants the rooms computed and shown only. `another_feeds`: another Heatloop feeds this heat pump. */
  readonly sending: "on" | "off" | "another_feeds";
  readonly holdMs: number;
};

export type RoomFeedCommand =
  | { readonly to: "temperature"; readonly value: number }
  | { readonly to: "source"; readonly value: Source };

/** A temperature is sent again after this long at the latest, a little less than five minutes. */
const keepAliveMs = 290 * secondMs;
/** The firmware's step of 0.1 K, less the rounding of floats. */
const changeK = 0.1 - 1e-6;
/** Between two sends at least this long, and longer where the firmware does not answer. */
const leastGapMs = 10 * secondMs;
const leastGapUnansweredMs = minuteMs;
/** How long another writer of the fed temperature is reported. */
const disturbedMs = 15 * minuteMs;
/** A command to the source that is no longer wanted may still arrive within this time. */
const lateMs = 2 * minuteMs;
/** How long a command may be refused before it shows. */
const refusedMs = 30 * secondMs;

/** A feed at the start; `switchedAt` where it switched the source itself before a restart, `sends` where it is to feed. */
export function startOfRoomFeed(start: {
  readonly at: number;
  readonly hasRooms: boolean;
  readonly sends: boolean;
  readonly switchedAt: number | null;
}): RoomFeed {
  const { at, hasRooms, sends, switchedAt } = start;
  const nothing = { kind: "nothing" } as const;
  const nothingSent = { temperature: nothing, source: nothing, oursC: null, disturbed: null } as const;
  const owner = switchedAt === null ? "nobody" : "remembered";
  if (!hasRooms) return { ...nothingSent, state: "off", since: at, owner };
  if (switchedAt === null || !sends) return { ...nothingSent, state: "holding", since: at, owner };
  return { ...nothingSent, state: "fallback", since: Math.min(switchedAt, at), owner };
}

/** Whether the firmware's source is, or may soon be, its own thermostat because of this feed. */
export function switchedByUs({ owner }: RoomFeed): boolean {
  return owner === "remembered" || owner === "requested" || owner === "ours" || owner === "returning";
}

/** The feed after an observation. Pure; `roomFeedCommand` has what to send because of it. */
export function nextRoomFeed(feed: RoomFeed, input: RoomFeedInput): RoomFeed {
  const observed = letGo(observeFirmware(feed, input), input);
  const owner = nextOwner(observed, input);
  const state = nextState({ ...observed, owner }, input);
  const since = state === feed.state ? Math.min(feed.since, input.at) : input.at;
  return { ...observed, state, since, owner: owner === "left" && hasTemperature(input) ? "nobody" : owner };
}

function hasTemperature({ average }: RoomFeedInput): boolean {
  return average !== null && average.temperatureC !== null;
}

/** Whether the heat pump is to use the fed temperature. */
function wantsToFeed(input: RoomFeedInput): boolean {
  return input.sending === "on" && hasTemperature(input);
}

/** Whether nothing is sent for longer than a while: sending is switched off, or the zone has no rooms any more. */
function isGivenUp({ sending, average }: RoomFeedInput): boolean {
  return sending !== "on" || average === null;
}

/** Given up, the heat pump is only this feed's as long as nothing else feeds it and nobody has chosen another source. */
function letGo(feed: RoomFeed, input: RoomFeedInput): RoomFeed {
  const { oursC, disturbed } = feed;
  if (!isGivenUp(input) || oursC === null) return feed;
  const { sending, source, watchdog } = input;
  const isFedElsewhere =
    sending === "another_feeds" ||
    disturbed !== null ||
    otherFeeder(watchdog) !== null ||
    secondFeeder(watchdog) !== null;
  if (!isFedElsewhere && (source === null || source === fedSource)) return feed;
  return { ...feed, oursC: null, temperature: { kind: "nothing" } };
}

function observeFirmware(feed: RoomFeed, { at, online, fedC, source }: RoomFeedInput): RoomFeed {
  if (online !== true) return { ...feed, temperature: { kind: "nothing" }, source: { kind: "nothing" } };
  const temperature = observe(feed.temperature, fedC, at);
  const disturbed =
    temperature.kind === "overwritten"
      ? { byC: temperature.by, at }
      : feed.disturbed !== null && passed(feed.disturbed.at, at, disturbedMs)
        ? null
        : feed.disturbed;
  const oursC = stillOursC(temperature.kind === "confirmed" ? temperature.value : feed.oursC, fedC);
  return { ...feed, temperature, oursC, disturbed, source: observe(feed.source, source, at) };
}

function stillOursC(oursC: number | null, fedC: number | null): number | null {
  return oursC !== null && (fedC === null || sameValue(oursC, fedC)) ? oursC : null;
}

function nextOwner({ owner, source: command }: RoomFeed, input: RoomFeedInput): SourceOwner {
  const { source, at } = input;
  if (source === null) return owner;
  const mayArrive = command.kind === "waiting" && !passed(command.at, at, lateMs);
  switch (owner) {
    case "nobody":
    case "left":
      return owner;
    case "remembered":
      return source === ownSource ? "ours" : "nobody";
    case "requested":
      if (source !== fedSource) return source === ownSource ? "ours" : "left";
      return wantsToFeed(input) && !mayArrive ? "nobody" : "requested";
    case "ours":
      return source === ownSource ? "ours" : "left";
    case "returning":
      if (source !== ownSource) return "nobody";
      return wantsToFeed(input) || mayArrive ? "returning" : "ours";
  }
}

function nextState(feed: RoomFeed, input: RoomFeedInput): RoomFeedState {
  const { average, source, at, holdMs, sending } = input;
  if (average === null) return "off";
  const isAway = feed.owner === "remembered" || feed.owner === "ours" || feed.owner === "returning";
  if (isAway && sending === "on") return "fallback";
  if (hasTemperature(input)) return troubleOf(feed, input) !== null || average.reason !== null ? "degraded" : "ok";
  const usesFed = source === null || source === fedSource;
  if (feed.state === "fallback") return usesFed ? "holding" : "fallback";
  return feed.state === "holding" && !usesFed && passed(feed.since, at, holdMs) ? "fallback" : "holding";
}

/** Why a temperature does not reach the heat pump. */
export type FeedTrouble = "offline" | "refused" | "unconfirmed" | "overwritten";

/** The trouble of a feed; null where there is none, or nothing is to be sent. */
export function troubleOf(feed: RoomFeed, { sending, online, at }: RoomFeedInput): FeedTrouble | null {
  const { temperature, disturbed } = feed;
  if (sending !== "on") return null;
  if (online !== true) return "offline";
  const refusedSince =
    temperature.kind === "refused" || temperature.kind === "waiting" ? temperature.refusedSince : null;
  if (refusedSince !== null && passed(refusedSince, at, refusedMs)) return "refused";
  if (temperature.kind === "unconfirmed" || (temperature.kind === "waiting" && temperature.unanswered)) {
    return "unconfirmed";
  }
  return disturbed === null ? null : "overwritten";
}

/** The command to send now, at most one: the temperature first, the source after it; the own source where it is given up. */
export function roomFeedCommand(feed: RoomFeed, input: RoomFeedInput): RoomFeedCommand | null {
  if (input.online !== true) return null;
  if (input.sending !== "on" || input.average === null) return handBackCommand(feed, input);
  const { temperatureC } = input.average;
  if (temperatureC === null) return fallbackCommand(feed, input);
  const value = round(temperatureC, 1);
  if (temperatureDue(feed.temperature, temperatureC, input.at)) return { to: "temperature", value };
  const isBack = feed.owner === "ours" || feed.owner === "returning";
  if (!isBack || feed.temperature.kind !== "confirmed") return null;
  return sourceDue(feed.source, fedSource, input.at) ? { to: "source", value: fedSource } : null;
}

function temperatureDue(command: SentCommand<number>, temperatureC: number, at: number): boolean {
  if (command.kind === "nothing" || isDue(command, at)) return true;
  const changed = Math.abs(temperatureC - command.value) >= changeK;
  const gapMs = command.kind === "unconfirmed" ? leastGapUnansweredMs : leastGapMs;
  if (changed && command.kind !== "overwritten" && passed(command.at, at, gapMs)) return true;
  return command.kind === "confirmed" && passed(command.at, at, keepAliveMs);
}

/** Nobody follows a temperature that is sent no more, so a heat pump that this feed fed goes back to its own thermostat. */
function handBackCommand(feed: RoomFeed, input: RoomFeedInput): RoomFeedCommand | null {
  return feed.oursC === null ? null : ownSourceCommand(feed, input);
}

function fallbackCommand(feed: RoomFeed, input: RoomFeedInput): RoomFeedCommand | null {
  const mayRequest = feed.owner === "nobody" || feed.owner === "requested";
  if (feed.state !== "holding" || !mayRequest || !passed(feed.since, input.at, input.holdMs)) return null;
  return ownSourceCommand(feed, input);
}

function ownSourceCommand(feed: RoomFeed, { source, ownC, at }: RoomFeedInput): RoomFeedCommand | null {
  // Without a room thermostat of its own the firmware reads 0.0 °C there and heats as much as it can.
  if (source !== fedSource || ownC === null) return null;
  return sourceDue(feed.source, ownSource, at) ? { to: "source", value: ownSource } : null;
}

function sourceDue(command: SentCommand<Source>, value: Source, at: number): boolean {
  return command.kind === "nothing" || !sameValue(command.value, value) || isDue(command, at);
}

/** The feed once a command is on its way. */
export function roomFeedSent(feed: RoomFeed, command: RoomFeedCommand, at: number): RoomFeed {
  if (command.to === "temperature") return { ...feed, temperature: send(feed.temperature, command.value, at) };
  const owner = command.value === ownSource ? "requested" : "returning";
  return { ...feed, owner, source: send(feed.source, command.value, at) };
}

/** The feed once it is known that a command did not leave. */
export function roomFeedRefused(feed: RoomFeed, command: RoomFeedCommand, at: number): RoomFeed {
  if (command.to === "temperature") return { ...feed, temperature: refuse(feed.temperature, command.value, at) };
  return { ...feed, source: refuse(feed.source, command.value, at) };
}
