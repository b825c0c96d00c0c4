import { minuteMs } from "../time/durations.ts";
import { judgeTemperature, type RoomDoubt } from "./room-doubt.ts";
import { currentTrack, noWitnesses, type PathLimits, type RoomTrack, type RoomWitnesses } from "./room-path.ts";
import type { RoomReason } from "./room-reason.ts";

/** The state of a room in Home Assistant now; times in ms since the epoch. */
export type RoomObservation =
  | {
      readonly kind: "temperature";
      /** As the room's device reports it, before scale and offset. */
      readonly temperatureC: number;
      /** The set-point of the room; "off" where its thermostat asks for nothing, null where it has no set-point. */
      readonly setpointC: number | "off" | null;
      /** When the device last reported, also the same temperature again. */
      readonly reportedAt: number;
    }
  | {
      readonly kind: "none";
      /** Why there is no temperature. */
      readonly reason: RoomReason;
    };

/** How a room's temperature is corrected: `reported * scale + offsetK`. */
export type RoomCorrection = { readonly scale: number; readonly offsetK: number };

export type RoomLimits = PathLimits & {
  readonly minC: number;
  readonly maxC: number;
  readonly maxAgeMs: number;
};

/**
 * Whether a room's temperature may be used. `track` is where the room is known to be, null where that is not known;
 * `doubt` the last temperature that was not trusted.
 */
export type RoomHealth =
  | {
      readonly state: "good";
      readonly temperatureC: number;
      readonly setpointC: number | "off" | null;
      readonly track: RoomTrack;
    }
  | {
      readonly state: "doubted";
      readonly track: RoomTrack | null;
      readonly doubt: RoomDoubt;
      readonly reason: RoomReason;
    }
  | {
      readonly state: "bad";
      readonly track: RoomTrack | null;
      readonly doubt: RoomDoubt | null;
      readonly reason: RoomReason;
    };

/** A room that has not reported yet, with what is known of it from before a restart. */
export function unseenRoom(track: RoomTrack | null = null, doubt: RoomDoubt | null = null): RoomHealth {
  return { state: "bad", track, doubt, reason: { code: "not_reported" } };
}

/** A clock that is this much behind Home Assistant's is no reason to distrust a room. */
const futureMs = 5 * minuteMs;

/**
 * A room's health after an observation, also the same one again as time goes on (`at` in ms since the epoch).
 * Used are only finite temperatures inside the limits, reported lately, to which a room gets from where it was.
 */
export function nextRoomHealth(
  health: RoomHealth,
  observation: RoomObservation,
  at: number,
  correction: RoomCorrection,
  limits: RoomLimits,
  witnesses: RoomWitnesses = noWitnesses,
): RoomHealth {
  const track = currentTrack(health.track, at);
  const before = health.state === "good" ? null : health.doubt;
  const bad = (reason: RoomReason): RoomHealth => ({ state: "bad", track, doubt: before, reason });
  if (observation.kind === "none") return bad(observation.reason);
  const reason = whyNotUsed(observation, at, correction, limits);
  if (reason !== null) return bad(reason);
  const temperatureC = correctedC(observation.temperatureC, correction);
  const seen = { temperatureC, at: Math.min(observation.reportedAt, at) };
  const judgement = judgeTemperature({ track, doubt: before, seen, at, witnesses, limits });
  if (!judgement.trusted) return { state: "doubted", track, doubt: judgement.doubt, reason: judgement.doubt.reason };
  const setpointC = usableSetpoint(observation.setpointC, correction, limits);
  return { state: "good", temperatureC, setpointC, track: judgement.track };
}

/** Why a reported temperature cannot be used at all; null where it can. */
function whyNotUsed(
  observation: RoomObservation & { kind: "temperature" },
  at: number,
  correction: RoomCorrection,
  limits: RoomLimits,
): RoomReason | null {
  const ageMs = at - observation.reportedAt;
  if (!(ageMs >= -futureMs)) return { code: "reported_in_the_future" };
  if (ageMs > limits.maxAgeMs) {
    return { code: "silent", minutes: Math.round(limits.maxAgeMs / minuteMs) };
  }
  const temperatureC = correctedC(observation.temperatureC, correction);
  const inside = temperatureC >= limits.minC && temperatureC <= limits.maxC;
  return inside ? null : outsideReason(temperatureC, limits);
}

/** A reported temperature with its correction, °C. */
export function correctedC(temperatureC: number, { scale, offsetK }: RoomCorrection): number {
  return temperatureC * scale + offsetK;
}

function usableSetpoint(
  setpointC: number | "off" | null,
  { scale }: RoomCorrection,
  { minC, maxC }: RoomLimits,
): number | "off" | null {
  if (typeof setpointC !== "number") return setpointC;
  const scaled = setpointC * scale;
  return scaled >= minC && scaled <= maxC ? scaled : null;
}

/** Half of a temperature in this range is an ordinary room's, so its device may report twice of it. Chosen. */
const halvedRoomC = { least: 12, most: 30 };

function outsideReason(temperatureC: number, { minC, maxC }: RoomLimits): RoomReason {
  if (!Number.isFinite(temperatureC)) return { code: "no_number" };
  const halfC = temperatureC / 2;
  const isTwice = temperatureC > maxC && halfC >= halvedRoomC.least && halfC <= halvedRoomC.most;
  return { code: isTwice ? "outside_twice" : "outside", temperatureC, minC, maxC };
}
