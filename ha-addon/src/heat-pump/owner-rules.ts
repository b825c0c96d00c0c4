import { minuteMs } from "@heatloop/core/time/durations";
import type { DeviceIds } from "../base/device-ids.ts";
import type { Settings } from "../settings/settings.ts";

/** A heat pump that may own the rooms and the external meter of the settings. */
export type Candidate = { readonly id: string; readonly wasSeenLive: boolean };

/** What decides about who owns what at one moment. */
export type Ownership = {
  readonly candidates: readonly Candidate[];
  readonly settings: Pick<Settings, "devices" | "rooms" | "electricity" | "schedule">;
  readonly ids: Pick<DeviceIds, "named">;
  /** The device id of the heat pump that was the only one so far. */
  readonly remembered: string | null;
  /** How long the program has run, ms. */
  readonly runMs: number;
};

/** In so long every heat pump is found that the broker keeps anything of, or that polls each 10.5 s. */
export const findingMs = 15_000;
/** In so long every living heat pump on the broker has published something. */
export const settlingMs = minuteMs;

/** The owner of what names no heat pump, a device id; null while it is not clear. */
export function unnamedOwner({ candidates, settings, remembered, runMs }: Ownership): string | null {
  const only = candidates.length === 1 ? candidates[0] : undefined;
  // Where the settings name the heat pumps, no other one can come.
  if (only !== undefined && settings.devices.length > 0) return only.id;
  if (remembered !== null) return candidates.some(({ id }) => id === remembered) ? remembered : null;
  const live = candidates.filter(({ wasSeenLive }) => wasSeenLive);
  const isFound = runMs >= (only === undefined ? settlingMs : findingMs);
  return isFound && live.length === 1 ? (live[0]?.id ?? null) : null;
}

/**
 * Why rooms or the meter have no owner, with the places in the settings that name them (`rooms[0]`), `first` of which shall
 * name one; `known` are the heat pumps that are there.
 */
export type OwnersTrouble =
  /** They belonged to `lost`, which is not there. */
  | {
      readonly code: "owner_lost";
      readonly places: readonly string[];
      readonly first: string;
      readonly lost: string;
      readonly known: readonly string[];
    }
  | {
      readonly code: "owner_unclear";
      readonly places: readonly string[];
      readonly first: string;
      readonly known: readonly string[];
    }
  /** The settings name one that is not there. */
  | {
      readonly code: "owner_missing";
      readonly place: string;
      readonly named: string;
      readonly known: readonly string[];
    };

/** Why rooms belong to no heat pump: `owner_awaited` where that may still become clear by itself. */
export type WhyRoomsUnowned = OwnersTrouble | { readonly code: "owner_awaited" };

/** What a person has to set so that rooms and meter have an owner; null where all is clear. */
export function ownersTrouble(ownership: Ownership): OwnersTrouble | null {
  const { candidates, settings, remembered, runMs } = ownership;
  const { rooms, electricity, schedule } = settings;
  if (candidates.length === 0 || runMs < settlingMs) return null;
  const known = candidates.map(({ id }) => id);
  const unowned = [
    ...rooms.map(({ device }, index) => ({ device, path: `rooms[${index}]` })),
    ...(electricity.meter === null ? [] : [{ device: electricity.meter.device, path: "electricity.meter" }]),
    ...schedule.map(({ device }, index) => ({ device, path: `schedule[${index}]` })),
  ].filter(({ device }) => !hasOwner(ownership, device));
  const places = unowned.filter(({ device }) => device === undefined).map(({ path }) => path);
  const [first] = places;
  if (first !== undefined && remembered !== null) {
    return { code: "owner_lost", places, first, lost: remembered, known };
  }
  if (first !== undefined && candidates.length > 1) return { code: "owner_unclear", places, first, known };
  const missing = unowned.find(({ device }) => device !== undefined);
  if (missing?.device === undefined) return null;
  return { code: "owner_missing", place: missing.path, named: missing.device, known };
}

/** Why rooms of the settings have no owner; null where each has one. */
export function whyRoomsUnowned(ownership: Ownership): WhyRoomsUnowned | null {
  const isUnowned = ownership.settings.rooms.some(({ device }) => !hasOwner(ownership, device));
  return isUnowned ? (ownersTrouble(ownership) ?? { code: "owner_awaited" }) : null;
}

/** Whether what names this `device` (undefined: none) belongs to a heat pump that is there. */
function hasOwner(ownership: Ownership, device: string | undefined): boolean {
  if (device === undefined) return unnamedOwner(ownership) !== null;
  return ownership.candidates.some(({ id }) => id === ownership.ids.named(device));
}
