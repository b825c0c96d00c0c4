import { median } from "../math/theil-sen.ts";
import {
  correctedC,
  nextRoomHealth,
  type RoomCorrection,
  type RoomHealth,
  type RoomLimits,
  type RoomObservation,
} from "./room-health.ts";
import { witnessesOf } from "./room-path.ts";
import { wrongScale } from "./room-scale.ts";

/** One of a zone's rooms; `observation` undefined: nothing is known of it yet. */
export type ZoneRoom = {
  readonly health: RoomHealth;
  readonly observation: RoomObservation | undefined;
  readonly correction: RoomCorrection;
};

/**
 * The health of all rooms of a zone after a look at them, in their order; `at` in ms since the epoch. Each room is judged
 * by itself, by the other rooms as they were trusted before, and by the heat pump's own thermostat (`ownC`, °C, null: not
 * known). The first temperature of a room is proven once it counts among enough (`needed`) rooms.
 */
export function nextRoomHealths(
  rooms: readonly ZoneRoom[],
  zone: { readonly at: number; readonly limits: RoomLimits; readonly ownC: number | null; readonly needed: number },
): RoomHealth[] {
  const { at, limits, ownC } = zone;
  const trustedC = trustedTemperatures(rooms.map(({ health }) => health));
  const healths = rooms.map(({ health, observation, correction }, index) =>
    observation === undefined
      ? health
      : nextRoomHealth(health, observation, at, correction, limits, witnessesOf(index, trustedC, ownC)),
  );
  const countedC = trustedTemperatures(healths);
  const enough = countedC.filter((temperatureC) => temperatureC !== null).length >= zone.needed;
  return healths.map((health, index) =>
    health.state === "good" && enough && countedC[index] !== null ? proven(health) : health,
  );
}

function proven(health: RoomHealth & { readonly state: "good" }): RoomHealth {
  return health.track.proven ? health : { ...health, track: { ...health.track, proven: true } };
}

/**
 * The health of the heat pump's own room thermostat, judged as a room is, by the zone's rooms; `reportedC` is null where
 * it reports nothing. It confirms rooms, and the heat pump is switched to it, only while it is trusted itself.
 */
export function nextOwnHealth(
  own: RoomHealth,
  reportedC: number | null,
  rooms: readonly ZoneRoom[],
  { at, limits }: { readonly at: number; readonly limits: RoomLimits },
): RoomHealth {
  const observation: RoomObservation =
    reportedC === null
      ? { kind: "none", reason: { code: "no_value" } }
      : { kind: "temperature", temperatureC: reportedC, setpointC: null, reportedAt: at };
  const trustedC = trustedTemperatures(rooms.map(({ health }) => health));
  // Its first temperature and the rooms' may have to confirm each other: in a cold house none is trusted yet.
  const witnessC = own.track === null ? rooms.map(reportedTemperatureC) : trustedC;
  const knownC = witnessC.filter((temperatureC) => temperatureC !== null);
  const witnesses = { othersC: median(knownC), ownC: null };
  return nextRoomHealth(own, observation, at, { scale: 1, offsetK: 0 }, limits, witnesses);
}

function reportedTemperatureC({ observation, correction }: ZoneRoom): number | null {
  if (observation?.kind !== "temperature") return null;
  const temperatureC = correctedC(observation.temperatureC, correction);
  return Number.isFinite(temperatureC) ? temperatureC : null;
}

/** The temperatures, °C, of the rooms that are used; null for the others. */
function trustedTemperatures(healths: readonly RoomHealth[]): (number | null)[] {
  const goodC = healths.map((health) => (health.state === "good" ? health.temperatureC : null));
  const wrong = wrongScale(goodC);
  return goodC.map((temperatureC, index) => (wrong[index] === null ? temperatureC : null));
}
