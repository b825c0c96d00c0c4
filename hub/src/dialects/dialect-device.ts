import type { Queries } from "../database/queries.ts";
import { devicesOfNodes, type HomeDevice, type NodeOfTenant } from "../telemetry/devices.ts";
import { markAllDirty } from "../telemetry/dirty-days.ts";
import type { NamedSource } from "./named-sources.ts";

/** Of other systems, at one node. */
const mostDevices = 200;

/** A source of a node. */
export type SourceOfNode = { readonly sender: NodeOfTenant; readonly source: NamedSource };

/** A device, or why a source cannot be one. */
export type DeviceOfSource = HomeDevice | { readonly why: string };

/**
 * The devices that sources of nodes of a tenant are, in their order; each becomes one of the tenant's with its first reading.
 * Nearly always all are known as they are said, which is one question for all of them.
 */
export async function dialectDevices(
  queries: Queries,
  sources: readonly SourceOfNode[],
  now: number,
): Promise<readonly DeviceOfSource[]> {
  const distinct = new Map(sources.map((each) => [nameOf(each), each]));
  const known = await knownDevices(queries, [...distinct.values()]);
  const devices = new Map<string, DeviceOfSource>();
  for (const [name, { sender, source }] of distinct) {
    const id = known.get(name);
    const device = id === undefined ? await dialectDevice(queries, sender, source, now) : { tenant: sender.tenant, id };
    devices.set(name, device);
  }
  return sources.map((each) => devices.get(nameOf(each)) as DeviceOfSource);
}

function nameOf({ sender, source: { dialect, source } }: SourceOfNode): string {
  return `${sender.node} ${dialect} ${source}`;
}

/** Those that are there just as they are said. */
async function knownDevices(queries: Queries, asked: readonly SourceOfNode[]): Promise<ReadonlyMap<string, number>> {
  if (asked.length === 0) return new Map();
  const rows = await queries.all<{ nth: number; id: number }>(
    `select nth::int - 1 as nth, devices.id
      from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
        as u (node, name, zone, dialect, source, nth)
      join devices on devices.node_id = u.node and home_id = u.name and time_zone = u.zone
      join dialect_devices on device_id = devices.id
        and dialect_devices.dialect = u.dialect and dialect_devices.source = u.source`,
    [
      asked.map(({ sender }) => sender.node),
      asked.map(({ source }) => source.device),
      asked.map(({ source }) => source.timeZone),
      asked.map(({ source }) => source.dialect),
      asked.map(({ source }) => source.source),
    ],
  );
  return new Map(rows.map(({ nth, id }) => [nameOf(asked[nth] as SourceOfNode), id]));
}

async function dialectDevice(
  queries: Queries,
  { tenant, node }: NodeOfTenant,
  { dialect, source, device, timeZone }: NamedSource,
  now: number,
): Promise<DeviceOfSource> {
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
