import type { SentRows, Telemetry, TelemetryAnswer } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
import { gathered } from "../database/gathered.ts";
import type { KeptFrom } from "./kept-from.ts";
import type { HubLoad } from "./load.ts";
import type { Partitions } from "./partitions.ts";
import { readMinuteRows, readTransitionRows } from "./read-rows.ts";
import { type DeviceRows, storeDevices } from "./store-devices.ts";

/** Which node sent something. */
export type NodeOfTenant = { readonly tenant: number; readonly node: string };

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
  const store = gathered<Sending, DeviceAnswers>(
    {
      groupOf: ({ sender }) => sender.tenant,
      weightOf: rowsIn,
      most: mostRowsAtOnce,
      atOnce: transactionsAtOnce,
      failsAll: isAway,
    },
    (sendings) => storeSendings(database, sendings),
  );
  return async (sender, { devices }) => {
    const now = clock.now();
    const from = await keptFrom();
    const sending = { sender, devices: devices.map((sent) => readRows(sent, { now, from })), now };
    const leave = load.enter(rowsIn(sending));
    try {
      await partitions.cover(
        sending.devices.flatMap(({ minutes, transitions }) => [
          ...minutes.rows.map(({ at }) => at),
          ...transitions.rows.map(({ transition }) => transition.at),
        ]),
      );
      return {
        devices: await store(sending),
        hub_time: now,
        keeps_from: new Date(from).toISOString().slice(0, 10),
        slow_down_s: load.slowDownS(),
      };
    } finally {
      leave();
    }
  };
}

type DeviceAnswers = TelemetryAnswer["devices"];

/** What one node has sent. */
type Sending = { readonly sender: NodeOfTenant; readonly devices: readonly DeviceRows[]; readonly now: number };

/** How much work it is; one of no rows is some, too. */
function rowsIn({ devices }: Sending): number {
  return devices.reduce((sum, { minutes, transitions }) => sum + minutes.rows.length + transitions.rows.length, 1);
}

function readRows(sent: SentRows, times: { readonly now: number; readonly from: number }): DeviceRows {
  return {
    sent,
    minutes: readMinuteRows(sent.minutes ?? "", times),
    transitions: readTransitionRows(sent.transitions ?? "", times),
  };
}

/** Stores what nodes of one tenant have sent; answers each. */
async function storeSendings(database: Database, sendings: readonly Sending[]): Promise<readonly DeviceAnswers[]> {
  const tenant = sendings[0]?.sender.tenant ?? 0;
  const now = Math.max(...sendings.map((sending) => sending.now));
  const sent = sendings.flatMap(({ sender: { node }, devices }) => devices.map((rows) => ({ ...rows, node })));
  const answers = await database.transaction({ tenant }, (queries) => storeDevices(queries, tenant, { sent, now }));
  let at = 0;
  return sendings.map(({ devices }) => {
    at += devices.length;
    return answers.slice(at - devices.length, at);
  });
}
