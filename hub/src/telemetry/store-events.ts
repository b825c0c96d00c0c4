import type { Queries } from "../database/queries.ts";
import { devicesNamed, type NodeOfTenant } from "./devices.ts";
import type { EventRecord } from "./read-events.ts";

const insert = `
  insert into events (tenant_id, node_id, at, id, device_id, kind, context)
  select $1, $2, * from unnest($3::timestamptz[], $4::uuid[], $5::int[], $6::text[], $7::jsonb[])
  on conflict do nothing`;

/** Stores events of a node; answers how many are new. One that is there already is what it was. */
export async function storeEvents(
  queries: Queries,
  sender: NodeOfTenant,
  sent: readonly EventRecord[],
): Promise<number> {
  if (sent.length === 0) return 0;
  // In one order for all, so that two that store the same ones never wait for each other.
  const records = sent.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const devices = await devicesNamed(queries, sender, new Set(records.flatMap(({ device }) => device ?? [])));
  const of = <T>(value: (record: EventRecord) => T) => records.map(value);
  return queries.change(insert, [
    sender.tenant,
    sender.node,
    of(({ at }) => new Date(at).toISOString()),
    of(({ id }) => id),
    of(({ device }) => (device === null ? null : devices.get(device))),
    of(({ kind }) => kind),
    of(({ context }) => JSON.stringify(context)),
  ]);
}
