import { minuteMs, secondMs } from "@heatloop/core/time/durations";

/** Limits of a zone, as in esphome/room-watchdog.yaml. */
const limits = { holdMin: 30, steadyMin: 10, gapMin: 10, minC: 5, maxC: 35, jumpK: 3, changeKPerH: 6 };
const hourS = 3600;
/** How often it decides; its ages grow by as much at a time. */
export const watchdogEveryS = 10;
const longestName = 23;

type Refusal = "none" | "not_a_number" | "out_of_range" | "jump" | "second_feeder";
type WatchdogState = "waiting" | "fed" | "silent" | "kept" | "returning" | "left";
type Source = string;

/** The room watchdog on the ESP32, which esphome/room_watchdog.h decides there; a test compares the two. Ages in seconds. */
export type RoomWatchdog = {
  /** Lets so many seconds pass. */
  pass(seconds: number): void;
  /** A feeder says its name, right before it sends a temperature. */
  announce(name: string): void;
  /** A temperature arrived: whether it is taken, and if not, why. */
  feed(valueC: number): Refusal;
  /** What to set the source to, given the one it has and what the own thermostat reads; undefined: nothing. */
  decide(source: Source, ownC: number): Source | undefined;
  /** Whether the last temperature from before a restart has to serve. */
  needsLast(ownC: number): boolean;
  shown(
    source: Source,
    ownC: number,
  ): {
    readonly state: WatchdogState;
    readonly refused: Refusal;
    readonly feeder: string;
    readonly secondFeeder: string;
    readonly temperatureC: number;
    readonly ageS: number;
  };
  /** A restart: all but that it switched the source itself is forgotten. */
  restart(): void;
};

/** What one zone remembers; infinite ages have not been. */
function nothingFed(switched: boolean) {
  return {
    silentS: 0,
    steadyS: 0,
    candidateS: Number.POSITIVE_INFINITY,
    candidateGapS: 0,
    otherS: Number.POSITIVE_INFINITY,
    fedSourceS: 0,
    takenC: Number.NaN,
    candidateC: Number.NaN,
    refused: "none" as Refusal,
    switched,
    source: undefined as Source | undefined,
    announced: "",
    announcedS: Number.POSITIVE_INFINITY,
    feeder: "",
    other: "",
  };
}

type ZoneMemory = ReturnType<typeof nothingFed>;

/** The watchdog of one zone as of the ESP32's start. */
export function startRoomWatchdog(): RoomWatchdog {
  let zone = nothingFed(false);
  return {
    pass: (seconds) => pass(zone, seconds),
    announce(name) {
      zone.announced = name.slice(0, longestName);
      zone.announcedS = 0;
    },
    feed(valueC) {
      zone.refused = refusalOf(zone, Math.fround(valueC));
      if (zone.refused === "none") take(zone, Math.fround(valueC));
      return zone.refused;
    },
    decide: (source, ownC) => decide(zone, source, ownC),
    needsLast: (ownC) => Number.isNaN(zone.takenC) && isMissing(ownC),
    shown: (source, ownC) => ({
      state: stateOf(zone, source, ownC),
      refused: zone.refused,
      feeder: Number.isNaN(zone.takenC) ? "none" : zone.feeder || "unnamed",
      secondFeeder: zone.otherS > hourS ? "none" : zone.other || "unnamed",
      temperatureC: zone.takenC,
      ageS: zone.silentS,
    }),
    restart() {
      zone = nothingFed(zone.switched);
    },
  };
}

const minutesS = (minutes: number) => (minutes * minuteMs) / secondMs;

function pass(zone: ZoneMemory, seconds: number): void {
  for (const age of ["silentS", "candidateS", "candidateGapS", "otherS", "fedSourceS", "announcedS"] as const) {
    zone[age] += seconds;
  }
  if (!Number.isNaN(zone.takenC)) zone.steadyS += seconds;
}

function isPlausible(valueC: number): boolean {
  return valueC >= limits.minC && valueC <= limits.maxC;
}

/** Whether there is no own thermostat, by what it reads: NaN is not known. */
function isMissing(ownC: number): boolean {
  return !Number.isNaN(ownC) && !isPlausible(ownC);
}

function refusalOf(zone: ZoneMemory, valueC: number): Refusal {
  if (!Number.isFinite(valueC)) return "not_a_number";
  if (!isPlausible(valueC)) return "out_of_range";
  if (isSecond(zone)) return "second_feeder";
  return isNear(zone, valueC) || hasStayed(zone, valueC) ? "none" : "jump";
}

function isFed({ takenC, silentS }: ZoneMemory): boolean {
  return !Number.isNaN(takenC) && silentS <= minutesS(limits.gapMin);
}

function isSecond(zone: ZoneMemory): boolean {
  // A name counts for the temperature right behind it; a step of the clock may fall between the two.
  const name = zone.announcedS <= watchdogEveryS ? zone.announced : "";
  const second = isFed(zone) && zone.feeder !== "" && name !== zone.feeder;
  if (second) {
    zone.other = name;
    zone.otherS = 0;
  } else zone.feeder = name;
  zone.announcedS = Number.POSITIVE_INFINITY;
  return second;
}

function isNear({ takenC, silentS }: ZoneMemory, valueC: number): boolean {
  if (Number.isNaN(takenC)) return true;
  const allowedK = Math.fround(limits.jumpK + Math.fround((limits.changeKPerH * silentS) / hourS));
  return Math.abs(Math.fround(valueC - takenC)) <= allowedK;
}

function hasStayed(zone: ZoneMemory, valueC: number): boolean {
  const goesOn =
    zone.candidateS !== Number.POSITIVE_INFINITY &&
    zone.candidateGapS <= minutesS(limits.gapMin) &&
    Math.abs(Math.fround(valueC - zone.candidateC)) <= limits.jumpK;
  if (!goesOn) zone.candidateS = 0;
  zone.candidateC = valueC;
  zone.candidateGapS = 0;
  return zone.candidateS >= minutesS(limits.steadyMin);
}

function take(zone: ZoneMemory, valueC: number): void {
  if (!isFed(zone)) zone.steadyS = 0;
  zone.takenC = valueC;
  zone.silentS = 0;
  zone.candidateS = Number.POSITIVE_INFINITY;
}

function decide(zone: ZoneMemory, source: Source, ownC: number): Source | undefined {
  if (source !== zone.source && source === "home_assistant" && zone.source !== undefined) zone.fedSourceS = 0;
  zone.source = source;
  const holdS = minutesS(limits.holdMin);
  switch (source) {
    case "home_assistant":
      zone.switched = zone.silentS >= holdS && zone.fedSourceS >= holdS && isPlausible(ownC);
      return zone.switched ? "room_thermostat" : undefined;
    case "room_thermostat": {
      const isSteady = isFed(zone) && zone.steadyS >= zone.silentS + minutesS(limits.steadyMin);
      return zone.switched && (isSteady || isMissing(ownC)) ? "home_assistant" : undefined;
    }
    default:
      zone.switched = false;
      return undefined;
  }
}

function stateOf(zone: ZoneMemory, source: Source, ownC: number): WatchdogState {
  if (zone.switched) return isFed(zone) ? "returning" : "silent";
  if (source !== "home_assistant") return "left";
  if (!Number.isNaN(zone.takenC) && zone.silentS < minutesS(limits.holdMin)) return "fed";
  if (isMissing(ownC)) return "kept";
  return Number.isNaN(zone.takenC) ? "waiting" : "silent";
}
