import type { PointId } from "../catalogue/points.ts";
import type { Reading, Value } from "../catalogue/reading.ts";
import { fittedValue, isPublishedOnChange, newPointState, type PointState } from "./point-state.ts";
import {
  isOnline,
  isSettled,
  isSilent,
  newPresence,
  noteLiveMessage,
  type Presence,
  stopPublishing,
} from "./presence.ts";

/** A value and when it was published, ms since the epoch. */
export type Known = { readonly value: Value; readonly at: number };

/** What is known of one device now: the gate between what MQTT delivers and what the program trusts. */
export type Snapshot = {
  /** The firmware's status topic: true or false; null where it has published none yet, or has none. */
  status(): boolean | null;
  /** Whether the device keeps publishing although its status topic says offline. */
  isStatusWrong(): boolean;
  /** The same, and for a device without a status topic whether it published lately; null before it did anything. */
  online(at: number): boolean | null;
  /**
   * Takes a reading and passes on, in order, the readings that may be trusted because of it. A retained value is not
   * trusted until the device is online and the value has come live once; one that is published on change only is
   * trusted as soon as the online device has published anything live. Values from before the device went offline, or
   * came online live, are dropped: the firmware sends every state again when it connects. A device without a status
   * topic counts as online while it publishes; its values that are published on change only wait 15 s, in which a
   * device that came back has sent them again, and those from before a silence are dropped: it may have lost its power
   * meanwhile. A device that publishes for 60 s although its status topic says offline is treated as one without it.
   */
  take(reading: Reading, retained: boolean, accept: Accept): void;
  /** The value at a time; null where it is unknown, older than its point allows, or the device silent. */
  value(point: PointId, at: number): Value;
  /** Every point that this device ever published, with its value at a time. */
  points(at: number): ReadonlyMap<PointId, Known>;
};

/** Called with each reading that may be trusted. */
type Accept = (reading: Reading) => void;

type SnapshotState = {
  readonly device: string;
  readonly presence: Presence;
  readonly points: Map<PointId, PointState>;
};

/** The snapshot of a device, by its id, of which nothing is known yet. */
export function startSnapshot(device: string): Snapshot {
  const state: SnapshotState = { device, presence: newPresence(), points: new Map() };
  const { presence } = state;
  return {
    status: () => presence.online,
    isStatusWrong: () => presence.isStatusWrong,
    online: (at) => isOnline(presence, at),
    take(reading, retained, accept) {
      if (reading.point === "online") takeStatus(state, reading, reading.value, retained, accept);
      else takeValue(state, reading, retained, accept);
    },
    value: (point, at) => valueAt(state, point, at),
    points(at) {
      const known = new Map<PointId, Known>();
      for (const [point, { at: publishedAt }] of state.points) {
        known.set(point, { value: valueAt(state, point, at), at: publishedAt });
      }
      return known;
    },
  };
}

function takeStatus(
  { presence, points }: SnapshotState,
  reading: Reading,
  isNowOnline: boolean,
  retained: boolean,
  accept: Accept,
): void {
  if (isNowOnline === presence.online || (presence.isStatusWrong && retained && !isNowOnline)) return;
  presence.isStatusWrong = false;
  if (!isNowOnline) {
    stopPublishing(presence);
    for (const point of points.values()) point.isLive = false;
  }
  // A retained `online` may come after the retained states that belong to it; a live one comes before them.
  if (!isNowOnline || !retained) dropStale(points);
  presence.online = isNowOnline;
  accept(reading);
}

function takeValue(
  state: SnapshotState,
  reading: Exclude<Reading, { readonly point: "online" }>,
  retained: boolean,
  accept: Accept,
): void {
  const { device, presence } = state;
  const { point, at } = reading;
  lapseAfterSilence(state, at, accept);
  const entry = stateOf(state, point, at);
  const isCurrent = !retained || (presence.isConfirmed && isPublishedOnChange(entry));
  if (!isCurrent && entry.isLive) return;
  entry.value = fittedValue(reading.value, entry);
  entry.at = at;
  if (!retained && noteLiveMessage(presence, at)) accept({ device, point: "online", value: true, at });
  if (!isCurrent || presence.online === false) return;
  entry.isLive = true;
  if (!presence.isConfirmed && isSettled(presence, at)) confirmStates(state, at, accept);
  accept(entry.value === reading.value ? reading : { ...reading, value: entry.value });
}

function stateOf({ points }: SnapshotState, point: PointId, at: number): PointState {
  let entry = points.get(point);
  if (entry === undefined) {
    entry = newPointState(point, at);
    points.set(point, entry);
  }
  return entry;
}

/** After a silence nothing is known; what is published on change is trusted again with the next live message. */
function lapseAfterSilence({ device, presence, points }: SnapshotState, at: number, accept: Accept): void {
  if (!presence.isPublishing || !isSilent(presence, at)) return;
  stopPublishing(presence);
  for (const [point, entry] of points) {
    if (!isPublishedOnChange(entry)) continue;
    if (presence.online === null) {
      const wasKnown = entry.isLive && entry.value !== null;
      entry.value = null;
      if (wasKnown) accept({ device, point, value: null, at });
    }
    entry.isLive = false;
  }
}

/** Trusts the states that are published on change only: the device is there, so they are current. */
function confirmStates({ device, presence, points }: SnapshotState, at: number, accept: Accept): void {
  presence.isConfirmed = true;
  for (const [point, entry] of points) {
    if (entry.isLive || !isPublishedOnChange(entry)) continue;
    entry.isLive = true;
    if (entry.value !== null) accept({ device, point, value: entry.value, at });
  }
}

/** Drops the values that are not known to be current. */
function dropStale(points: ReadonlyMap<PointId, PointState>): void {
  for (const point of points.values()) if (!point.isLive) point.value = null;
}

function valueAt({ presence, points }: SnapshotState, point: PointId, at: number): Value {
  const entry = points.get(point);
  if (entry === undefined || !entry.isLive || presence.online === false || isSilent(presence, at)) return null;
  // A negative age is that of a clock that was set back.
  return Math.abs(at - entry.at) > entry.holdMs ? null : entry.value;
}
