import { join } from "node:path";
import type { Transition } from "@heatloop/core/live/transition";
import type { Minute } from "@heatloop/core/minute/minute";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { hubAnswersWithinMs } from "@heatloop/ha-addon/hub/hub-client";
import { hubRows } from "@heatloop/ha-addon/hub/hub-rows";
import { startRowSender } from "@heatloop/ha-addon/sending/row-sender";
import { readSentDates } from "@heatloop/ha-addon/sending/sent-dates";
import { usualSetup } from "@heatloop/hub/rollups/day-rollup";
import { minuteOfStored } from "@heatloop/hub/telemetry/minute-record";
import { minutesBetween } from "@heatloop/hub/telemetry/stored-minutes";
import { expect, onTestFinished, test } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { rome } from "#test/support/examples/archive.ts";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { lookClock } from "#test/support/sending/look-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const today = "2026-10-25";
const startAt = rome.startOf(today) + 12 * hourMs;

/** A home with an archive, whose rows go to a real hub; `hubAheadMs`: how far the hub's clock is before the home's. */
async function homeAndHub({ hubAheadMs = 0 } = {}) {
  const clock = lookClock(startAt, hubAnswersWithinMs);
  const hub = await telemetryHub({ ...clock, now: () => clock.now() + hubAheadMs });
  const url = await hub.web.listen({ host: "127.0.0.1", port: 0 });
  const [log, folder] = [recordingLog(), temporaryFolder()];
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const archive = typedArchive(files, () => rome);
  const sentDates: string[] = [];
  let isCut = false;
  let slowDownS = 0;
  let onWrite = async (_date: string) => {};
  const target = hubRows({
    zone: () => rome,
    setup: () => usualSetup,
    async send(path, body, contentType, { headers, ended } = {}) {
      if (isCut) return { kind: "away", why: "cut", waitMs: secondMs };
      const node = { "x-test-node": `${hub.tenant.node} ${hub.tenant.id}`, "content-type": contentType };
      const request = {
        method: "POST",
        body: Buffer.from(body),
        headers: { ...headers, ...node },
        ...(ended && { signal: ended }),
      };
      const { ok, status, text } = await fetch(url + path, request).then(async (reply) => ({
        ...{ ok: reply.ok, status: reply.status, text: await reply.text() },
      }));
      if (ok && slowDownS > 0) {
        return { kind: "taken", status, text: text.replace(/"slow_down_s":\d+/, `"slow_down_s":${slowDownS}`) };
      }
      return ok ? { kind: "taken", status, text } : { kind: "refused", status, why: text };
    },
  });
  const watched: typeof target = {
    ...target,
    async write(device, rows, ended) {
      const date = rows[0]?.line.slice(0, 10) ?? "";
      sentDates.push(date);
      await onWrite(date);
      return target.write(device, rows, ended);
    },
  };
  const start = async () => {
    const stateFile = openStateFiles(folder, log)("hub-rows");
    const sent = readSentDates(await stateFile.read(), url);
    const parts = {
      clock,
      log: { ...log, hide() {}, clean: (text: string) => text },
      zone: () => rome,
      archive,
      files,
      stateFile,
    };
    const where = { name: "the hub", ifTooOld: "its gap report names them", newestFirst: true };
    return startRowSender({ ...parts, ...where, destination: () => ({ target: watched, daysBack: 31 }) }, sent);
  };
  let sender = await start();
  onTestFinished(async () => {
    await sender.stop();
    await files.close();
    await hub.web.close();
  });
  return {
    ...{ clock, log, archive, hub, sentDates },
    cut: (cut: boolean) => {
      isCut = cut;
    },
    slowDown: (seconds: number) => {
      slowDownS = seconds;
    },
    whenSent: (then: (date: string) => Promise<void>) => {
      onWrite = then;
    },
    async look(times = 1) {
      for (let i = 0; i < times; i += 1) {
        await clock.idle();
        clock.advanceTo(clock.nextLookAt() ?? clock.now());
        await clock.idle();
      }
      return sender.state();
    },
    async restart() {
      await sender.stop();
      sender = await start();
    },
    async logMinutes(from: number, to: number): Promise<void> {
      for (let at = from; at < to; at += minuteMs) await archive.writeMinute("pump", minuteAt(at));
    },
    stored: () =>
      hub.database.transaction({ tenant: hub.tenant.id }, async (queries) => {
        const pump = await queries.first<{ id: number }>("select id from devices where home_id = 'pump'");
        const records = await minutesBetween(queries, pump?.id ?? -1, { from: 0, to: startAt + 1_000 * hourMs });
        const transitions = await queries.all(
          "select at, kind, from_state, to_state from transitions order by at, nth",
        );
        return { minutes: records.map(minuteOfStored), transitions };
      }),
    async logged(): Promise<Minute[]> {
      const minutes: Minute[] = [];
      for await (const minute of archive.minutes("pump", 0, startAt + 1_000 * hourMs)) minutes.push(minute);
      return minutes;
    },
  };
}

function minuteAt(at: number): Minute {
  const k = Math.round(at / minuteMs);
  return wholeMinute(at, k % 7 === 0 ? "hot_water" : "heating", { heatWh: k % 131, electricityWh: (k % 37) / 8 });
}

function compressor(at: number, from: string, to: string): Transition {
  return { at, kind: "compressor", from, to, durationS: 60, context: {} as Transition["context"] };
}

test("the hub has the rows of the archive just as it has them, those of before too", async () => {
  const home = await homeAndHub();
  await home.logMinutes(startAt - 30 * hourMs, startAt);
  for (const [from, to] of [
    ["off", "on"],
    ["on", "off"],
    ["off", "on"],
    ["on", "off"],
  ] as const) {
    await home.archive.writeTransition("pump", compressor(startAt - hourMs, from, to));
  }
  expect(await home.look()).toMatchObject({ state: "connected", unsentFrom: null });
  const stored = await home.stored();
  expect(stored.minutes).toEqual(await home.logged());
  expect(stored.minutes).toHaveLength(1800);
  expect(stored.transitions).toHaveLength(4);
});

test("the newest rows go first, and those of this hour do not wait for those of last week", async () => {
  const home = await homeAndHub();
  await home.clock.idle();
  for (const day of [1, 2, 3]) await home.logMinutes(startAt - day * 24 * hourMs, startAt - day * 24 * hourMs + hourMs);
  await home.logMinutes(startAt - hourMs, startAt);
  home.whenSent(async (date) => {
    if (date === "2026-10-24") await home.logMinutes(startAt, startAt + minuteMs);
  });
  await home.restart();
  await home.clock.idle();
  expect(home.sentDates).toEqual(["2026-10-25", "2026-10-24", "2026-10-25", "2026-10-23", "2026-10-22"]);
  expect((await home.stored()).minutes).toEqual(await home.logged());
});

test("a hub that has much to do is sent the past more slowly, and this hour's rows before it", async () => {
  const home = await homeAndHub();
  await home.clock.idle();
  for (const day of [1, 2]) await home.logMinutes(startAt - day * 24 * hourMs, startAt - day * 24 * hourMs + hourMs);
  await home.logMinutes(startAt - hourMs, startAt);
  home.slowDown(30);
  await home.restart();
  await waitFor(() => home.sentDates.length === 2, "the first two dates are sent");
  await home.clock.idle();
  expect(home.sentDates).toEqual(["2026-10-25", "2026-10-24"]);
  await home.logMinutes(startAt, startAt + minuteMs);
  home.clock.advanceTo(home.clock.now() + 30 * secondMs);
  await waitFor(() => home.sentDates.length === 4, "it goes on");
  expect(home.sentDates).toEqual(["2026-10-25", "2026-10-24", "2026-10-25", "2026-10-23"]);
  expect(home.log.lines.join("\n")).toContain("the hub has much to do: rows of the past go there more slowly");
});

test("what was logged while there was no way to the hub comes later, once, also over a restart", async () => {
  const home = await homeAndHub();
  await home.logMinutes(startAt - 2 * hourMs, startAt);
  await home.look();
  home.cut(true);
  for (let i = 0; i < 90; i += 1) {
    const at = home.clock.now();
    home.clock.advanceTo(at + minuteMs);
    await home.logMinutes(startAt + i * minuteMs, startAt + (i + 1) * minuteMs);
  }
  expect(await home.look()).toMatchObject({ state: "away", unsentFrom: startAt });
  await home.restart();
  home.cut(false);
  expect(await home.look(3)).toMatchObject({ state: "connected", unsentFrom: null });
  expect((await home.stored()).minutes).toEqual(await home.logged());
  const refused = await home.hub.database.transaction({ tenant: home.hub.tenant.id }, (queries) =>
    queries.all("select why from refused_rows"),
  );
  expect(refused).toEqual([]);
});

test("a home whose clock is an hour ahead is told so, and its rows come when the hub's time has", async () => {
  const home = await homeAndHub({ hubAheadMs: -hourMs });
  await home.logMinutes(startAt - 10 * minuteMs, startAt);
  expect(await home.look()).toMatchObject({
    state: "away",
    detail: expect.stringMatching(/check this machine's clock/),
  });
  home.clock.advanceTo(startAt + hourMs);
  expect(await home.look(2)).toMatchObject({ state: "connected" });
  expect((await home.stored()).minutes).toHaveLength(10);
});
