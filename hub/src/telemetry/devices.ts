import type { SentSetup } from "@heatloop/core/hub/home-setup";
import { Problem } from "@heatloop/program/http/problem";
import type { Queries } from "../database/queries.ts";

/** Of a node, with devices of other systems: more than any home has, and few enough for what looks at all of them. */
const mostDevices = 300;

/** Which node sent something. */
export type NodeOfTenant = { readonly tenant: number; readonly node: string };

/** A heat pump by the number that its rows have. */
export type HomeDevice = { readonly tenant: number; readonly id: number };

/** What a home says of a heat pump with its rows. */
export type SaidOfDevice = {
  readonly node: string;
  readonly device: string;
  readonly timeZone: string;
  readonly setup: SentSetup | undefined;
  /** What tells it from others, whatever it is called; undefined: the home does not know. */
  readonly identity: string | undefined;
};

/** A heat pump of which a home has said something; `isChanged`: its zone or what its owner has set is another than before. */
export type SaidDevice = HomeDevice & { readonly isChanged: boolean };

/**
 * The heat pumps of nodes of a tenant, in the order of what was said. Nearly always all is said as it is known, which is one
 * question for all of them.
 */
export async function devicesOfNodes(
  queries: Queries,
  tenant: number,
  said: readonly SaidOfDevice[],
): Promise<readonly SaidDevice[]> {
  const unchanged = await queries.all<{ nth: number; id: number }>(
    `select nth, id
      from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::text[]) with ordinality
        as u (node, name, zone, setup, identity, nth)
      join devices on tenant_id = $1 and node_id = u.node and home_id = u.name
      where time_zone = u.zone and (devices.setup is not distinct from u.setup or u.setup is null)
        and (devices.identity is not distinct from u.identity or u.identity is null)`,
    [
      tenant,
      said.map(({ node }) => node),
      said.map(({ device }) => device),
      said.map(({ timeZone }) => timeZone),
      said.map(({ setup }) => (setup === undefined ? null : JSON.stringify(setup))),
      said.map(({ identity }) => identity ?? null),
    ],
  );
  const idOf = new Map(unchanged.map(({ nth, id }) => [nth, id]));
  const devices: SaidDevice[] = [];
  for (const [at, each] of said.entries()) {
    const id = idOf.get(at + 1);
    devices.push(id === undefined ? await deviceOfNode(queries, tenant, each) : { tenant, id, isChanged: false });
  }
  return devices;
}

type DeviceRow = { readonly id: number; readonly is_same: boolean; readonly is_said: boolean };

/**
 * The heat pump of a node by its identity, or its name at home, of now or before; it becomes one of the tenant's with its first row.
 * `isChanged`: its zone or what its owner has set is another than before.
 */
async function deviceOfNode(queries: Queries, tenant: number, said: SaidOfDevice): Promise<SaidDevice> {
  const { node, device, timeZone, identity = null } = said;
  const setup = said.setup === undefined ? null : JSON.stringify(said.setup);
  const found = await queries.first<DeviceRow>(
    `select id, time_zone = $4 and (setup is not distinct from $5::jsonb or $5 is null) as is_same,
        home_id = $3 and (identity is not distinct from $6 or $6 is null) as is_said
      from devices where tenant_id = $1 and node_id = $2 and (identity = $6 or home_id = $3
        or id = (select device_id from former_names where tenant_id = $1 and node_id = $2 and former_names.home_id = $3))
      order by coalesce(identity = $6, false) desc, home_id = $3 desc limit 1`,
    [tenant, node, device, timeZone, setup, identity],
  );
  if (found?.is_same === true && found.is_said) return { tenant, id: found.id, isChanged: false };
  if (found !== undefined) {
    if (!found.is_said && identity !== null)
      await rename(queries, { tenant, node }, { id: found.id, device, identity });
    await queries.change("update devices set time_zone = $2, setup = coalesce($3::jsonb, setup) where id = $1", [
      ...[found.id, timeZone, setup],
    ]);
    return { tenant, id: found.id, isChanged: !found.is_same };
  }
  await refuseMore(queries, node);
  const stored = await queries.first<{ id: number }>(
    `insert into devices (tenant_id, node_id, home_id, time_zone, setup, identity) values ($1, $2, $3, $4, $5, $6)
      on conflict (node_id, home_id)
      do update set time_zone = excluded.time_zone, setup = coalesce(excluded.setup, devices.setup)
      returning id`,
    [tenant, node, device, timeZone, setup, identity],
  );
  if (stored === undefined) throw new Error("a heat pump could not be stored");
  return { tenant, id: stored.id, isChanged: false };
}

async function refuseMore(queries: Queries, node: string): Promise<void> {
  const has = await queries.first<{ devices: number }>(
    "select count(*)::int as devices from devices where node_id = $1",
    [node],
  );
  if ((has?.devices ?? 0) < mostDevices) return;
  throw new Problem(
    409,
    `The node has ${mostDevices} heat pumps already, which is the most: does it call one otherwise each time?`,
  );
}

/** Calls a heat pump what its home calls it, unless another one of the home has that name; rows under the former name stay its own. */
async function rename(
  queries: Queries,
  { tenant, node }: NodeOfTenant,
  { id, device, identity }: { readonly id: number; readonly device: string; readonly identity: string },
): Promise<void> {
  await queries.change(
    `insert into former_names (tenant_id, node_id, home_id, device_id)
      select $1, $2, home_id, id from devices where id = $3 and home_id <> $4
        and (select count(*) from former_names where node_id = $2) < ${mostDevices}
      on conflict (node_id, home_id) do update set device_id = excluded.device_id`,
    [tenant, node, id, device],
  );
  await queries.change(
    `update devices set identity = $3, home_id = case when exists (
        select from devices other where other.node_id = devices.node_id and other.home_id = $2 and other.id <> devices.id
      ) then home_id else $2 end
      where id = $1`,
    [id, device, identity],
  );
}

/**
 * The numbers of heat pumps of a node by their names at home; one that is heard of first becomes one of the tenant's, unless the node has
 * too many.
 */
export async function devicesNamed(
  queries: Queries,
  { tenant, node }: NodeOfTenant,
  names: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  if (names.size === 0) return new Map();
  // In one order, so that hubs that add the same ones at once do not wait for each other for ever.
  const said = [tenant, node, [...names].sort()];
  await queries.change(
    `insert into devices (tenant_id, node_id, home_id)
      select $1, $2, name from unnest($3::text[]) as name
      where not exists (select from devices where tenant_id = $1 and node_id = $2 and home_id = name)
        and not exists (select from former_names where tenant_id = $1 and node_id = $2 and home_id = name)
      limit greatest(0, ${mostDevices} - (select count(*) from devices where node_id = $2))
      on conflict (node_id, home_id) do nothing`,
    said,
  );
  const rows = await queries.all<{ id: number; home_id: string }>(
    `select device_id as id, home_id from former_names where tenant_id = $1 and node_id = $2 and home_id = any ($3::text[])
      union all
      select id, home_id from devices where tenant_id = $1 and node_id = $2 and home_id = any ($3::text[])`,
    said,
  );
  return new Map(rows.map(({ id, home_id: name }) => [name, id]));
}
