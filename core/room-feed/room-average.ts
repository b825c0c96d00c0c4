import { median } from "../math/theil-sen.ts";
import type { RoomHealth } from "./room-health.ts";
import type { MissingRoom, RoomReason } from "./room-reason.ts";
import { wrongScale } from "./room-scale.ts";

/** How the rooms become one temperature. */
export const roomModes = ["mean", "median", "coldest", "warmest", "demand"] as const;
export type RoomMode = (typeof roomModes)[number];

/** How many of a zone's rooms must be usable: more than half, at least so many, or at least this share (0 to 1). */
export type Quorum = "majority" | { readonly rooms: number } | { readonly share: number };

export type RoomRule = {
  readonly mode: RoomMode;
  readonly quorum: Quorum;
  /** The zone's room set-point at the heat pump; only `demand` needs it. */
  readonly zoneSetpointC: number | null;
  /** No result leaves this range; it is the range in which rooms are trusted. */
  readonly minC: number;
  readonly maxC: number;
};

export type Room = { readonly name: string; readonly weight: number; readonly health: RoomHealth };

/** Whether a room was used, and why not. */
export type RoomUse = { readonly used: true } | { readonly used: false; readonly reason: RoomReason };

/** Why rooms have no temperature (`too_few_rooms`, `zone_setpoint_unknown`), or that some are missing in it. */
export type AverageReason =
  | { readonly code: "rooms_missing"; readonly missing: readonly MissingRoom[] }
  | { readonly code: "too_few_rooms"; readonly missing: readonly MissingRoom[] }
  | { readonly code: "zone_setpoint_unknown" };

export type RoomAverage = {
  /** The one temperature of the rooms, not rounded; null where there is none. */
  readonly temperatureC: number | null;
  /** Why there is none, or which rooms are missing; null where every room is used. */
  readonly reason: AverageReason | null;
  /** In the order of the rooms. */
  readonly rooms: readonly RoomUse[];
  readonly used: number;
  readonly needed: number;
};

/** How many usable rooms a zone of `count` rooms needs; never less than one, never more than all. */
export function neededRooms(count: number, quorum: Quorum): number {
  const needed =
    quorum === "majority"
      ? Math.floor(count / 2) + 1
      : "rooms" in quorum
        ? quorum.rooms
        : Math.ceil(count * quorum.share - 1e-9);
  return Math.max(1, Math.min(count, needed));
}

/**
 * One temperature of a zone's rooms, or the reason why there is none.
 * Mean (by weight), median, coldest and warmest lie within the used rooms. Demand is
 * `zone_set - max(0, max_i(set_i - T_i))`: the heat pump sees the room that lacks most, measured at its own set-point (a
 * room without one takes the zone's; a thermostat that is off lacks nothing); it lies between the lower limit and the
 * zone's set-point and is meant for heating.
 */
export function averageRooms(rooms: readonly Room[], rule: RoomRule): RoomAverage {
  const uses = usesOf(rooms);
  const used = rooms.filter((_, index) => uses[index]?.used);
  const needed = neededRooms(rooms.length, rule.quorum);
  const missing = rooms.flatMap(({ name }, index) => {
    const use = uses[index];
    return use === undefined || use.used ? [] : [{ name, reason: use.reason }];
  });
  const counts = { rooms: uses, used: used.length, needed };
  if (used.length < needed) return { ...counts, temperatureC: null, reason: { code: "too_few_rooms", missing } };
  const temperatureC = combined(used, rule);
  if (temperatureC === null) return { ...counts, temperatureC, reason: { code: "zone_setpoint_unknown" } };
  return { ...counts, temperatureC, reason: missing.length === 0 ? null : { code: "rooms_missing", missing } };
}

function usesOf(rooms: readonly Room[]): RoomUse[] {
  const wrong = wrongScale(rooms.map(({ health }) => (health.state === "good" ? health.temperatureC : null)));
  return rooms.map(({ health }, index) => {
    if (health.state !== "good") return { used: false, reason: scaleOfFirstReport(health, rooms) ?? health.reason };
    const reason = wrong[index] ?? null;
    return reason === null ? { used: true } : { used: false, reason };
  });
}

/** The first temperature of a room may be on a wrong scale: then that is the reason, as it says what to do. */
function scaleOfFirstReport(health: RoomHealth, rooms: readonly Room[]): RoomReason | null {
  if (health.state !== "doubted" || health.track !== null) return null;
  const othersC = rooms.map(({ health: other }) => (other.state === "good" ? other.temperatureC : null));
  return wrongScale([health.doubt.temperatureC, ...othersC])[0] ?? null;
}

function combined(rooms: readonly Room[], { mode, zoneSetpointC, minC, maxC }: RoomRule): number | null {
  const temperaturesC = rooms.flatMap(({ health }) => (health.state === "good" ? [health.temperatureC] : []));
  const coldestC = Math.min(...temperaturesC);
  const warmestC = Math.max(...temperaturesC);
  switch (mode) {
    case "mean": {
      const weights = rooms.reduce((sum, { weight }) => sum + weight, 0);
      const sum = temperaturesC.reduce((total, value, index) => total + value * (rooms[index]?.weight ?? 0), 0);
      return clamp(sum / weights, coldestC, warmestC);
    }
    case "median":
      return median(temperaturesC);
    case "coldest":
      return coldestC;
    case "warmest":
      return warmestC;
    case "demand": {
      if (zoneSetpointC === null || !(zoneSetpointC >= minC && zoneSetpointC <= maxC)) return null;
      const lacks = rooms.map(({ health }) => (health.state === "good" ? lackK(health, zoneSetpointC) : 0));
      return clamp(zoneSetpointC - Math.max(0, ...lacks), minC, maxC);
    }
  }
}

function lackK({ temperatureC, setpointC }: RoomHealth & { state: "good" }, zoneSetpointC: number): number {
  return setpointC === "off" ? 0 : (setpointC ?? zoneSetpointC) - temperatureC;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
