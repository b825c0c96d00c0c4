import type { HomeDay } from "@heatloop/core/hub/home-days";
import type { RowCounts, SentRows, Telemetry, TelemetryAnswer } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { zoneOf } from "@heatloop/core/time/local-day";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { deviceOfNode, type HomeDevice, type NodeOfTenant } from "./devices.ts";
import { markAllDirty, markDirty } from "./dirty-days.ts";
import { readHomeDays, storeHomeDays } from "./home-days.ts";
import type { KeptFrom } from "./kept-from.ts";
import type { HubLoad } from "./load.ts";
import type { MinuteRecord } from "./minute-record.ts";
import type { Partitions } from "./partitions.ts";
import { type EventRecord, readEvents } from "./read-events.ts";
import { type ReadRows, readMinuteRows, readTransitionRows, type TransitionRecord } from "./read-rows.ts";
import { countRefused, type RowsOrigin } from "./refused-rows.ts";
import { storeEvents } from "./store-events.ts";
import { storeMinutes } from "./store-minutes.ts";
import { storeTransitions } from "./store-transitions.ts";

export type TelemetryParts = {
  readonly database: Database;
  readonly partitions: Partitions;
  readonly clock: Clock;
  readonly keptFrom: KeptFrom;
  readonly load: HubLoad;
};

/** Stores what a node sent, all of it in one transaction: what the answer says is stored has been committed. */
export async function takeTelemetry(
  parts: TelemetryParts,
  sender: NodeOfTenant,
  telemetry: Telemetry,
): Promise<TelemetryAnswer> {
  const leave = parts.load.enter();
  try {
    return { ...(await stored(parts, sender, telemetry)), slow_down_s: parts.load.slowDownS() };
  } finally {
    leave();
  }
}

async function stored(
  { database, partitions, clock, keptFrom }: TelemetryParts,
  sender: NodeOfTenant,
  { devices, events: sentEvents = [] }: Telemetry,
): Promise<Omit<TelemetryAnswer, "slow_down_s">> {
  const now = clock.now();
  const from = await keptFrom();
  const read = devices.map((sent) => readRows(sent, { now, from }));
  await partitions.cover(
    read.flatMap(({ minutes, transitions }) => [
      ...minutes.rows.map(({ at }) => at),
      ...transitions.rows.map(({ transition }) => transition.at),
    ]),
  );
  await partitions.cover(
    read.flatMap(({ days }) => days.rows.map(({ date }) => Date.parse(date))),
    ["home_days"],
  );
  const events = readEvents(sentEvents, { now, from: await keptFrom("events") });
  await partitions.cover(
    events.rows.map(({ at }) => at),
    ["events"],
  );
  const counts = await database.transaction({ tenant: sender.tenant }, async (queries) => {
    const stored: TelemetryAnswer["devices"][number][] = [];
    for (const rows of read) stored.push(await storeRows(queries, sender, rows, now));
    return { devices: stored, events: await storeSentEvents(queries, sender, events, now) };
  });
  return {
    ...counts,
    hub_time: now,
    keeps_from: new Date(from).toISOString().slice(0, 10),
  };
}

type DeviceRows = {
  readonly sent: SentRows;
  readonly minutes: ReadRows<MinuteRecord>;
  readonly transitions: ReadRows<TransitionRecord>;
  readonly days: ReadRows<HomeDay>;
};

function readRows(sent: SentRows, times: { readonly now: number; readonly from: number }): DeviceRows {
  return {
    sent,
    minutes: readMinuteRows(sent.minutes ?? "", times),
    transitions: readTransitionRows(sent.transitions ?? "", times),
    days: readHomeDays(sent.days ?? [], times.now),
  };
}

async function storeRows(
  queries: Queries,
  sender: NodeOfTenant,
  { sent: { device, time_zone: timeZone, setup, identity }, minutes, transitions, days }: DeviceRows,
  now: number,
): Promise<TelemetryAnswer["devices"][number]> {
  const home = await deviceOfNode(queries, sender, { device, timeZone, setup, identity });
  const { stored, repeated, different } = await storeMinutes(queries, home, minutes.rows);
  await markDays(queries, home, { timeZone, minutes: minutes.rows, isNew: stored > 0, now });
  const newTransitions = await storeTransitions(queries, home, transitions.rows);
  const newDays = await storeHomeDays(queries, home, days.rows);
  const origin = (stream: RowsOrigin["stream"]) => ({ ...sender, device, stream });
  const changed = different.map((at) => ({
    why: "it is stored with other values, and the first ones stay",
    sample: new Date(at).toISOString(),
  }));
  await countRefused(queries, origin("minutes"), [...minutes.refused, ...changed], now);
  await countRefused(queries, origin("transitions"), transitions.refused, now);
  await countRefused(queries, origin("days"), days.refused, now);
  return {
    device,
    minutes: { ...countsOf(minutes), stored, repeated, different: different.length },
    transitions: {
      ...countsOf(transitions),
      stored: newTransitions,
      repeated: transitions.rows.length - newTransitions,
      different: 0,
    },
    days: { ...countsOf(days), stored: newDays, repeated: days.rows.length - newDays, different: 0 },
  };
}

async function storeSentEvents(
  queries: Queries,
  sender: NodeOfTenant,
  events: ReadRows<EventRecord>,
  now: number,
): Promise<RowCounts> {
  const stored = await storeEvents(queries, sender, events.rows);
  await countRefused(queries, { ...sender, device: "", stream: "events" }, events.refused, now);
  return { ...countsOf(events), stored, repeated: events.rows.length - stored, different: 0 };
}

/** What the rows change of what was summed up before. */
async function markDays(
  queries: Queries,
  home: HomeDevice & { readonly isChanged: boolean },
  rows: {
    readonly timeZone: string;
    readonly minutes: readonly MinuteRecord[];
    readonly isNew: boolean;
    readonly now: number;
  },
): Promise<void> {
  const zone = zoneOf(rows.timeZone);
  if (zone === undefined) throw new Error("a zone was not checked");
  if (rows.isNew) await markDirty(queries, home, { zone, times: rows.minutes.map(({ at }) => at), now: rows.now });
  if (home.isChanged) await markAllDirty(queries, home, rows.now);
}

function countsOf({
  refused,
  tooEarly,
  tooOld,
}: ReadRows<unknown>): Pick<RowCounts, "refused" | "too_early" | "too_old"> {
  return { refused: refused.length, too_early: tooEarly, too_old: tooOld };
}
