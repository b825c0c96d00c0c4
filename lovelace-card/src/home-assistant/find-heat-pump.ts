import {
  deviceOf,
  entityIdsOf,
  firstHeatPumpOf,
  type HeatPumpEntities,
  heatPumpFrom,
  type RegistryEntry,
} from "./find-entities.ts";
import type { Hass } from "./hass.ts";

/** How far a card is with finding its heat pump. `none`: no device is asked for and none is there to guess. */
export type HeatPumpSearch =
  | { readonly kind: "searching" }
  | { readonly kind: "none" }
  | { readonly kind: "gone"; readonly wanted: string }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "found"; readonly heatPump: HeatPumpEntities };

export type Finder = {
  /** Looks again where the registries or the wanted device have changed. */
  update(hass: Hass, wanted: string | undefined): void;
  result(): HeatPumpSearch;
};

type Entries = Readonly<Record<string, RegistryEntry | null>>;

// Several cards of a page ask for the same device; the connection lives as long as the page.
const registryRequests = new WeakMap<object, Map<string, Promise<readonly RegistryEntry[]>>>();

/** Registry entries with their unique ids, asked for once a connection and set of entities. */
export function registryEntries(hass: Hass, entityIds: readonly string[]): Promise<readonly RegistryEntry[]> {
  const known = registryRequests.get(hass.connection) ?? new Map<string, Promise<readonly RegistryEntry[]>>();
  registryRequests.set(hass.connection, known);
  const key = entityIds.join();
  const answer =
    known.get(key) ??
    hass
      .callWS<Entries>({ type: "config/entity_registry/get_entries", entity_ids: entityIds })
      .then((entries) => Object.values(entries).filter((entry) => entry !== null));
  known.set(key, answer);
  answer.catch(() => known.delete(key));
  return answer;
}

/** Finds a heat pump and its entities; `changed` is called when an answer has come. */
export function startFinder(changed: () => void): Finder {
  let seen: readonly unknown[] = [];
  let key = "";
  let result: HeatPumpSearch = { kind: "searching" };

  function settle(next: HeatPumpSearch): void {
    key = "";
    result = next;
  }

  function update(hass: Hass, wanted: string | undefined): void {
    // A refusal is asked about again when something has changed, such as the connection that came back.
    const now = [hass.entities, hass.devices, hass.connected, wanted];
    if (now.every((part, index) => part === seen[index]) && seen.length > 0) return;
    seen = now;
    const device = wanted === undefined ? firstHeatPumpOf(hass) : deviceOf(hass, wanted);
    if (device === undefined) {
      settle(wanted === undefined ? { kind: "none" } : { kind: "gone", wanted });
      return;
    }
    const entityIds = entityIdsOf(hass, device.id);
    const next = `${device.id} ${entityIds.join()}`;
    if (next === key) {
      if (result.kind === "found") result = { kind: "found", heatPump: { ...result.heatPump, device } };
      return;
    }
    if (!key.startsWith(`${device.id} `)) result = { kind: "searching" };
    key = next;
    registryEntries(hass, entityIds).then(
      (entries) => answered(next, { kind: "found", heatPump: heatPumpFrom(device, entries) }),
      (error: unknown) => answered(next, { kind: "refused", reason: messageOf(error) }),
    );
  }

  function answered(to: string, answer: HeatPumpSearch): void {
    if (to !== key) return;
    if (answer.kind === "refused") settle(answer);
    else result = answer;
    changed();
  }

  return { update, result: () => result };
}

/** What went wrong, for a person; Home Assistant rejects with an object that has `message` and `code`. */
export function messageOf(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  return String(message ?? code ?? error);
}
