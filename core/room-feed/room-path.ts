import { median } from "../math/theil-sen.ts";
import { hourMs } from "../time/durations.ts";

/** Where a room is known to be: a temperature that follows the trusted ones no faster than a room changes. */
export type RoomTrack = {
  readonly temperatureC: number;
  /** When it was reported, ms since the epoch. */
  readonly at: number;
  /** Whether it ever counted among enough rooms; until then it is only the first that the room reported. */
  readonly proven: boolean;
};

/** A corrected temperature of a room and when it was reported, ms since the epoch. */
export type SeenTemperature = { readonly temperatureC: number; readonly at: number };

export type PathLimits = {
  /** How far from its track a room is trusted, K: the error of a sensor, and a draught. */
  readonly jumpK: number;
  /** How fast a room changes, K/h: an open window, the sun. */
  readonly changeKPerH: number;
};

/** A track of this age means nothing any more. */
const forgottenMs = 7 * 24 * hourMs;

/** The other evidence of a zone's temperature; null is not known. */
export type RoomWitnesses = {
  /** The median of the zone's other rooms that are trusted. */
  readonly othersC: number | null;
  /** The heat pump's own room thermostat. */
  readonly ownC: number | null;
};

/** No other evidence. */
export const noWitnesses: RoomWitnesses = { othersC: null, ownC: null };

/** Rooms of one zone are seldom further apart. Chosen. */
const agreeK = 4;

/** Whether all witnesses that there are confirm a temperature; null where there are none. */
export function confirms(witnesses: RoomWitnesses, temperatureC: number): boolean | null {
  const known = knownC(witnesses);
  return known.length === 0 ? null : known.every((witnessC) => Math.abs(temperatureC - witnessC) <= agreeK);
}

/** Whether at least one witness confirms a temperature. */
export function isConfirmedByOne(witnesses: RoomWitnesses, temperatureC: number): boolean {
  return knownC(witnesses).some((witnessC) => Math.abs(temperatureC - witnessC) <= agreeK);
}

function knownC({ othersC, ownC }: RoomWitnesses): number[] {
  return [othersC, ownC].filter((witnessC) => witnessC !== null);
}

/** The witnesses of one of a zone's rooms: `trustedC` are the rooms' temperatures, null where one is not trusted. */
export function witnessesOf(index: number, trustedC: readonly (number | null)[], ownC: number | null): RoomWitnesses {
  const others = trustedC.filter((temperatureC, at): temperatureC is number => temperatureC !== null && at !== index);
  return { othersC: median(others), ownC };
}

/** A track as it still counts; a clock that was set back never makes it younger than now. */
export function currentTrack(track: RoomTrack | null, at: number): RoomTrack | null {
  if (track === null || at - track.at > forgottenMs) return null;
  return track.at > at ? { ...track, at } : track;
}

/** Whether a temperature lies where the room was, for all that is known of the time since. */
export function isNear({ temperatureC }: RoomTrack, seen: SeenTemperature, { jumpK }: PathLimits): boolean {
  return Math.abs(seen.temperatureC - temperatureC) <= jumpK;
}

/** A gap counts as at most this long: longer silence is no reason to trust more. */
const mostGapMs = hourMs;

/** The track a room takes towards what was seen, or null where no room gets there in the time, up to an hour of it. */
export function pathTo(track: RoomTrack, seen: SeenTemperature, limits: PathLimits): RoomTrack | null {
  return pathWithin(track, seen, limits, mostGapMs);
}

/** The same, with the whole time since: for a temperature that something else has long confirmed. */
export function longPathTo(track: RoomTrack, seen: SeenTemperature, limits: PathLimits): RoomTrack | null {
  return pathWithin(track, seen, limits, Number.POSITIVE_INFINITY);
}

function pathWithin(track: RoomTrack, seen: SeenTemperature, limits: PathLimits, mostMs: number): RoomTrack | null {
  const hours = Math.min(mostMs, Math.max(0, seen.at - track.at)) / hourMs;
  const mostK = hours * limits.changeKPerH;
  const wayK = seen.temperatureC - track.temperatureC;
  const moved = track.temperatureC + Math.max(-mostK, Math.min(mostK, wayK));
  const reached = Math.abs(seen.temperatureC - moved) <= limits.jumpK;
  return reached ? { ...track, temperatureC: moved, at: Math.max(track.at, seen.at) } : null;
}
