import type { EventContext } from "@heatloop/core/hub/home-events";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { Queries } from "../database/queries.ts";
import { noSuch } from "../web/problems.ts";
import { timeOf } from "../web/times.ts";
import { otherClaims } from "./claimed-devices.ts";
import type { GapReport } from "./gap-report-schema.ts";
import {
  type ClockNews,
  differenceOf,
  gapOf,
  missingSpans,
  type NodePast,
  type RowSpan,
  readingsWaitMs,
  recentMs,
  wrongClocksIn,
} from "./gaps.ts";

const mostGaps = 500;

type DeviceOfReport = {
  readonly id: number;
  readonly public_id: string;
  readonly home_id: string;
  readonly time_zone: string;
  /** Of another system. */
  readonly is_foreign: boolean;
};

/** What is missing of a node's rows in a span of time; throws the 404 that any other id gets too. */
export async function gapReport(queries: Queries, node: string, span: RowSpan, now: number): Promise<GapReport> {
  const past = await pastOf(queries, node, now);
  const devices = await queries.all<DeviceOfReport>(
    `select id, public_id, home_id, time_zone, exists (select from dialect_devices where device_id = devices.id) as is_foreign
      from devices where node_id = $1 order by home_id`,
    [node],
  );
  // What other systems send is here once it is sent, and their minutes once they are made.
  const foreignPast = { ...past, allSentAt: past.revokedAt ?? now };
  const foreignSpan = { ...span, to: Math.min(span.to, now - readingsWaitMs - recentMs) };
  const claims = await otherClaims(
    queries,
    devices.map(({ id }) => id),
  );
  const refused = await queries.all<GapReport["refused"][number] & { last_at: number }>(
    `select device as home_id, stream, why, rows, last_at, sample from refused_rows where node_id = $1
      order by last_at desc limit ${mostGaps}`,
    [node],
  );
  const reports = [];
  for (const { id, public_id: publicId, home_id: homeId, time_zone: zone, is_foreign: isForeign } of devices) {
    const known = await spanOf(queries, id, isForeign ? foreignSpan : span);
    const missing = known === undefined ? [] : missingSpans(await timesOf(queries, id, known), known);
    const gaps = missing.map((each) => gapOf(each, isForeign ? foreignPast : past));
    reports.push({
      id: publicId,
      home_id: homeId,
      claimed_also_by: [...(claims.get(id) ?? [])],
      missing_minutes: gaps.reduce((sum, { minutes }) => sum + minutes, 0),
      gaps: gaps.slice(-mostGaps).map(({ from, to, mayCome, ...gap }) => ({
        ...{ ...gap, from: timeOf(from), to: timeOf(to), may_come: mayCome },
      })),
      days_that_differ: await differences(queries, { device: id, zone: zoneOf(zone) }, span, past.allSentAt),
    });
  }
  return {
    all_sent_at: past.allSentAt === null ? null : timeOf(past.allSentAt),
    devices: reports,
    buffer_dropped: await droppedEvents(queries, node, span),
    refused: refused.map((row) => ({ ...row, last_at: timeOf(row.last_at) })),
  };
}

async function pastOf(queries: Queries, node: string, now: number): Promise<NodePast> {
  const found = await queries.first<{ status: string; revoked_at: number | null; all_sent_at: number | null }>(
    `select coalesce(status, 'NEW') as status, revoked_at, all_sent_at from nodes
      left join node_presence on node_presence.node_id = nodes.id
      left join node_uploads on node_uploads.node_id = nodes.id where nodes.id = $1`,
    [node],
  );
  if (found === undefined) throw noSuch("node");
  const statuses = await queries.all<{ at: number; status: string }>(
    "select at, status from node_changes where node_id = $1 order by at, id",
    [node],
  );
  const silences = statuses.flatMap(({ at, status }, i) =>
    status === "OFFLINE" ? [{ from: at, to: statuses[i + 1]?.at ?? now }] : [],
  );
  return {
    isOnline: found.status === "ONLINE",
    revokedAt: found.revoked_at,
    allSentAt: found.all_sent_at,
    silences,
    wrongClocks: wrongClocksIn(await clockNews(queries, node), now),
  };
}

async function clockNews(queries: Queries, node: string): Promise<ClockNews[]> {
  const rows = await queries.all<{ at: number; behind: number | null }>(
    `select at, case when kind = 'clock_off' then (context ->> 'behind_s')::float8 end as behind from events
      where node_id = $1 and (kind = 'clock_right' or kind = 'clock_off' and jsonb_typeof(context -> 'behind_s') = 'number')
      order by at desc limit ${mostGaps}`,
    [node],
  );
  return rows.reverse().map(({ at, behind }) => ({ at, behindS: behind }));
}

async function droppedEvents(queries: Queries, node: string, span: RowSpan): Promise<GapReport["buffer_dropped"]> {
  const rows = await queries.all<{ context: EventContext }>(
    `select context from events where node_id = $1 and kind = 'buffer_dropped' and at >= $2 order by at desc limit ${mostGaps}`,
    [node, new Date(span.from)],
  );
  return rows.flatMap(({ context: { from, to, events, damaged } }) => {
    const times = [from, to].map((time) => Date.parse(String(time)));
    if (times.some(Number.isNaN) || times[0] === undefined || times[0] >= span.to) return [];
    const count = damaged === true || typeof events !== "number" ? null : Math.round(events);
    return [{ from: timeOf(times[0]), to: timeOf(times[1] ?? times[0]), events: count }];
  });
}

type Sums = { readonly heat: number | null; readonly electricity: number | null; readonly covered: number };
type DayPair = { readonly date: string; readonly hub: Sums; readonly home: Sums };

/** Days of which the home itself says another energy. */
async function differences(
  queries: Queries,
  { device, zone }: { readonly device: number; readonly zone: Zone | undefined },
  { from, to }: RowSpan,
  allSentAt: number | null,
): Promise<GapReport["devices"][number]["days_that_differ"]> {
  if (zone === undefined || from >= to) return [];
  const sums = (table: string) =>
    `json_build_object('heat', ${table}.heat_wh, 'electricity', ${table}.electricity_wh, 'covered', ${table}.covered_s)`;
  const rows = await queries.all<DayPair>(
    `select date, ${sums("days")} as hub, ${sums("home_days")} as home from days join home_days using (device_id, date)
      where device_id = $1 and date >= $2 and date <= $3
        and (days.heat_wh, days.cooling_wh, days.electricity_wh) is distinct from
          (home_days.heat_wh, home_days.cooling_wh, home_days.electricity_wh)
      order by date`,
    [device, zone.dateOf(from), zone.dateOf(to)],
  );
  const json = ({ heat, electricity, covered }: Sums) => ({
    ...{ heat_wh: heat, electricity_wh: electricity, covered_s: covered },
  });
  return rows.map(({ date, hub, home }) => ({
    ...{ date, hub: json(hub), home: json(home) },
    why: differenceOf({ hub: hub.covered, home: home.covered }, { dayEndsAt: zone.endOf(date), allSentAt }),
  }));
}

/** A heat pump has nothing missing before its first row; undefined: all of the span is before that. */
async function spanOf(queries: Queries, device: number, { from, to }: RowSpan): Promise<RowSpan | undefined> {
  const row = await queries.first<{ first: number | null }>(
    "select min(at) as first from minutes where device_id = $1",
    [device],
  );
  if (row?.first == null || row.first >= to) return undefined;
  return { from: Math.max(from, row.first), to };
}

async function timesOf(queries: Queries, device: number, { from, to }: RowSpan): Promise<number[]> {
  const rows = await queries.all<{ at: number }>(
    "select at from minutes where device_id = $1 and at >= $2 and at < $3 order by at",
    [device, new Date(from), new Date(to)],
  );
  return rows.map(({ at }) => at);
}
