import { fnv1a } from "@heatloop/core/math/fnv1a";

const keyLength = 5;

/**
 * Five characters that stand for a name of the firmware (any language) in a domain. The name is read as ESPHome makes
 * an object id of it, with runs of `_` as one, so a name and its object id have the same key however many bytes a
 * letter has. FNV-1a; a test holds that no two entities of the firmware share a key.
 */
export function firmwareKey(domain: string, name: string): string {
  const text = `${domain}/${name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "_")}`;
  return ((fnv1a(text) >>> 0) % 36 ** keyLength).toString(36).padStart(keyLength, "0");
}

/** The row of a table (`firmware-points.ts`) that has a key, or undefined. */
export function rowOf<Id extends string>(table: Readonly<Partial<Record<Id, string>>>, key: string): Id | undefined {
  for (const id in table) {
    const keys = table[id] ?? "";
    for (let at = 0; at < keys.length; at += keyLength) if (keys.startsWith(key, at)) return id;
  }
  return undefined;
}
