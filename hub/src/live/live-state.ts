import { dayMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import type { NamedValues } from "../telemetry/minute-record.ts";
import { timeOrNull } from "../web/times.ts";

/** A message has at most so many nodes, and so many heat pumps. */
export const mostShown = 1_000;
/** The newest minute of a heat pump is looked for among those of the last day, which are in two partitions. */
const newestWithinMs = dayMs;

/** The figures of a minute that are shown, by the names that they have in the CSV; their columns are of the type `real`. */
const shownFigures = [
  "flow_temperature_c",
  "return_temperature_c",
  "outdoor_temperature_c",
  "dhw_temperature_c",
  "compressor_frequency_hz",
  "flow_rate_l_min",
  "output_power_kw",
  "covered_s",
  "heat_wh",
  "cooling_wh",
  "electricity_wh",
] as const;

/** A node as messages have it; times are ISO 8601. */
export type ShownNode = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly last_seen_at: string | null;
};

/** A heat pump and its newest minute of the last day; null is unknown, and all is where there is no such minute. */
export type ShownHeatPump = {
  readonly id: string;
  readonly node_id: string;
  /** When the minute began, ISO 8601. */
  readonly at: string | null;
} & Readonly<Record<(typeof shownFigures)[number], number | null>>;

/** What is live in an organization. */
export type ShownState = {
  readonly nodes: readonly ShownNode[];
  readonly heat_pumps: readonly ShownHeatPump[];
  /** There are more than a message has. */
  readonly more?: true;
};

/** What is live in a tenant at `now`, ms since the epoch: its first nodes and heat pumps, in order of their ids. */
export function readShownState(database: Database, tenant: number, now: number, most = mostShown): Promise<ShownState> {
  return database.transaction({ tenant }, async (queries) => {
    const nodes = await readNodes(queries, most + 1);
    const heatPumps = await readHeatPumps(queries, now, most + 1);
    const hasMore = nodes.length > most || heatPumps.length > most;
    return { nodes: nodes.slice(0, most), heat_pumps: heatPumps.slice(0, most), ...(hasMore && { more: true }) };
  });
}

/** What of `after` is not as it was; undefined: all of it is. */
export function changedShown(before: ShownState, after: ShownState): ShownState | undefined {
  const nodes = changedOf(before.nodes, after.nodes);
  const heatPumps = changedOf(before.heat_pumps, after.heat_pumps);
  if (nodes.length === 0 && heatPumps.length === 0) return undefined;
  return { nodes, heat_pumps: heatPumps, ...(after.more && { more: after.more }) };
}

function changedOf<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Map(before.map((each) => [each.id, JSON.stringify(each)]));
  return after.filter((each) => known.get(each.id) !== JSON.stringify(each));
}

type NodeRow = Omit<ShownNode, "last_seen_at"> & { readonly last_seen_at: number | null };

async function readNodes(queries: Queries, limit: number): Promise<ShownNode[]> {
  const rows = await queries.all<NodeRow>(
    `select nodes.id, nodes.name, last_seen_at,
       case when revoked_at is null then coalesce(status, 'NEW') else 'REVOKED' end as status
     from nodes left join node_presence on node_id = nodes.id order by nodes.id limit $1`,
    [limit],
  );
  return rows.map(({ id, name, status, last_seen_at }) => ({
    id,
    name,
    status,
    last_seen_at: timeOrNull(last_seen_at),
  }));
}

/** As the statement has it; the values of the figures are from `valuesAt` on. */
type HeatPumpRow = readonly [string, string, number | null, NamedValues | null, ...(number | null)[]];
const valuesAt = 4;

async function readHeatPumps(queries: Queries, now: number, limit: number): Promise<ShownHeatPump[]> {
  const rows = await queries.lists<HeatPumpRow>(
    `select devices.public_id, devices.node_id, newest.at, newest.rare,
       ${shownFigures.map((name) => `newest.${name}`).join(", ")}
     from devices left join lateral (
       select * from minutes where device_id = devices.id and at > $1 and at <= $2 order by at desc limit 1
     ) newest on true
     order by devices.public_id limit $3`,
    [new Date(now - newestWithinMs).toISOString(), new Date(now).toISOString(), limit],
  );
  return rows.map((row) => {
    const [id, node, at, rare] = row;
    const figures = shownFigures.map((name, i) => [name, numberOf(name, row[valuesAt + i], rare)]);
    return {
      id,
      node_id: node,
      at: timeOrNull(at),
      ...(Object.fromEntries(figures) as Pick<ShownHeatPump, (typeof shownFigures)[number]>),
    };
  });
}

function numberOf(name: string, stored: unknown, rare: NamedValues | null): number | null {
  if (typeof stored === "number") return stored;
  const value = rare?.[name];
  return typeof value === "number" ? value : null;
}
