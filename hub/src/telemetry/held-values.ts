import type { Queries } from "../database/queries.ts";
import { digestOfHeld } from "./minute-record.ts";

/** The held values of a minute of a heat pump, as JSON. */
export type DeviceHeld = { readonly device: number; readonly held: string };

/** Of a heat pump; the digest in hexadecimal. */
type HeldKey = { readonly device: number; readonly digest: string };

/** Stores what is not there yet, and answers the ids of held values, in their order. */
export async function idsOfHeld(queries: Queries, tenant: number, all: readonly DeviceHeld[]): Promise<number[]> {
  const digestOf = new Map<string, string>();
  for (const { held } of all) if (!digestOf.has(held)) digestOf.set(held, digestOfHeld(held).toString("hex"));
  const nameOf = ({ device, held }: DeviceHeld) => keyName({ device, digest: digestOf.get(held) ?? "" });
  const sets = new Map<string, HeldKey & { readonly held: string }>();
  for (const each of all) {
    if (!sets.has(nameOf(each))) sets.set(nameOf(each), { ...each, digest: digestOf.get(each.held) ?? "" });
  }
  // In one order for all, so that two that store the same ones never wait for each other.
  const needed = [...sets.values()].sort((a, b) => a.device - b.device || (a.digest < b.digest ? -1 : 1));
  const ids = await knownIds(queries, needed);
  const missing = needed.filter((key) => !ids.has(keyName(key)));
  if (missing.length > 0) {
    await queries.change(
      `insert into held_values (tenant_id, device_id, digest, content)
        select $1, device, decode(digest, 'hex'), content
          from unnest($2::int[], $3::text[], $4::jsonb[]) as u (device, digest, content)
        on conflict (device_id, digest) do nothing`,
      [
        tenant,
        missing.map(({ device }) => device),
        missing.map(({ digest }) => digest),
        missing.map(({ held }) => held),
      ],
    );
    for (const [name, id] of await knownIds(queries, missing)) ids.set(name, id);
  }
  return all.map((each) => ids.get(nameOf(each)) as number);
}

async function knownIds(queries: Queries, keys: readonly HeldKey[]): Promise<Map<string, number>> {
  const rows = await queries.all<{ id: number; device: number; digest: string }>(
    `select id, device_id as device, u.digest
      from unnest($1::int[], $2::text[]) as u (device, digest)
      join held_values on device_id = u.device and held_values.digest = decode(u.digest, 'hex')`,
    [keys.map(({ device }) => device), keys.map(({ digest }) => digest)],
  );
  return new Map(rows.map((row) => [keyName(row), row.id]));
}

function keyName({ device, digest }: HeldKey): string {
  return `${device} ${digest}`;
}
