import type { ForeignTopic } from "@heatloop/core/hub/dialects";
import type { Queries } from "../database/queries.ts";
import { devicesOfNodes, type HomeDevice, type NodeOfTenant } from "../telemetry/devices.ts";
import { markAllDirty } from "../telemetry/dirty-days.ts";

/** What a source is called at its node, and where it stands. */
export type NamedSource = ForeignTopic & { readonly device: string; readonly timeZone: string };

/** Of other systems, at one node. */
const mostDevices = 200;

/** The device that a source is, which becomes one of the tenant's with its first reading; or why it cannot be one. */
export async function dialectDevice(
  queries: Queries,
  { tenant, node }: NodeOfTenant,
  { dialect, source, device, timeZone }: NamedSource,
  now: number,
): Promise<HomeDevice | { readonly why: string }> {
  const known = await queries.first<{ dialect: string | null; source: string | null; zone: string; id: number }>(
    `select devices.id, time_zone as zone, dialect, source from devices left join dialect_devices on device_id = devices.id
      where devices.node_id = $1 and (home_id = $2
        or devices.id = (select device_id from former_names where former_names.node_id = $1 and former_names.home_id = $2))
      order by home_id = $2 desc limit 1`,
    [node, device],
  );
  if (known !== undefined && known.dialect === null) {
    return { why: "a heat pump of the home has, or had, the name of its device: give it another one in the table" };
  }
  if (known?.dialect === dialect && known.source === source && known.zone === timeZone) return { tenant, id: known.id };
  if (known === undefined && (await devicesOf(queries, node)) >= mostDevices) {
    return { why: `the node has ${mostDevices} devices of other systems already` };
  }
  const [made] = await devicesOfNodes(queries, tenant, [
    { node, device, timeZone, setup: undefined, identity: undefined },
  ]);
  if (made === undefined) throw new Error("a device could not be stored");
  const { id, isChanged } = made;
  await queries.change(
    `insert into dialect_devices (device_id, tenant_id, node_id, dialect, source) values ($1, $2, $3, $4, $5)
      on conflict (device_id) do update set dialect = excluded.dialect, source = excluded.source`,
    [id, tenant, node, dialect, source],
  );
  if (isChanged) await markAllDirty(queries, { tenant, id }, now);
  return { tenant, id };
}

async function devicesOf(queries: Queries, node: string): Promise<number> {
  const row = await queries.first<{ devices: number }>(
    "select count(*) as devices from dialect_devices where node_id = $1",
    [node],
  );
  return row?.devices ?? 0;
}
