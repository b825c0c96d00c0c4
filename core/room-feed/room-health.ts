import { judgeTemperature, type RoomDoubt } from "./room-doubt.ts";
import { currentTrack, noWitnesses, type PathLimits, type RoomTrack, type RoomWitnesses } from "./room-path.ts";

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
      /** Why there is no temperature; a sentence whose subject is the room. */
      readonly reason: string;
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
 * `doubt` the last temperature that was not trusted. Reasons have the room as their subject.
 */
export type RoomHealth =
  | {
      readonly state: "good";
      readonly temperatureC: number;
      readonly setpointC: number | "off" | null;
      readonly track: RoomTrack;
    }
  | { readonly state: "doubted"; readonly track: RoomTrack | null; readonly doubt: RoomDoubt; readonly reason: string }
  | {
      readonly state: "bad";
      readonly track: RoomTrack | null;
      readonly doubt: RoomDoubt | null;
      readonly reason: string;
    };

/** A room that has not reported yet, with what is known of it from before a restart. */
export function unseenRoom(track: RoomTrack | null = null, doubt: RoomDoubt | null = null): RoomHealth {
  return { state: "bad", track, doubt, reason: "has not reported yet" };
}

/** A clock that is this much behind Home Assistant's is no reason to distrust a room. */
const futureMs = 5 * 60_000;

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
  const reason = whyNotUsed(observation, at, correction, limits);
  if (observation.kind === "none" || reason !== null) {
    return { state: "bad", track, doubt: before, reason: reason ?? "reports no temperature" };
  }
  const temperatureC = correctedC(observation.temperatureC, correction);
  const seen = { temperatureC, at: Math.min(observation.reportedAt, at) };
  const judgement = judgeTemperature({ track, doubt: before, seen, at, witnesses, limits });
  if (!judgement.trusted) return { state: "doubted", track, doubt: judgement.doubt, reason: judgement.doubt.reason };
  const setpointC = usableSetpoint(observation.setpointC, correction, limits);
  return { state: "good", temperatureC, setpointC, track: judgement.track };
}

/** Why an observation cannot be used at all; null where it can. */
function whyNotUsed(
  observation: RoomObservation,
  at: number,
  correction: RoomCorrection,
  limits: RoomLimits,
): string | null {
  if (observation.kind === "none") return observation.reason;
  const ageMs = at - observation.reportedAt;
  if (!(ageMs >= -futureMs)) return "was last reported in the future (check the clocks)";
  if (ageMs > limits.maxAgeMs) return `has not reported for over ${minutesText(limits.maxAgeMs)}`;
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

function outsideReason(temperatureC: number, { minC, maxC }: RoomLimits): string {
  if (!Number.isFinite(temperatureC)) return "reports no number";
  const halfC = temperatureC / 2;
  const hint =
    temperatureC > maxC && halfC >= 12 && halfC <= 30
      ? "; if it reports twice the temperature, set its scale to 0.5"
      : "";
  return `reports ${temperatureC.toFixed(1)} °C, outside ${minC} to ${maxC} °C${hint}`;
}

function minutesText(ms: number): string {
  return `${Math.round(ms / 60_000)} min`;
}
