/** A JSON object as it is sent over the websocket. */
export type JsonObject = { readonly [key: string]: unknown };

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
