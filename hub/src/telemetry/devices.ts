import type { HomeSetup } from "@heatloop/core/hub/telemetry";
import type { Queries } from "../database/queries.ts";

/** Which node sent something. */
export type NodeOfTenant = { readonly tenant: number; readonly node: string };

/** A heat pump by the number that its rows have. */
export type HomeDevice = { readonly tenant: number; readonly id: number };

/** What a home says of a heat pump with its rows. */
export type SaidOfDevice = {
  readonly device: string;
  readonly timeZone: string;
  readonly setup: HomeSetup | undefined;
};

/**
 * The heat pump of a node by its name at home; it becomes one of the tenant's with its first row. `isChanged`: its zone or what
 * its owner has set is another than before.
 */
export async function deviceOfNode(
  queries: Queries,
  { tenant, node }: NodeOfTenant,
  { device, timeZone, setup }: SaidOfDevice,
): Promise<HomeDevice & { readonly isChanged: boolean }> {
  const said = [tenant, node, device, timeZone, setup === undefined ? null : JSON.stringify(setup)];
  const found = await queries.first<{ id: number; is_same: boolean }>(
    `select id, time_zone = $4 and (setup is not distinct from $5::jsonb or $5 is null) as is_same
      from devices where tenant_id = $1 and node_id = $2 and home_id = $3`,
    said,
  );
  if (found?.is_same === true) return { tenant, id: found.id, isChanged: false };
  const stored = await queries.first<{ id: number }>(
    `insert into devices (tenant_id, node_id, home_id, time_zone, setup) values ($1, $2, $3, $4, $5)
      on conflict (node_id, home_id)
      do update set time_zone = excluded.time_zone, setup = coalesce(excluded.setup, devices.setup)
      returning id`,
    said,
  );
  if (stored === undefined) throw new Error("a heat pump could not be stored");
  return { tenant, id: stored.id, isChanged: found !== undefined };
}

/** The numbers of heat pumps of a node by their names at home; one that is heard of first becomes one of the tenant's. */
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
      on conflict (node_id, home_id) do nothing`,
    said,
  );
  const rows = await queries.all<{ id: number; home_id: string }>(
    "select id, home_id from devices where tenant_id = $1 and node_id = $2 and home_id = any ($3::text[])",
    said,
  );
  return new Map(rows.map(({ id, home_id: name }) => [name, id]));
}
