import { join } from "node:path";
import sqlite from "node:sqlite";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { startEventSender } from "@heatloop/ha-addon/hub/event-sender";
import type { HubAnswer } from "@heatloop/ha-addon/hub/hub-client";
import { openOutbox } from "@heatloop/ha-addon/hub/outbox";
import { expect, onTestFinished, test } from "vitest";
import { numberedEvent } from "#test/support/hub/numbered-event.ts";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { lookClock } from "#test/support/sending/look-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** The time of event 7200. */
const startAt = Date.parse(numberedEvent(7_200).at);

/** An outbox whose events go to a real hub, whose clock may be behind the home's. */
async function sendingHome({ hubBehindMs = 0 } = {}) {
  const clock = lookClock(startAt, -1);
  const hub = await telemetryHub({ ...clock, now: () => clock.now() - hubBehindMs });
  const url = await hub.web.listen({ host: "127.0.0.1", port: 0 });
  const log = recordingLog();
  const outbox = openOutbox({ sqlite, path: join(temporaryFolder(), "hub-outbox.sqlite"), clock, log });
  const sizes: number[] = [];
  let change = (answer: HubAnswer): HubAnswer => answer;
  const link = {
    onChange: () => () => {},
    async send(path: string, body: string | Uint8Array): Promise<HubAnswer> {
      const node = `${hub.tenant.node} ${hub.tenant.id}`;
      const headers = { "x-test-node": node, "content-type": "application/json", "content-encoding": "zstd" };
      const reply = await fetch(url + path, { method: "POST", body: Buffer.from(body), headers });
      const text = await reply.text();
      sizes.push(Object.values(JSON.parse(text).events as Record<string, number>).reduce((sum, each) => sum + each, 0));
      return change({ kind: "taken", status: reply.status, text });
    },
  };
  const cleaning = { ...log, hide() {}, clean: (text: string) => text };
  const sender = startEventSender({ clock, log: cleaning, link, outbox });
  onTestFinished(async () => {
    await sender.stop();
    outbox.close();
    await hub.web.close();
  });
  await clock.idle();
  const stored = () =>
    hub.database.transaction({ tenant: hub.tenant.id }, async (queries) =>
      (
        await queries.all<{ number: number }>("select (context ->> 'number')::int as number from events order by at")
      ).map(({ number }) => number),
    );
  return {
    ...{ clock, log, outbox, sender, sizes, stored },
    answers: (next: typeof change) => {
      change = next;
    },
    add(from: number, to: number) {
      for (let number = from; number < to; number += 1) outbox.add(numberedEvent(number));
      sender.wake();
    },
    async look() {
      await clock.idle();
      clock.advanceTo(clock.nextLookAt() ?? clock.now());
      await clock.idle();
    },
  };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test("a new event goes at once; while the hub is away all of them wait, and go when it is back", async () => {
  const home = await sendingHome();
  home.add(0, 1);
  await waitFor(async () => (await home.stored()).length === 1, "the event is stored");
  await waitFor(() => home.outbox.state().waiting === 0, "it was confirmed");
  home.answers(() => ({ kind: "away", why: "no answer", waitMs: 30 * secondMs }));
  home.add(1, 3);
  await waitFor(() => home.sizes.length === 2, "it was tried");
  await home.clock.idle();
  home.add(3, 5);
  await home.clock.idle();
  expect([home.outbox.state().waiting, home.sizes.length]).toEqual([4, 2]);
  home.answers((answer) => answer);
  await home.look();
  await waitFor(() => home.outbox.state().waiting === 0, "all are confirmed");
  // The hub had stored two of them, and its answer was lost.
  expect(await home.stored()).toEqual(numbers(0, 5));
  expect(home.sizes).toEqual([1, 2, 4]);
});

test("events that are too many for the hub go in smaller pieces, and more slowly where it asks for it", async () => {
  const home = await sendingHome();
  let refusals = 0;
  home.answers((answer) => {
    refusals += 1;
    return refusals < 3 ? { kind: "refused", status: 413, why: "too large" } : answer;
  });
  home.add(0, 120);
  await waitFor(() => home.outbox.state().waiting === 0, "all are confirmed");
  expect(home.sizes).toEqual([120, 60, 30, 30, 30, 30]);
  home.answers((answer) =>
    answer.kind === "taken"
      ? { ...answer, text: answer.text.replace(/"slow_down_s":\d+/, '"slow_down_s":20') }
      : answer,
  );
  home.add(120, 180);
  await waitFor(() => home.sizes.length === 7, "a piece was sent");
  await home.clock.idle();
  expect([home.outbox.state().waiting, (home.clock.nextLookAt() ?? 0) - home.clock.now()]).toEqual([30, 20 * secondMs]);
  await home.look();
  expect(home.outbox.state().waiting).toBe(0);
});

test("an event of a clock that was ahead waits for its time, and holds up no other", async () => {
  const home = await sendingHome();
  home.outbox.add(numberedEvent(7_200 + 3_600));
  home.add(0, 2);
  await waitFor(() => home.outbox.state().waiting === 1, "the others are confirmed");
  home.clock.advanceTo(startAt + hourMs - 6 * minuteMs);
  await home.clock.idle();
  expect(await home.stored()).toEqual([0, 1]);
  home.clock.advanceTo(startAt + hourMs);
  await home.look();
  await waitFor(() => home.outbox.state().waiting === 0, "it is confirmed");
  expect(await home.stored()).toEqual([0, 1, 10_800]);
});

test("of a home whose clock is an hour ahead of the hub's, events wait until the hub's time has come", async () => {
  const home = await sendingHome({ hubBehindMs: hourMs });
  home.outbox.add(numberedEvent(7_200));
  home.add(0, 2);
  await waitFor(() => home.outbox.state().waiting === 1, "the others are confirmed");
  await home.look();
  expect([await home.stored(), home.sizes]).toEqual([[0, 1], [3]]);
  home.clock.advanceTo(startAt + hourMs);
  await home.look();
  await waitFor(() => home.outbox.state().waiting === 0, "it is confirmed");
  expect(await home.stored()).toEqual([0, 1, 7_200]);
});

test("a hub that knows of no events keeps them waiting, and the log says so once", async () => {
  const home = await sendingHome();
  home.answers((answer) => (answer.kind === "taken" ? { ...answer, text: '{"devices":[]}' } : answer));
  home.add(0, 1);
  await waitFor(() => home.sizes.length === 1, "it was tried");
  await home.clock.idle();
  await home.look();
  expect(home.outbox.state().waiting).toBe(1);
  expect(home.log.lines.filter((line) => line.includes("the hub refuses events"))).toHaveLength(1);
});
