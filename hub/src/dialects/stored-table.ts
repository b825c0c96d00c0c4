import { badRequest } from "@heatloop/program/http/problem";
import type { Queries } from "../database/queries.ts";
import type { DialectSource } from "./dialect-table.ts";

const columns = "dialect, source, device, time_zone, points";

/** The table of a node, in the order in which it was written. */
export function tableOf(queries: Queries, node: string): Promise<DialectSource[]> {
  return queries.all<DialectSource>(`select ${columns} from dialect_sources where node_id = $1 order by place`, [node]);
}

/** Puts a table in the place of the one before. Throws a `Problem` where a device is one of the home's own heat pumps. */
export async function storeTable(
  queries: Queries,
  { tenant, node }: { readonly tenant: number; readonly node: string },
  sources: readonly DialectSource[],
): Promise<void> {
  // One table after the other.
  await queries.all("select from nodes where id = $1 for no key update", [node]);
  const own = await queries.all<{ home_id: string }>(
    `select home_id from devices where node_id = $1 and home_id = any ($2)
      and not exists (select from dialect_devices where device_id = devices.id)`,
    [node, sources.map(({ device }) => device)],
  );
  const taken = new Set(own.map(({ home_id: name }) => name));
  const mistakes = sources.flatMap(({ device }, at) =>
    taken.has(device)
      ? [{ path: `sources[${at}].device`, found: "a heat pump of the home", allowed: "a name that it does not have" }]
      : [],
  );
  if (mistakes.length > 0) throw badRequest(mistakes);
  await queries.change("delete from dialect_sources where node_id = $1", [node]);
  await queries.change(
    `insert into dialect_sources (tenant_id, node_id, ${columns}, place)
      select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::smallint[])`,
    [
      ...[tenant, node],
      sources.map(({ dialect }) => dialect),
      sources.map(({ source }) => source),
      sources.map(({ device }) => device),
      sources.map(({ time_zone: zone }) => zone),
      sources.map(({ points }) => JSON.stringify(points)),
      sources.map((_source, at) => at),
    ],
  );
}
