import type { HomeDay } from "@heatloop/core/hub/home-days";
import type { RowCounts, SentRows, TelemetryAnswer } from "@heatloop/core/hub/telemetry";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Queries } from "../database/queries.ts";
import { devicesOfNodes, type SaidDevice } from "./devices.ts";
import { markAllDirty, markDirty } from "./dirty-days.ts";
import { storeHomeDays } from "./home-days.ts";
import type { MinuteRecord } from "./minute-record.ts";
import type { ReadRows, TransitionRecord } from "./read-rows.ts";
import { countRefused } from "./refused-rows.ts";
import { type StoredCounts, storeMinutes } from "./store-minutes.ts";
import { storeTransitions } from "./store-transitions.ts";
import { knownZone } from "./zones.ts";

/** The rows of a heat pump, as they were sent and as they were read. */
export type DeviceRows = {
  readonly sent: SentRows;
  readonly minutes: ReadRows<MinuteRecord>;
  readonly transitions: ReadRows<TransitionRecord>;
  readonly days: ReadRows<HomeDay>;
};

/** By which node they were sent. */
type RowsOfNode = DeviceRows & { readonly node: string };
type DeviceAnswer = TelemetryAnswer["devices"][number];

/** Stores rows of heat pumps of a tenant; answers what became of each one's, in their order. */
export async function storeDevices(
  queries: Queries,
  tenant: number,
  { sent, now }: { readonly sent: readonly RowsOfNode[]; readonly now: number },
): Promise<DeviceAnswer[]> {
  // In one order for all, so that two that store rows of the same heat pumps never wait for each other.
  const order = [...sent.keys()].sort((a, b) => (nameOf(sent[a]) < nameOf(sent[b]) ? -1 : 1));
  const sorted = order.map((at) => sent[at] as RowsOfNode);
  const said = sorted.map(({ node, sent: { device, time_zone: timeZone, setup, identity } }) => ({
    ...{ node, device, timeZone, setup, identity },
  }));
  const devices = await devicesOfNodes(queries, tenant, said);
  const counts = await storeMinutes(
    queries,
    tenant,
    sorted.map(({ minutes }, at) => ({ device: (devices[at] as SaidDevice).id, records: minutes.rows })),
  );
  const all = sorted.map((rows, at) => ({
    rows,
    device: devices[at] as SaidDevice,
    minutes: counts[at] as StoredCounts,
  }));
  await markDays(queries, tenant, { all, now });
  const answers: DeviceAnswer[] = [];
  for (const [at, each] of all.entries()) answers[order[at] as number] = await storeRest(queries, each, now);
  return answers;
}

function nameOf(rows: RowsOfNode | undefined): string {
  return `${rows?.node} ${rows?.sent.device}`;
}

type StoredDevice = { readonly rows: RowsOfNode; readonly device: SaidDevice; readonly minutes: StoredCounts };

/** Marks what the rows change of what was summed up before. */
async function markDays(
  queries: Queries,
  tenant: number,
  { all, now }: { readonly all: readonly StoredDevice[]; readonly now: number },
): Promise<void> {
  const minutes = all
    .filter(({ minutes: { stored } }) => stored > 0)
    .map(({ rows, device }) => ({
      device: device.id,
      zone: checkedZone(rows.sent.time_zone),
      times: rows.minutes.rows.map(({ at }) => at),
    }));
  await markDirty(queries, tenant, { minutes, now });
  for (const { device } of all) if (device.isChanged) await markAllDirty(queries, device, now);
}

function checkedZone(name: string): Zone {
  const zone = knownZone(name);
  if (zone === undefined) throw new Error("a zone was not checked");
  return zone;
}

/** Stores what comes beside the minutes of a heat pump. */
async function storeRest(
  queries: Queries,
  { rows: { node, sent, minutes, transitions, days }, device, minutes: { stored, repeated, different } }: StoredDevice,
  now: number,
): Promise<DeviceAnswer> {
  const newTransitions = await storeTransitions(queries, device, transitions.rows);
  const newDays = await storeHomeDays(queries, device, days.rows);
  const origin = { tenant: device.tenant, node, device: sent.device };
  const changed = different.map((at) => ({
    why: "it is stored with other values, and the first ones stay",
    sample: new Date(at).toISOString(),
  }));
  await countRefused(queries, { ...origin, stream: "minutes" }, [...minutes.refused, ...changed], now);
  await countRefused(queries, { ...origin, stream: "transitions" }, transitions.refused, now);
  await countRefused(queries, { ...origin, stream: "days" }, days.refused, now);
  return {
    device: sent.device,
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

/** Counts of what was not even tried. */
export function countsOf({
  refused,
  tooEarly,
  tooOld,
}: ReadRows<unknown>): Pick<RowCounts, "refused" | "too_early" | "too_old"> {
  return { refused: refused.length, too_early: tooEarly, too_old: tooOld };
}
