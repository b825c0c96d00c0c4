import { execFileSync } from "node:child_process";
import fs, { mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Disk } from "@heatloop/ha-addon/archive/csv/csv-disk";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { csvRefusalOf } from "@heatloop/ha-addon/archive/csv/csv-refusal";
import { describe, expect, it } from "vitest";
import { mountable, smallDisk } from "#test/support/mounted-disk.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { unlocked } from "#test/support/unlocked.ts";
import { waitFor } from "#test/support/wait-for.ts";

const place = { device: "pump", date: "2026-11-21", kind: "minutes", header: "time,a" } as const;
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${from + i}`);
/** A row of about 300 bytes, which is what a minute takes. */
const long = (text: string) => `${text},${"x".repeat(290)}`;

function opened(folder: string, more: { files?: Disk; limit?: number; lock?: typeof unlocked } = {}) {
  const clock = simulatedClock(0);
  const log = recordingLog();
  const files = openArchive({ folder, log, clock, ...more });
  return {
    files,
    log,
    clock,
    async append(texts: readonly string[]) {
      for (const text of texts) await files.append({ ...place, row: long(text) });
    },
    /** Lets the next attempt come. */
    retry: () => clock.advanceTo(clock.now() + 60_000),
    async rows() {
      const lines = await Array.fromAsync(files.read("pump", place.date, "minutes"));
      return lines.map(({ row }) => row.replace(/,x{290}$/, ""));
    },
  };
}

if (!mountable) console.warn("SKIPPED: full and read-only disks are only tested as root, where tmpfs can be mounted");

describe.runIf(mountable)("a full disk", () => {
  it("is an alert; rows wait and are all there, once and in order, when there is space again", async () => {
    const disk = smallDisk() as string;
    const { files, log, append, retry, rows } = opened(join(disk, "archive"));
    writeFileSync(join(disk, "ballast"), Buffer.alloc(40_000));
    await append(numbers(0, 200));
    const { ok, reason, buffered, dropped } = files.health();
    expect({ ok, dropped }).toEqual({ ok: false, dropped: 0 });
    expect(reason).toMatch(/disk of .*archive is full: free some space/);
    const written = await rows();
    expect(written.length).toBeGreaterThan(20);
    expect(written).toEqual(numbers(0, 200 - buffered));
    expect(readFileSync(join(disk, "archive/pump/2026/2026-11-21.csv"), "utf8")).toMatch(/\n$/);
    expect(log.lines.length).toBe(1);

    rmSync(join(disk, "ballast"));
    writeFileSync(join(disk, "ballast"), Buffer.alloc(20_000));
    retry();
    await waitFor(async () => (await rows()).length > written.length, "progress");
    await files.flush();
    const some = await rows();
    expect(some).toEqual(numbers(0, some.length));
    expect(some.length).toBeLessThan(200);
    expect(files.health().ok).toBe(false);

    rmSync(join(disk, "ballast"));
    await append(numbers(200, 203));
    retry();
    await waitFor(() => files.health().ok, "written again");
    await append(numbers(203, 205));
    expect(await rows()).toEqual(numbers(0, 205).slice(0, (await rows()).length));
    expect((await rows()).length + files.health().buffered).toBe(205);
    expect(log.lines.filter((line) => line.includes("is not written")).length).toBeLessThanOrEqual(2);
    expect(log.lines.some((line) => line.includes("written again"))).toBe(true);
  });

  it("leaves a torn line alone until it can be set aside", async () => {
    const disk = smallDisk() as string;
    const path = join(disk, "archive/pump/2026/2026-11-21.csv");
    mkdirSync(join(disk, "archive/pump/2026"), { recursive: true });
    writeFileSync(path, "time,a\n1\n2,tor");
    try {
      writeFileSync(join(disk, "ballast"), Buffer.alloc(70_000));
    } catch {}
    const { files, append, retry } = opened(join(disk, "archive"));
    await append(["3"]);
    expect(files.health().ok).toBe(false);
    expect(readFileSync(path, "utf8")).toBe("time,a\n1\n2,tor");
    truncateSync(join(disk, "ballast"), 0);
    retry();
    await waitFor(() => files.health().ok, "written again");
    expect(readFileSync(path, "utf8")).toBe(`time,a\n1\n${long("3")}\n`);
    expect(readFileSync(`${path}.torn`, "utf8")).toBe("2,tor\n");
  });
});

describe.runIf(mountable)("a disk that becomes read-only", () => {
  it("is an alert, and writing goes on when it can be written again", async () => {
    const disk = smallDisk() as string;
    // Who asks for this himself must have closed every file before, the lock's too.
    const { files, log, append, retry, rows } = opened(join(disk, "archive"), { lock: unlocked });
    await append(numbers(0, 3));
    execFileSync("mount", ["-o", "remount,ro", disk]);
    await append(numbers(3, 6));
    expect(files.health()).toMatchObject({ ok: false, buffered: 3 });
    expect(files.health().reason).toMatch(/read-only/);
    retry();
    await files.flush();
    expect(await rows()).toEqual(numbers(0, 3));
    execFileSync("mount", ["-o", "remount,rw", disk]);
    retry();
    await waitFor(() => files.health().ok, "written again");
    await append(numbers(6, 8));
    expect(await rows()).toEqual(numbers(0, 8));
    expect(log.lines.map((line) => line.split(" ")[1])).toEqual(["ERROR", "INFO"]);
  });
});

describe("an archive whose folder is in the way of a file", () => {
  it.each(["", "pump", "pump/2026"])("(%j) waits until the file is moved away", async (place) => {
    const folder = join(temporaryFolder(), "archive");
    const { files, append, retry, rows } = opened(folder);
    await append(numbers(0, 3));
    renameSync(join(folder, place), `${folder}.away`);
    writeFileSync(join(folder, place), "in the way");
    await append(numbers(3, 6));
    expect(files.health()).toMatchObject({ ok: false, buffered: 3 });
    expect(files.health().reason).toMatch(/there is a file where the archive needs a folder/);
    rmSync(join(folder, place));
    renameSync(`${folder}.away`, join(folder, place));
    retry();
    await waitFor(() => files.health().ok, "written again");
    expect(await rows()).toEqual(numbers(0, 6));
  });
});

/** The real disk, on which the named calls fail while `broken`. */
function breakableDisk(...names: (keyof Disk)[]) {
  const state = { broken: false };
  const disk = { ...fs } as Disk;
  const failure = () => Object.assign(new Error("i/o error"), { code: "EIO" });
  for (const name of names) {
    const call = fs[name] as (...args: unknown[]) => unknown;
    const breakable = (...args: unknown[]) => {
      if (!state.broken) return call(...args);
      if (name === "fdatasync") return (args[1] as (error: Error) => void)(failure());
      throw failure();
    };
    Object.assign(disk, { [name]: breakable });
  }
  return { disk, state };
}

describe("a failing disk", () => {
  it.each([
    [["fdatasync", "fdatasyncSync"]],
    [["fdatasync", "fdatasyncSync", "ftruncateSync"]],
    [["writeSync"]],
    [["openSync"]],
    [["fstatSync"]],
  ] as const)("(%s) makes no row come twice", async (calls) => {
    const { disk, state } = breakableDisk(...calls);
    const { files, append, retry, rows } = opened(temporaryFolder(), { files: disk });
    await append(numbers(0, 3));
    state.broken = true;
    await append(numbers(3, 6));
    retry();
    await files.flush();
    expect(files.health()).toMatchObject({
      ok: false,
      buffered: 3,
      reason: expect.stringMatching(/input\/output error/),
    });
    state.broken = false;
    retry();
    await waitFor(() => files.health().ok, "written again");
    await append(numbers(6, 8));
    expect(await rows()).toEqual(numbers(0, 8));
  });

  it("keeps the newest rows only, and counts the others", async () => {
    const { disk, state } = breakableDisk("openSync");
    const { files, log, append, retry, rows } = opened(temporaryFolder(), { files: disk, limit: 5 });
    state.broken = true;
    await append(numbers(0, 12));
    await files.append({ ...place, kind: "transitions", row: "e" });
    expect(files.health()).toMatchObject({ ok: false, buffered: 6, dropped: 7 });
    state.broken = false;
    retry();
    await waitFor(() => files.health().ok, "written again");
    expect(files.health()).toEqual({ ok: true, reason: null, buffered: 0, dropped: 7 });
    expect(await rows()).toEqual(numbers(7, 12));
    expect(log.lines.filter((line) => line.includes("the oldest rows are lost")).length).toBe(1);
    expect(log.lines.at(-1)).toContain("rows=6 lost=7");
  });

  it("reports each time what was lost in it, and that rows are lost again", async () => {
    const { disk, state } = breakableDisk("openSync");
    const { files, log, append, retry } = opened(temporaryFolder(), { files: disk, limit: 5 });
    const lostLines = () => log.lines.filter((line) => line.includes("the oldest rows are lost")).length;
    for (const [outage, count, lost] of [
      [1, 12, 7],
      [2, 8, 3],
      [3, 5, 0],
    ] as const) {
      state.broken = true;
      await append(numbers(outage * 100, outage * 100 + count));
      state.broken = false;
      retry();
      await waitFor(() => files.health().ok, "written again");
      expect(log.lines.at(-1)).toContain(`rows=5 lost=${lost}`);
      expect(lostLines()).toBe(Math.min(outage, 2));
    }
    expect(files.health().dropped).toBe(10);
  });

  it("gets rows that waited over midnight, and over an update, into their own files", async () => {
    const { disk, state } = breakableDisk("openSync");
    const { files, retry, rows } = opened(temporaryFolder(), { files: disk });
    state.broken = true;
    await files.append({ ...place, row: "1" });
    await files.append({ ...place, row: "2" });
    await files.append({ ...place, header: "time,a,b", row: "3" });
    await files.append({ ...place, header: "time,a,b", date: "2026-11-22", row: "4" });
    await files.append({ ...place, header: "time,a,b", row: "5" });
    state.broken = false;
    retry();
    await waitFor(() => files.health().ok, "written again");
    expect(await rows()).toEqual(["1", "2", "3", "5"]);
    const next = await Array.fromAsync(files.read("pump", "2026-11-22", "minutes"));
    expect(next.map(({ row, header }) => [header, row])).toEqual([["time,a,b", "4"]]);
  });

  it("is tried again after 1 s, 2 s, 4 s, then each 5 s, and logged once", async () => {
    const { disk, state } = breakableDisk("openSync");
    state.broken = true;
    const clock = simulatedClock(0);
    const waits: number[] = [];
    const after: typeof clock.after = (ms, work) => {
      waits.push(ms / 1000);
      return clock.after(ms, work);
    };
    const log = recordingLog();
    const files = openArchive({ folder: temporaryFolder(), log, clock: { ...clock, after }, files: disk });
    await files.append({ ...place, row: "1" });
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      clock.advanceTo(clock.now() + (waits.at(-1) ?? 0) * 1000);
      await waitFor(() => waits.length === attempt + 1, "the attempt failed");
    }
    expect(waits).toEqual([1, 2, 4, 5, 5, 5, 5, 5, 5]);
    expect(log.lines.length).toBe(1);
    await files.close();
    expect(log.lines.at(-1)).toMatch(/ERROR the archive could not be written, rows are lost: .* rows=1$/);
    clock.advanceTo(clock.now() + 3_600_000);
    expect(waits.length).toBe(9);
  });

  it("gets what waited in memory at the end, if it works again by then", async () => {
    const { disk, state } = breakableDisk("openSync");
    const { files, append, rows } = opened(temporaryFolder(), { files: disk });
    state.broken = true;
    await append(numbers(0, 3));
    state.broken = false;
    await files.close();
    expect(await rows()).toEqual(numbers(0, 3));
  });
});

describe("the reason that the owner reads", () => {
  it.each([
    ["ENOSPC", /is full: free some space/],
    ["EDQUOT", /is full: free some space/],
    ["EROFS", /read-only/],
    ["EACCES", /must not be written: give the program the right/],
    ["EPERM", /must not be written/],
    ["ENOTDIR", /move it away/],
    ["EISDIR", /there is a folder where the archive needs a file/],
    ["EIO", /save what is on it/],
    ["EMFILE", /restart the app/],
    ["EWEIRD", /cannot be written: odd \(EWEIRD\)/],
  ])("about %s", (code, sentence) => {
    expect(csvRefusalOf(Object.assign(new Error("odd"), { code }), "/config/archive").reason).toMatch(sentence);
  });
});
