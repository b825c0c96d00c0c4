import {
  correctedC,
  nextRoomHealth,
  type RoomCorrection,
  type RoomHealth,
  type RoomLimits,
  type RoomObservation,
} from "./room-health.ts";
import { witnessesOf } from "./room-path.ts";
import { median, wrongScale } from "./room-scale.ts";

/** One of a zone's rooms; `observation` undefined: nobody has said anything of it yet. */
export type ZoneRoom = {
  readonly health: RoomHealth;
  readonly observation: RoomObservation | undefined;
  readonly correction: RoomCorrection;
};

/**
 * The health of all rooms of a zone after a look at them, in their order; `at` in ms since the epoch. Each room is judged
 * by itself, by the other rooms as they were believed before, and by the heat pump's own thermostat (`ownC`, °C, null:
 * not known). What a room tells first is proven once it counts among enough (`needed`) rooms.
 */
export function nextRoomHealths(
  rooms: readonly ZoneRoom[],
  zone: { readonly at: number; readonly limits: RoomLimits; readonly ownC: number | null; readonly needed: number },
): RoomHealth[] {
  const { at, limits, ownC } = zone;
  const believedC = believed(rooms.map(({ health }) => health));
  const healths = rooms.map(({ health, observation, correction }, index) =>
    observation === undefined
      ? health
      : nextRoomHealth(health, observation, at, correction, limits, witnessesOf(index, believedC, ownC)),
  );
  const countedC = believed(healths);
  const enough = countedC.filter((temperatureC) => temperatureC !== null).length >= zone.needed;
  return healths.map((health, index) =>
    health.state === "good" && enough && countedC[index] !== null ? proven(health) : health,
  );
}

function proven(health: RoomHealth & { readonly state: "good" }): RoomHealth {
  return health.track.proven ? health : { ...health, track: { ...health.track, proven: true } };
}

/**
 * The health of the heat pump's own room thermostat, judged as a room is, by what the zone's rooms tell; `toldC` is null
 * where it tells nothing. It confirms rooms, and the heat pump is switched to it, only while it is believed itself.
 */
export function nextOwnHealth(
  own: RoomHealth,
  toldC: number | null,
  rooms: readonly ZoneRoom[],
  { at, limits }: { readonly at: number; readonly limits: RoomLimits },
): RoomHealth {
  const observation: RoomObservation =
    toldC === null
      ? { kind: "none", reason: "tells nothing" }
      : { kind: "temperature", temperatureC: toldC, setpointC: null, reportedAt: at };
  const believedC = believed(rooms.map(({ health }) => health));
  // Its first word and the rooms' may have to vouch for each other: in a cold house nobody is believed yet.
  const witnessC = own.track === null ? rooms.map(toldTemperatureC) : believedC;
  const knownC = witnessC.filter((temperatureC) => temperatureC !== null);
  const witnesses = { othersC: knownC.length === 0 ? null : median(knownC), ownC: null };
  return nextRoomHealth(own, observation, at, { scale: 1, offsetK: 0 }, limits, witnesses);
}

function toldTemperatureC({ observation, correction }: ZoneRoom): number | null {
  if (observation?.kind !== "temperature") return null;
  const temperatureC = correctedC(observation.temperatureC, correction);
  return Number.isFinite(temperatureC) ? temperatureC : null;
}

/** The temperatures, °C, of the rooms that are used; null for the others. */
function believed(healths: readonly RoomHealth[]): (number | null)[] {
  const goodC = healths.map((health) => (health.state === "good" ? health.temperatureC : null));
  const wrong = wrongScale(goodC);
  return goodC.map((temperatureC, index) => (wrong[index] === null ? temperatureC : null));
}
