import { holdS, type PointId, pointOf } from "./points.ts";
import type { Reading, Value } from "./reading.ts";

/** A value and when it was told, ms since the epoch. */
export type Known = { readonly value: Value; readonly at: number };

/** What is known of one device now: the gate between what MQTT said and what is believed. */
export type Snapshot = {
  /** True or false as the firmware said it; null before it said anything. */
  online(): boolean | null;
  /**
   * Takes a reading and hands on what is believed because of it, in order. A retained value is not believed until the
   * device is online and the value has come live once; one that is published on change only is believed as soon as
   * the online device has said anything live, since the firmware sends every state again when it connects.
   */
  take(reading: Reading, retained: boolean, believed: (reading: Reading) => void): void;
  /** The value that stands at a time; null where it is unknown or older than its point allows. */
  value(point: PointId, at: number): Value;
  /** Every point ever told by this device, with what stands at a time. */
  points(at: number): ReadonlyMap<PointId, Known>;
};

type Entry = { value: Value; at: number; live: boolean; fitted: boolean };

export function startSnapshot(device: string): Snapshot {
  const entries = new Map<PointId, Entry>();
  let online: boolean | null = null;
  let heard = false;

  /** A sensor that is not fitted reports one constant; it is believed once it has shown any other value. */
  function believable(point: PointId, value: Value, entry: Entry): Value {
    const { absent } = pointOf(point);
    if (absent === undefined || absent === 0 || value === null) return value;
    if (value !== absent) entry.fitted = true;
    return entry.fitted ? value : null;
  }

  function entryOf(point: PointId, at: number): Entry {
    let entry = entries.get(point);
    if (entry === undefined) {
      entry = { value: null, at, live: false, fitted: false };
      entries.set(point, entry);
    }
    return entry;
  }

  function takeOnline(value: boolean, reading: Reading, believed: (reading: Reading) => void): void {
    if (value !== online && !value) {
      heard = false;
      for (const entry of entries.values()) entry.live = false;
    }
    const changed = value !== online;
    online = value;
    if (changed) believed(reading);
  }

  function hear(at: number, believed: (reading: Reading) => void): void {
    heard = true;
    for (const [point, entry] of entries) {
      if (entry.live || holdS(point) !== Number.POSITIVE_INFINITY) continue;
      entry.live = true;
      if (entry.value !== null) believed({ device, point, value: entry.value, at });
    }
  }

  return {
    online: () => online,
    take(reading, retained, believed) {
      if (reading.point === "online") {
        takeOnline(reading.value, reading, believed);
        return;
      }
      const entry = entryOf(reading.point, reading.at);
      entry.value = believable(reading.point, reading.value, entry);
      entry.at = reading.at;
      if (retained) {
        if (!heard || holdS(reading.point) !== Number.POSITIVE_INFINITY) return;
      } else if (online === false) {
        return;
      } else if (!heard && online === true) {
        hear(reading.at, believed);
      }
      entry.live = true;
      believed(entry.value === reading.value ? reading : { ...reading, value: entry.value });
    },
    value(point, at) {
      const entry = entries.get(point);
      if (entry === undefined || !entry.live || online === false) return null;
      return at - entry.at > holdS(point) * 1000 ? null : entry.value;
    },
    points(at) {
      const known = new Map<PointId, Known>();
      for (const [point, entry] of entries) known.set(point, { value: this.value(point, at), at: entry.at });
      return known;
    },
  };
}
