import { hourMs } from "../time/durations.ts";
import {
  confirms,
  isConfirmedByOne,
  isNear,
  longPathTo,
  type PathLimits,
  pathTo,
  type RoomTrack,
  type RoomWitnesses,
  type SeenTemperature,
} from "./room-path.ts";

/** A temperature that is not believed, for as long as it stands or goes on from there; times in ms since the epoch. */
export type RoomDoubt = {
  readonly reason: string;
  readonly since: number;
  /** What the room tells now, °C, and between what it was since. */
  readonly temperatureC: number;
  readonly lowestC: number;
  readonly highestC: number;
  /** Since when everything else that speaks of the room confirms it without a break; null: it does not. */
  readonly confirmedSince: number | null;
};

/** What is judged, and by what. */
type Judged = {
  readonly seen: SeenTemperature;
  readonly at: number;
  readonly witnesses: RoomWitnesses;
  readonly limits: PathLimits;
};

export type Belief =
  | { readonly believed: true; readonly track: RoomTrack }
  | { readonly believed: false; readonly doubt: RoomDoubt };

/** A room whose first word is in this range is believed at once: most rooms of people and most idle ones. */
const ordinaryC = { least: 10, most: 30 };
/** What everything else confirms for so long is believed, also after a jump. */
const confirmedMs = hourMs;
/** Where nothing else speaks of the room, it has to move for so long, by so much, as rooms do and broken sensors don't. */
const movesMs = 3 * hourMs;
const movesK = 0.5;

/**
 * Whether a temperature inside the limits is believed. It is where a room gets there from where it was last believed
 * (`track`), and where nothing is known of it yet if it is an ordinary room's or something else confirms it. What is not
 * believed stays in doubt however long it stands: until the room is back where it was, until the other rooms and the
 * heat pump's own thermostat have confirmed it for an hour, or, where there are none, until it has moved for three hours
 * as a room does. A temperature that jumped never counts sooner than a room would have needed to get there.
 */
export function nextBelief(
  parts: Judged & { readonly track: RoomTrack | null; readonly doubt: RoomDoubt | null },
): Belief {
  const { track, seen, at, witnesses, limits } = parts;
  const confirmed = confirms(witnesses, seen.temperatureC);
  const goesOn = parts.doubt !== null && Math.abs(seen.temperatureC - parts.doubt.temperatureC) <= limits.jumpK;
  const before = goesOn ? parts.doubt : null;
  const doubt = nextDoubt(before, { track, seen, at, confirmed });
  const path =
    track === null
      ? firstPath(doubt, seen, at, confirmed)
      : isNear(track, seen, limits)
        ? pathTo(track, seen, limits)
        : farPath(parts.doubt === null, doubt, track, parts, confirmed);
  return path === null ? { believed: false, doubt } : { believed: true, track: path };
}

function firstPath(doubt: RoomDoubt, seen: SeenTemperature, at: number, confirmed: boolean | null): RoomTrack | null {
  const moves = confirmed === null && movesAsRoom(doubt, at);
  return isOrdinary(seen) || confirmed === true || moves ? { ...seen, proven: false } : null;
}

/** Away from where it was: after a gap, or once confirmed; in doubt a gap alone is no reason. */
function farPath(
  trusted: boolean,
  doubt: RoomDoubt,
  track: RoomTrack,
  { seen, at, witnesses, limits }: Judged,
  confirmed: boolean | null,
): RoomTrack | null {
  if (!track.proven && isConfirmedByOne(witnesses, seen.temperatureC)) return { ...seen, proven: false };
  if (trusted && confirmed !== false) return pathTo(track, seen, limits);
  const long = doubt.confirmedSince !== null && at - doubt.confirmedSince >= confirmedMs;
  const moves = confirmed === null && isOrdinary(seen) && movesAsRoom(doubt, at);
  return long || moves ? longPathTo(track, seen, limits) : null;
}

function isOrdinary({ temperatureC }: SeenTemperature): boolean {
  return temperatureC >= ordinaryC.least && temperatureC <= ordinaryC.most;
}

function movesAsRoom({ since, lowestC, highestC }: RoomDoubt, at: number): boolean {
  return at - since >= movesMs && highestC - lowestC >= movesK;
}

function nextDoubt(
  before: RoomDoubt | null,
  now: {
    readonly track: RoomTrack | null;
    readonly seen: SeenTemperature;
    readonly at: number;
    readonly confirmed: boolean | null;
  },
): RoomDoubt {
  const { seen, at } = now;
  const { temperatureC } = seen;
  return {
    reason: before?.reason ?? reasonOf(now.track, seen),
    // A clock set back must not make the wait longer than it is.
    since: Math.min(before?.since ?? at, at),
    temperatureC,
    lowestC: Math.min(before?.lowestC ?? temperatureC, temperatureC),
    highestC: Math.max(before?.highestC ?? temperatureC, temperatureC),
    confirmedSince: now.confirmed === true ? Math.min(before?.confirmedSince ?? at, at) : null,
  };
}

function reasonOf(track: RoomTrack | null, { temperatureC }: SeenTemperature): string {
  const now = `${temperatureC.toFixed(1)} °C`;
  if (track === null)
    return `tells ${now} at first, which nothing else confirms (other rooms, the heat pump's own thermostat)`;
  return `jumped from ${track.temperatureC.toFixed(1)} to ${now}, faster than a room changes, and nothing confirms it`;
}
