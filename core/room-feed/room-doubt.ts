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
import type { DoubtReason } from "./room-reason.ts";

/** A temperature that is not trusted, for as long as it stays or goes on from there; times in ms since the epoch. */
export type RoomDoubt = {
  readonly reason: DoubtReason;
  readonly since: number;
  /** The temperature that is reported now, °C, and its lowest and highest since. */
  readonly temperatureC: number;
  readonly lowestC: number;
  readonly highestC: number;
  /** Since when all other evidence confirms it without a break; null: it does not. */
  readonly confirmedSince: number | null;
};

/** A temperature with everything that it is judged by. */
type Judged = {
  readonly seen: SeenTemperature;
  readonly at: number;
  readonly witnesses: RoomWitnesses;
  readonly limits: PathLimits;
};

export type Judgement =
  | { readonly trusted: true; readonly track: RoomTrack }
  | { readonly trusted: false; readonly doubt: RoomDoubt };

/** A first temperature in this range is trusted at once: most lived-in rooms and most idle ones have it. */
const ordinaryC = { least: 10, most: 30 };
/** A temperature that all other evidence confirms for this long is trusted, also after a jump. */
const confirmedMs = hourMs;
/** Without other evidence it has to move for this long, by this much, as rooms do and broken sensors do not. */
const movesMs = 3 * hourMs;
const movesK = 0.5;

/**
 * Whether a temperature inside the limits is trusted. It is where a room gets there from where it was last trusted
 * (`track`), and where nothing is known of it yet if it is an ordinary room's or something else confirms it. Otherwise
 * it stays in doubt however long it lasts: until the room is back where it was, until the other rooms and the
 * heat pump's own thermostat have confirmed it for an hour, or, where there are none, until it has moved for three hours
 * as a room does. A temperature that jumped never counts sooner than a room would have needed to get there.
 */
export function judgeTemperature(
  parts: Judged & { readonly track: RoomTrack | null; readonly doubt: RoomDoubt | null },
): Judgement {
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
  return path === null ? { trusted: false, doubt } : { trusted: true, track: path };
}

function firstPath(doubt: RoomDoubt, seen: SeenTemperature, at: number, confirmed: boolean | null): RoomTrack | null {
  const moves = confirmed === null && movesAsRoom(doubt, at);
  return isOrdinary(seen) || confirmed === true || moves ? { ...seen, proven: false } : null;
}

/** Away from where it was: after a gap, or once confirmed; in doubt a gap alone is no reason. */
function farPath(
  hadNoDoubt: boolean,
  doubt: RoomDoubt,
  track: RoomTrack,
  { seen, at, witnesses, limits }: Judged,
  confirmed: boolean | null,
): RoomTrack | null {
  if (!track.proven && isConfirmedByOne(witnesses, seen.temperatureC)) return { ...seen, proven: false };
  if (hadNoDoubt && confirmed !== false) return pathTo(track, seen, limits);
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

function reasonOf(track: RoomTrack | null, { temperatureC }: SeenTemperature): DoubtReason {
  return track === null
    ? { code: "first_unconfirmed", temperatureC }
    : { code: "jumped", fromC: track.temperatureC, toC: temperatureC };
}
