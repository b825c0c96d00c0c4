import { minuteMs } from "@heatloop/core/time/durations";
import type { DeviceIds } from "../base/device-ids.ts";
import type { Settings } from "../settings/settings.ts";

/** A heat pump that may own the rooms and the external meter of the settings. */
export type Candidate = { readonly id: string; readonly wasSeenLive: boolean };

/** What decides about who owns what at one moment. */
export type Ownership = {
  readonly candidates: readonly Candidate[];
  readonly settings: Pick<Settings, "devices" | "rooms" | "electricity">;
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

/** What a person has to set so that rooms and meter have an owner, as a sentence; null where all is clear. */
export function ownersTrouble(ownership: Ownership): string | null {
  const { candidates, settings, remembered, runMs } = ownership;
  const { rooms, electricity } = settings;
  if (candidates.length === 0 || runMs < settlingMs) return null;
  const known = candidates.map(({ id }) => id).join(", ");
  const unowned = [
    ...rooms.map(({ device }, index) => ({ device, path: `rooms[${index}]` })),
    ...(electricity.meter === null ? [] : [{ device: electricity.meter.device, path: "electricity.meter" }]),
  ].filter(({ device }) => !hasOwner(ownership, device));
  const unclear = unowned.filter(({ device }) => device === undefined).map(({ path }) => path);
  const missing = unowned.find(({ device }) => device !== undefined);
  if (unclear.length > 0 && remembered !== null) {
    return `${unclear.join(", ")} belonged to the heat pump ${remembered} so far, which is not on the broker: they are used for no heat pump. There is ${known}; if it took the place of ${remembered}, name it in ${unclear[0]}.device`;
  }
  if (unclear.length > 0 && candidates.length > 1) {
    return `There are several heat pumps (${known}), and it is not known whose ${unclear.join(", ")} are: they are used for none of them. Name the heat pump in ${unclear[0]}.device`;
  }
  return missing === undefined
    ? null
    : `${missing.path}.device names ${missing.device}, which is not on the broker: it is used for no heat pump. There is ${known}`;
}

/** Why rooms of the settings have no owner, as a sentence; null where each has one. */
export function whyRoomsUnowned(ownership: Ownership): string | null {
  const isUnowned = ownership.settings.rooms.some(({ device }) => !hasOwner(ownership, device));
  return isUnowned ? (ownersTrouble(ownership) ?? waiting) : null;
}

const waiting = "The rooms wait for their heat pump: it has not been seen yet.";

/** Whether what names this `device` (undefined: none) belongs to a heat pump that is there. */
function hasOwner(ownership: Ownership, device: string | undefined): boolean {
  if (device === undefined) return unnamedOwner(ownership) !== null;
  return ownership.candidates.some(({ id }) => id === ownership.ids.named(device));
}
