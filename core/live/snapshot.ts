import { holdS, type PointId, pointOf, silenceS } from "../catalogue/points.ts";
import type { Reading, Value } from "../catalogue/reading.ts";

/** A value and when it was told, ms since the epoch. */
export type Known = { readonly value: Value; readonly at: number };

/** What is known of one device now: the gate between what MQTT said and what is believed. */
export type Snapshot = {
  /** True or false as the firmware said it on its status topic; null where it never did: not yet, or it has none. */
  status(): boolean | null;
  /** Whether the device talks on and on though its status topic said offline last. */
  isStatusWrong(): boolean;
  /** The same, and of a device without a status topic whether it has been heard live lately; null before any of it. */
  online(at: number): boolean | null;
  /**
   * Takes a reading and hands on what is believed because of it, in order. A retained value is not believed until the
   * device is online and the value has come live once; one that is published on change only is believed as soon as
   * the online device has said anything live. What was told before the device went offline, or came online live, is
   * of no use: the firmware sends every state again when it connects. A device without a status topic counts as online
   * while it is heard live; what it publishes on change only waits for `settledMs`, in which one that came back has
   * sent its states again, and what it said before a silence is of no use: it may have lost its power meanwhile. One
   * that talks for `overruledMs` though its status topic says offline counts as one without a status topic.
   */
  take(reading: Reading, retained: boolean, believed: (reading: Reading) => void): void;
  /** The value that stands at a time; null where it is unknown, older than its point allows, or the device silent. */
  value(point: PointId, at: number): Value;
  /** Every point ever told by this device, with what stands at a time. */
  points(at: number): ReadonlyMap<PointId, Known>;
};

/** What was told of a point; `holdMs` and `absent` are the catalogue's. */
type Entry = {
  readonly holdMs: number;
  readonly absent: number | undefined;
  value: Value;
  at: number;
  live: boolean;
  fitted: boolean;
};

/** A reconnecting device sends all its states within a second; it polls the heat pump each 10.5 s. */
const settledMs = 15_000;
/** The last will of a connection before may come late, but then the device talks on. */
const overruledMs = 60_000;

export function startSnapshot(device: string): Snapshot {
  const entries = new Map<PointId, Entry>();
  let online: boolean | null = null;
  let heard = false;
  let heardAt = Number.NEGATIVE_INFINITY;
  let firstWordAt = Number.NEGATIVE_INFINITY;
  /** Whether it has said anything since it was offline or silent. */
  let talks = false;
  let isStatusWrong = false;

  /** A sensor that is not fitted reports one constant; it is believed once it has shown any other value. */
  function believable(value: Value, entry: Entry): Value {
    const { absent } = entry;
    if (absent === undefined || absent === 0 || value === null) return value;
    if (value !== absent) entry.fitted = true;
    return entry.fitted ? value : null;
  }

  function entryOf(point: PointId, at: number): Entry {
    let entry = entries.get(point);
    if (entry === undefined) {
      const { absent } = pointOf(point);
      entry = { holdMs: holdS(point) * 1000, absent, value: null, at, live: false, fitted: false };
      entries.set(point, entry);
    }
    return entry;
  }

  /** After a silence nothing is known; what is told on change is believed again with the next live word. */
  function lapse(at: number, believed: (reading: Reading) => void): void {
    if (!talks || !isSilent(at)) return;
    heard = false;
    talks = false;
    for (const [point, entry] of entries) {
      if (!isToldOnChange(entry)) continue;
      if (online === null) forget(point, entry, at, believed);
      entry.live = false;
    }
  }

  function forget(point: PointId, entry: Entry, at: number, believed: (reading: Reading) => void): void {
    const wasBelieved = entry.live && entry.value !== null;
    entry.value = null;
    if (wasBelieved) believed({ device, point, value: null, at });
  }

  function noteWord(at: number, believed: (reading: Reading) => void): void {
    if (!talks) firstWordAt = at;
    talks = true;
    heardAt = at;
    if (online !== false || Math.abs(at - firstWordAt) < overruledMs) return;
    online = null;
    isStatusWrong = true;
    believed({ device, point: "online", value: true, at });
  }

  function isSilent(at: number): boolean {
    return Math.abs(at - heardAt) > silenceS * 1000;
  }

  /** Whether what is published on change may be believed: a device that came back has sent it again by then. */
  function isSettled(at: number): boolean {
    return online ?? Math.abs(at - firstWordAt) >= settledMs;
  }

  /** Drops what is not known to be of now. */
  function forgetStale(): void {
    for (const entry of entries.values()) if (!entry.live) entry.value = null;
  }

  function takeOnline(value: boolean, retained: boolean, reading: Reading, believed: (reading: Reading) => void): void {
    if (value === online || (isStatusWrong && retained && !value)) return;
    isStatusWrong = false;
    if (!value) {
      heard = false;
      talks = false;
      for (const entry of entries.values()) entry.live = false;
    }
    // A retained `online` may come after the retained states that belong to it; a live one comes before them.
    if (!value || !retained) forgetStale();
    online = value;
    believed(reading);
  }

  function hear(at: number, believed: (reading: Reading) => void): void {
    heard = true;
    for (const [point, entry] of entries) {
      if (entry.live || !isToldOnChange(entry)) continue;
      entry.live = true;
      if (entry.value !== null) believed({ device, point, value: entry.value, at });
    }
  }

  function valueAt(point: PointId, at: number): Value {
    const entry = entries.get(point);
    if (entry === undefined || !entry.live || online === false || isSilent(at)) return null;
    // An age below zero is that of a clock that was set back.
    return Math.abs(at - entry.at) > entry.holdMs ? null : entry.value;
  }

  return {
    status: () => online,
    isStatusWrong: () => isStatusWrong,
    online: (at) => online ?? (heardAt === Number.NEGATIVE_INFINITY ? null : !isSilent(at)),
    take(reading, retained, believed) {
      if (reading.point === "online") {
        takeOnline(reading.value, retained, reading, believed);
        return;
      }
      lapse(reading.at, believed);
      const entry = entryOf(reading.point, reading.at);
      const news = !retained || (heard && isToldOnChange(entry));
      if (!news && entry.live) return;
      entry.value = believable(reading.value, entry);
      entry.at = reading.at;
      if (!retained) noteWord(reading.at, believed);
      if (!news || online === false) return;
      entry.live = true;
      if (!heard && isSettled(reading.at)) hear(reading.at, believed);
      believed(entry.value === reading.value ? reading : { ...reading, value: entry.value });
    },
    value: valueAt,
    points(at) {
      const known = new Map<PointId, Known>();
      for (const [point, entry] of entries) known.set(point, { value: valueAt(point, at), at: entry.at });
      return known;
    },
  };
}

function isToldOnChange({ holdMs }: Entry): boolean {
  return holdMs === Number.POSITIVE_INFINITY;
}
