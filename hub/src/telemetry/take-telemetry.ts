import type { Telemetry, TelemetryAnswer } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
import { gathered } from "../database/gathered.ts";
import { timeOf } from "../web/times.ts";
import type { NodeOfTenant } from "./devices.ts";
import { readHomeDays } from "./home-days.ts";
import type { KeptFrom } from "./kept-from.ts";
import type { HubLoad } from "./load.ts";
import type { Partitions } from "./partitions.ts";
import { readEvents } from "./read-events.ts";
import { readMinuteRows, readTransitionRows } from "./read-rows.ts";
import { type SendingAnswer, type SentByNode, storeSendings } from "./store-sendings.ts";

export type TelemetryParts = {
  readonly database: Database;
  readonly partitions: Partitions;
  readonly clock: Clock;
  readonly keptFrom: KeptFrom;
  readonly load: HubLoad;
};

/** Stores what a node sent, all of it in one transaction: what the answer says is stored has been committed. */
export type TakeTelemetry = (sender: NodeOfTenant, telemetry: Telemetry) => Promise<TelemetryAnswer>;

/** Of a tenant's nodes; more wait for the next transaction. */
const mostRowsAtOnce = 2_000;
const transactionsAtOnce = 2;

/** What nodes of a tenant send at the same time goes into the same transaction. */
export function telemetryIntake({ database, partitions, clock, keptFrom, load }: TelemetryParts): TakeTelemetry {
  const store = gathered<SentByNode, SendingAnswer>(
    {
      groupOf: ({ sender }) => sender.tenant,
      weightOf: rowsIn,
      most: mostRowsAtOnce,
      atOnce: transactionsAtOnce,
      failsAll: isAway,
    },
    (sendings) => storeSendings(database, sendings),
  );
  return async (sender, telemetry) => {
    const now = clock.now();
    const from = await keptFrom();
    const kept = { from, eventsFrom: await keptFrom("events"), costsFrom: await keptFrom("cost") };
    const sending = readSending(sender, telemetry, { now, ...kept });
    const leave = load.enter(rowsIn(sending));
    try {
      await coverTimes(partitions, sending);
      return {
        ...(await store(sending)),
        hub_at: timeOf(now),
        keeps_from: new Date(from).toISOString().slice(0, 10),
        slow_down_s: load.slowDownS(),
      };
    } finally {
      leave();
    }
  };
}

function readSending(
  sender: NodeOfTenant,
  { devices, events = [] }: Telemetry,
  { now, from, eventsFrom, costsFrom }: { readonly now: number } & Record<"from" | "eventsFrom" | "costsFrom", number>,
): SentByNode {
  const read = devices.map((sent) => ({
    sent,
    minutes: readMinuteRows(sent.minutes ?? "", { now, from }),
    transitions: readTransitionRows(sent.transitions ?? "", { now, from }),
    days: readHomeDays(sent.days ?? [], { now, costsFrom }),
  }));
  return { sender, devices: read, events: readEvents(events, { now, from: eventsFrom }), now };
}

/** How much work it is; one of no rows is some, too. */
function rowsIn({ devices, events }: SentByNode): number {
  const each = devices.map(({ minutes, transitions, days }) =>
    [minutes, transitions, days].map(({ rows }) => rows.length),
  );
  return each.flat().reduce((sum, rows) => sum + rows, 1 + events.rows.length);
}

/** Sees to it that there is a partition for everything. */
async function coverTimes(partitions: Partitions, { devices, events }: SentByNode): Promise<void> {
  await partitions.cover(
    devices.flatMap(({ minutes, transitions }) => [
      ...minutes.rows.map(({ at }) => at),
      ...transitions.rows.map(({ transition }) => transition.at),
    ]),
  );
  const days = devices.flatMap(({ days }) => days.rows);
  await partitions.cover(
    days.map(({ date }) => Date.parse(date)),
    ["home_days"],
  );
  await partitions.cover(
    days.flatMap(({ date, cost }) => (cost == null ? [] : [Date.parse(date)])),
    ["home_costs"],
  );
  await partitions.cover(
    events.rows.map(({ at }) => at),
    ["events"],
  );
}
