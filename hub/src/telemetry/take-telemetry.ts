import type { RowCounts, SentRows, Telemetry, TelemetryAnswer } from "@heatloop/core/hub/telemetry";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { deviceOfNode } from "./devices.ts";
import type { MinuteRecord } from "./minute-record.ts";
import type { Partitions } from "./partitions.ts";
import { type ReadRows, readMinuteRows, readTransitionRows, type TransitionRecord } from "./read-rows.ts";
import { countRefused, type RowsOrigin } from "./refused-rows.ts";
import { storeMinutes } from "./store-minutes.ts";
import { storeTransitions } from "./store-transitions.ts";

/** Which node sent something. */
export type SendingNode = { readonly tenant: number; readonly node: string };

export type TelemetryParts = {
  readonly database: Database;
  readonly partitions: Partitions;
  readonly clock: Clock;
  /** For how many days the rows are kept. */
  readonly keptDays: number;
};

/** Stores what a node sent, all of it in one transaction: what the answer says is stored has been committed. */
export async function takeTelemetry(
  { database, partitions, clock, keptDays }: TelemetryParts,
  sender: SendingNode,
  { devices }: Telemetry,
): Promise<TelemetryAnswer> {
  const now = clock.now();
  const from = Math.floor(now / dayMs - keptDays) * dayMs;
  const read = devices.map((sent) => readRows(sent, { now, from }));
  await partitions.cover(
    read.flatMap(({ minutes, transitions }) => [
      ...minutes.rows.map(({ at }) => at),
      ...transitions.rows.map(({ transition }) => transition.at),
    ]),
  );
  const counts = await database.transaction({ tenant: sender.tenant }, async (queries) => {
    const stored: TelemetryAnswer["devices"][number][] = [];
    for (const rows of read) stored.push(await storeRows(queries, sender, rows, now));
    return stored;
  });
  return {
    devices: counts,
    hub_time: now,
    keeps_from: new Date(from).toISOString().slice(0, 10),
    slow_down_s: 0,
  };
}

type DeviceRows = {
  readonly sent: SentRows;
  readonly minutes: ReadRows<MinuteRecord>;
  readonly transitions: ReadRows<TransitionRecord>;
};

function readRows(sent: SentRows, times: { readonly now: number; readonly from: number }): DeviceRows {
  return {
    sent,
    minutes: readMinuteRows(sent.minutes ?? "", times),
    transitions: readTransitionRows(sent.transitions ?? "", times),
  };
}

async function storeRows(
  queries: Queries,
  sender: SendingNode,
  { sent: { device, time_zone: timeZone }, minutes, transitions }: DeviceRows,
  now: number,
): Promise<TelemetryAnswer["devices"][number]> {
  const home = await deviceOfNode(queries, sender, { device, timeZone });
  const { stored, repeated, different } = await storeMinutes(queries, home, minutes.rows);
  const newTransitions = await storeTransitions(queries, home, transitions.rows);
  const origin = (stream: RowsOrigin["stream"]) => ({ ...sender, device, stream });
  const changed = different.map((at) => ({
    why: "it is stored with other values, and the first ones stay",
    sample: new Date(at).toISOString(),
  }));
  await countRefused(queries, origin("minutes"), [...minutes.refused, ...changed], now);
  await countRefused(queries, origin("transitions"), transitions.refused, now);
  return {
    device,
    minutes: { ...countsOf(minutes), stored, repeated, different: different.length },
    transitions: {
      ...countsOf(transitions),
      stored: newTransitions,
      repeated: transitions.rows.length - newTransitions,
      different: 0,
    },
  };
}

function countsOf({
  refused,
  tooEarly,
  tooOld,
}: ReadRows<unknown>): Pick<RowCounts, "refused" | "too_early" | "too_old"> {
  return { refused: refused.length, too_early: tooEarly, too_old: tooOld };
}
