import type { Queries } from "../database/queries.ts";

/** A heat pump by the number that its rows have. */
export type HomeDevice = { readonly tenant: number; readonly id: number };

/** The heat pump of a node by its name at home; it becomes one of the tenant's with its first row. */
export async function deviceOfNode(
  queries: Queries,
  { tenant, node }: { readonly tenant: number; readonly node: string },
  { device, timeZone }: { readonly device: string; readonly timeZone: string },
): Promise<HomeDevice> {
  const found = await queries.first<{ id: number; time_zone: string }>(
    "select id, time_zone from devices where node_id = $1 and home_id = $2",
    [node, device],
  );
  if (found?.time_zone === timeZone) return { tenant, id: found.id };
  const stored = await queries.first<{ id: number }>(
    `insert into devices (tenant_id, node_id, home_id, time_zone) values ($1, $2, $3, $4)
      on conflict (node_id, home_id) do update set time_zone = excluded.time_zone returning id`,
    [tenant, node, device, timeZone],
  );
  if (stored === undefined) throw new Error("a heat pump could not be stored");
  return { tenant, id: stored.id };
}
