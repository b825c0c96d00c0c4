import { randomUUID } from "node:crypto";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { isoAt } from "@heatloop/core/time/local-day";
import { openPartitions } from "@heatloop/hub/telemetry/partitions";
import { readEvents } from "@heatloop/hub/telemetry/read-events";
import { readMinuteRows, readTransitionRows } from "@heatloop/hub/telemetry/read-rows";
import { type SentByNode, storeSendings } from "@heatloop/hub/telemetry/store-sendings";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { type TestTenant, withAnotherNode } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const noon = Date.parse("2026-10-25T12:00:00Z");
const clock = simulatedClock(noon);
const hub = await telemetryHub(clock);
const partitions = openPartitions(hub.owner, clock);
await partitions.cover([noon, noon - hourMs]);
await partitions.cover([noon], ["events"]);

const [first, second] = [hub.tenant, await withAnotherNode(hub.ownerUrl, hub.tenant)];
const times = { now: noon, from: 0 };

/** What a home sends, of two heat pumps, with rows that can't be read of two kinds. */
function sendingOf(of: TestTenant, round: number): SentByNode {
  const at = Array.from({ length: 30 }, (_, i) => isoAt(noon - (round * 30 + i + 1) * 1_000 * 2, 0));
  const odd = ["2001-01-01T00:00:00+00:00,60,1", `nothing ${round}`];
  const lines = [...at.map((time) => `${time},60,50`), ...odd];
  const device = (name: string, minutes: readonly string[]) => ({
    sent: { device: name, time_zone: "UTC" },
    minutes: readMinuteRows(["time,covered_s,heat_wh", ...minutes].join("\n"), times),
    transitions: readTransitionRows(["time,what,from,to", ...at.map((time) => `${time},fault,,E1`)].join("\n"), times),
    days: { rows: [], refused: [], tooEarly: 0, tooOld: 0 },
  });
  const events = Array.from({ length: 30 }, (_, i) => ({
    ...{ id: randomUUID(), at: new Date(noon - i * minuteMs).toISOString(), kind: "broker_back" },
    ...{ device: `pump ${i % 2}`, context: {} },
  }));
  return {
    sender: { tenant: of.id, node: of.node },
    devices: [device("pump 0", lines), device("pump 1", lines)],
    events: readEvents([...events, null, { ...events[0], at: "2001-01-01T00:00:00Z" }], times),
    now: noon,
  };
}

/** The same, in the opposite order in each of its parts. */
function reversed({ devices, events, ...sending }: SentByNode): SentByNode {
  const back = <Rows extends { readonly rows: readonly unknown[]; readonly refused: readonly unknown[] }>(
    of: Rows,
  ) => ({
    ...of,
    rows: of.rows.toReversed(),
    refused: of.refused.toReversed(),
  });
  const turned = devices.map((each) => ({
    ...each,
    minutes: back(each.minutes),
    transitions: back(each.transitions),
  }));
  return { ...sending, devices: turned.toReversed(), events: back(events) };
}

test("hubs that store the same of the same homes at once, in whatever order it came, never wait for each other for ever", async () => {
  for (let round = 0; round < 15; round += 1) {
    const [one, other] = [sendingOf(first, round), sendingOf(second, round)];
    const all = await Promise.all([
      storeSendings(hub.database, [one, other]),
      storeSendings(hub.database, [reversed(other), reversed(one)]),
      storeSendings(hub.database, [reversed(one), other]),
    ]);
    const stored = (of: (answer: (typeof all)[number][number]) => number) =>
      all.flat().reduce((sum, answer) => sum + of(answer), 0);
    expect(stored(({ events }) => events.stored)).toBe(60);
    expect(stored(({ devices }) => devices.reduce((sum, { minutes }) => sum + minutes.stored, 0))).toBe(120);
  }
});
