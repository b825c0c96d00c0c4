import type { HomeSetup } from "@heatloop/core/hub/telemetry";
import type { Queries } from "../database/queries.ts";

/** A heat pump by the number that its rows have. */
export type HomeDevice = { readonly tenant: number; readonly id: number };

/** What a home says of a heat pump with its rows. */
export type SaidOfDevice = {
  readonly node: string;
  /** Its name at home. */
  readonly device: string;
  readonly timeZone: string;
  readonly setup: HomeSetup | undefined;
};

/** A heat pump of which a home has said something; `isChanged`: its zone or what its owner has set is another than before. */
export type SaidDevice = HomeDevice & { readonly isChanged: boolean };

/** The heat pumps of nodes of a tenant, in the order of what was said; one becomes the tenant's with its first rows. */
export async function devicesOfNodes(
  queries: Queries,
  tenant: number,
  said: readonly SaidOfDevice[],
): Promise<readonly SaidDevice[]> {
  const found = await queries.all<{ nth: number; id: number; is_same: boolean }>(
    `select nth, id, time_zone = u.zone and (devices.setup is not distinct from u.setup or u.setup is null) as is_same
      from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[]) with ordinality as u (node, name, zone, setup, nth)
      join devices on tenant_id = $1 and node_id = u.node and home_id = u.name`,
    [
      tenant,
      said.map(({ node }) => node),
      said.map(({ device }) => device),
      said.map(({ timeZone }) => timeZone),
      said.map(({ setup }) => setupText(setup)),
    ],
  );
  const known = new Map(found.map((row) => [row.nth, row]));
  const devices: SaidDevice[] = [];
  for (const [at, each] of said.entries()) {
    const row = known.get(at + 1);
    if (row?.is_same === true) devices.push({ tenant, id: row.id, isChanged: false });
    else devices.push({ tenant, id: await keepSaid(queries, tenant, each), isChanged: row !== undefined });
  }
  return devices;
}

async function keepSaid(queries: Queries, tenant: number, { node, device, timeZone, setup }: SaidOfDevice) {
  const stored = await queries.first<{ id: number }>(
    `insert into devices (tenant_id, node_id, home_id, time_zone, setup) values ($1, $2, $3, $4, $5)
      on conflict (node_id, home_id)
      do update set time_zone = excluded.time_zone, setup = coalesce(excluded.setup, devices.setup)
      returning id`,
    [tenant, node, device, timeZone, setupText(setup)],
  );
  if (stored === undefined) throw new Error("a heat pump could not be stored");
  return stored.id;
}

function setupText(setup: HomeSetup | undefined): string | null {
  return setup === undefined ? null : JSON.stringify(setup);
}
