/** A JSON object as it is sent over the websocket. */
export type JsonObject = { readonly [key: string]: unknown };

/** What every client of the websocket has. */
export type Published = {
  /** By the device's id. */
  readonly devices: ReadonlyMap<string, JsonObject>;
  readonly alerts: readonly JsonObject[];
};

/** The messages that bring a client from one state to the next: `change`, `gone` and `alerts`. */
export function updatesSince(before: Published, now: Published): JsonObject[] {
  const updates: JsonObject[] = [];
  for (const [device, status] of now.devices) {
    const known = before.devices.get(device);
    const changes = known === undefined ? status : changesBetween(known, status);
    if (changes !== undefined) updates.push({ type: "change", device, changes });
  }
  for (const device of before.devices.keys()) if (!now.devices.has(device)) updates.push({ type: "gone", device });
  if (!isSame(before.alerts, now.alerts)) updates.push({ type: "alerts", alerts: now.alerts });
  return updates;
}

/**
 * What a client must merge into `before` to have `now`: the keys whose value differs; `values` (the points) again by
 * key. undefined where nothing differs.
 */
export function changesBetween(before: JsonObject, now: JsonObject): JsonObject | undefined {
  const changes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(now)) {
    if (isSame(before[key], value)) continue;
    changes[key] = key === "values" ? changesBetween(before[key] as JsonObject, value as JsonObject) : value;
  }
  return Object.keys(changes).length === 0 ? undefined : changes;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b);
}
