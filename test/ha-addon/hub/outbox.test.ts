import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sqlite from "node:sqlite";
import type { HomeEvent } from "@heatloop/core/hub/home-events";
import { dayMs } from "@heatloop/core/time/durations";
import { openOutbox } from "@heatloop/ha-addon/hub/outbox";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { numberedEvent } from "#test/support/hub/numbered-event.ts";
import { mountable, smallDisk } from "#test/support/mounted-disk.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const later = Date.parse("2027-01-01T00:00:00Z");
const clock = { now: () => later };

function testOutbox(path = join(temporaryFolder(), "hub-outbox.sqlite"), mostBytes?: number) {
  const log = recordingLog();
  const open = () => openOutbox({ sqlite, path, clock, log, ...(mostBytes !== undefined && { mostBytes }) });
  return { path, log, open };
}

const numbersOf = (events: readonly HomeEvent[]) => events.map(({ context }) => context.number);
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test("events wait in their order over restarts until the hub has them", () => {
  const { path, open } = testOutbox();
  let outbox = open();
  for (const number of numbers(0, 10)) outbox.add(numberedEvent(number));
  outbox.keep("run", "first");
  expect(outbox.close()).toBe(0);
  outbox = open();
  expect(outbox.kept("run")).toBe("first");
  const oldest = outbox.oldest(4, later);
  expect(oldest).toEqual(numbers(0, 4).map((number) => numberedEvent(number)));
  expect(outbox.oldest(4, later)).toEqual(oldest);
  expect(outbox.confirm(oldest)).toBe(true);
  outbox.close();
  outbox = open();
  expect(numbersOf(outbox.oldest(100, later))).toEqual(numbers(4, 10));
  expect(outbox.state()).toEqual({ waiting: 6, dropped: 0, trouble: null });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
  outbox.close();
});

test("an event whose time has not come holds up none of the others", () => {
  const outbox = testOutbox().open();
  for (const number of [7, 3, 5]) outbox.add(numberedEvent(number));
  expect(numbersOf(outbox.oldest(10, Date.parse(numberedEvent(5).at)))).toEqual([3, 5]);
  outbox.close();
});

test("where the outbox is full the oldest events go, and the hub is told how many and of when, once", () => {
  const mostBytes = 96 * 1024;
  const { path, open } = testOutbox(undefined, mostBytes);
  let outbox = open();
  const text = "x".repeat(300);
  for (const number of numbers(0, 600)) outbox.add(numberedEvent(number, { text }));
  expect(statSync(path).size + statSync(`${path}-wal`).size).toBeLessThan(mostBytes + 1024 ** 2);
  const { waiting, dropped } = outbox.state();
  expect([waiting + dropped, waiting > 50]).toEqual([600, true]);
  outbox.close();
  expect(statSync(path).size).toBeLessThanOrEqual(mostBytes + 8 * 4096);
  outbox = open();
  const [told, ...events] = outbox.oldest(5_000, later);
  expect(numbersOf(events)).toEqual(numbers(dropped, 600));
  expect(told).toMatchObject({
    kind: "buffer_dropped",
    at: numberedEvent(dropped - 1).at,
    context: { events: dropped, from: numberedEvent(0).at, to: numberedEvent(dropped - 1).at, damaged: false },
  });
  // What goes while that is on its way is told by itself.
  for (const number of numbers(600, 700)) outbox.add(numberedEvent(number, { text }));
  expect(outbox.oldest(1, later)).toEqual([told]);
  outbox.confirm([told as HomeEvent]);
  const [next] = outbox.oldest(1, later);
  expect(next).toMatchObject({ kind: "buffer_dropped", context: { from: numberedEvent(dropped).at } });
  expect(Number(next?.context.events) + dropped).toBe(outbox.state().dropped);
  outbox.confirm([next as HomeEvent]);
  expect(outbox.oldest(1, later)[0]?.kind).toBe("alert_raised");
  outbox.close();
});

test("kill -9 twenty times leaves every event that was kept there once, in order", async () => {
  const { path, log, open } = testOutbox();
  let next = 0;
  for (let kill = 1; kill <= 20; kill += 1) {
    const report = `${path}-report-${kill}`;
    writeFileSync(report, "");
    const writer = spawn(process.execPath, [join(import.meta.dirname, "outbox-writer.ts"), path, report, `${next}`], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = once(writer, "close");
    const reported = () => readFileSync(report, "utf8").split("\n").slice(0, -1);
    await waitFor(() => reported().length >= 1 + ((kill * 7) % 23), "events");
    writer.kill("SIGKILL");
    await ended;
    const outbox = open();
    const there = numbersOf(outbox.oldest(100_000, later));
    outbox.close();
    expect(there).toEqual(numbers(0, there.length));
    expect(there.length - 1 - Number(reported().at(-1))).toBeGreaterThanOrEqual(0);
    expect(there.length - 1 - Number(reported().at(-1))).toBeLessThanOrEqual(1);
    next = there.length;
  }
  expect(log.lines).toEqual([]);
});

if (!mountable) console.warn("SKIPPED: a full disk is only tested as root, where tmpfs can be mounted");

test.runIf(mountable)("on a full disk the newest events wait in memory, are sent from there, and saved later", () => {
  const disk = smallDisk(1024);
  if (disk === undefined) throw new Error("no disk could be mounted");
  const { log, open } = testOutbox(join(disk, "hub-outbox.sqlite"));
  const outbox = open();
  outbox.add(numberedEvent(0));
  const filler = join(disk, "filler");
  expect(() => writeFileSync(filler, Buffer.alloc(1024 ** 2))).toThrow(/ENOSPC/);
  for (const number of numbers(1, 300)) outbox.add(numberedEvent(number, { text: "x".repeat(400) }));
  expect(outbox.state()).toMatchObject({ trouble: expect.stringMatching(/full|disk/) });
  expect(log.lines.filter((line) => line.includes("cannot be saved"))).toHaveLength(1);
  const { waiting, dropped } = outbox.state();
  expect(waiting).toBeGreaterThanOrEqual(200);
  const last = outbox.oldest(500, later).at(-1);
  expect(last).toEqual(numberedEvent(299, { text: "x".repeat(400) }));
  outbox.confirm([last as HomeEvent]);
  rmSync(filler);
  outbox.add(numberedEvent(300));
  expect(log.lines.at(-1)).toContain("events for the hub can be saved again");
  const events = outbox.oldest(500, later);
  expect(events.at(-1)).toEqual(numberedEvent(300));
  expect(events.filter(({ kind }) => kind === "buffer_dropped")).toMatchObject([{ context: { events: dropped } }]);
  expect(numbersOf(events.slice(1)).filter((number) => number === 299)).toEqual([]);
  outbox.close();
});

test("a file that is damaged anywhere is moved aside, and a new one goes on, which the hub is told", () => {
  const { path, open } = testOutbox();
  const outbox = open();
  for (const number of numbers(0, 200)) outbox.add(numberedEvent(number, { text: "x".repeat(200) }));
  outbox.close();
  const whole = readFileSync(path);
  const damage = fc.oneof(
    fc.record({ at: fc.nat(whole.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 5_000 }) }),
    fc.record({ length: fc.nat(whole.length - 1) }),
  );
  fc.assert(
    fc.property(damage, (how) => {
      const damaged = Buffer.from(whole);
      rmSync(`${path}.broken`, { force: true });
      if ("bytes" in how) damaged.set(how.bytes.slice(0, whole.length - how.at), how.at);
      writeFileSync(path, damaged);
      if ("length" in how) truncateSync(path, how.length);
      const opened = open();
      const found = opened.oldest(1_000, later);
      opened.add(numberedEvent(500));
      expect(opened.oldest(1_000, later).at(-1)).toEqual(numberedEvent(500));
      if (existsSync(`${path}.broken`)) {
        expect(opened.oldest(1, later)).toMatchObject([{ kind: "buffer_dropped", context: { damaged: true } }]);
      }
      expect(opened.confirm(found)).toBe(true);
      opened.close();
      const again = open();
      expect(again.oldest(1_000, later).at(-1)).toEqual(numberedEvent(500));
      again.close();
    }),
    { numRuns: 40 },
  );
  writeFileSync(path, "no database at all, but a text of some length".repeat(100));
  const { log, open: openAgain } = testOutbox(path);
  const last = openAgain();
  onTestFinished(() => void last.close());
  last.add(numberedEvent(1));
  expect(last.oldest(10, later + dayMs).map(({ kind }) => kind)).toEqual(["buffer_dropped", "alert_raised"]);
  expect(log.lines).toEqual([expect.stringContaining("a new file was begun")]);
});
