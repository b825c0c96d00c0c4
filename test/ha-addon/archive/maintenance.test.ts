import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { hourMs } from "@heatloop/core/time/durations";
import { datesBetween, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { compressFile, deviceFiles } from "@heatloop/ha-addon/archive/compress-days";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { maintainArchive } from "@heatloop/ha-addon/archive/maintenance";
import type { Settings } from "@heatloop/ha-addon/settings/settings";
import { describe, expect, test } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { makeReadOnly, mountable, smallDisk } from "#test/support/mounted-disk.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const now = rome.startOf("2026-03-01") + 12 * 3_600_000;

function dayCsv(date: string, count = 30): string {
  const from = rome.startOf(date);
  const minutes = Array.from({ length: count }, (_, i) =>
    wholeMinute(from + i * 60_000, "heating", { heatWh: 50, electricityWh: 100 }),
  );
  return `${[minutesHeader, ...minutes.map((minute) => minuteRow(minute, rome))].join("\n")}\n`;
}

/** An archive with a file a day of minutes and transitions. */
function archiveFrom(from: string, to: string) {
  const folder = temporaryFolder();
  const home = join(folder, "pump/2026");
  mkdirSync(home, { recursive: true });
  for (const date of datesBetween(from, to)) {
    writeFileSync(join(home, `${date}.csv`), dayCsv(date));
    writeFileSync(join(home, `${date}.transitions.csv`), "time,what,from,to,duration_s\n");
  }
  return { folder, home };
}

/** Lets the maintenance run once, as it does ten minutes after the start. */
async function maintain(folder: string, settings: Settings["archive"], cacheFolders: readonly string[] = []) {
  const log = recordingLog();
  const clock = simulatedClock(now);
  const running = maintainArchive({ folder, cacheFolders, clock, log, zone: () => rome, settings: () => settings });
  clock.advanceTo(now + hourMs);
  await settled();
  await running.close();
  return log;

  /** The run yields to the event loop after each file, so this many turns are enough. */
  async function settled() {
    for (let i = 0; i < 2000; i += 1) await new Promise((next) => setImmediate(next));
  }
}

test("what is cached of days that were removed is removed, month by month, and nothing else beside it", async () => {
  const { folder } = archiveFrom("2026-02-27", "2026-02-28");
  const caches = temporaryFolder();
  const home = join(caches, "day-events/pump");
  mkdirSync(home, { recursive: true });
  for (const name of ["2025-11.json", "2026-01.json", "2026-02.json", "notes.json"])
    writeFileSync(join(home, name), "");
  await maintain(folder, { compress_after_days: null, keep_days: null }, [join(caches, "day-events")]);
  expect(readdirSync(home)).toHaveLength(4);
  await maintain(folder, { compress_after_days: null, keep_days: 31 }, [
    join(caches, "day-events"),
    join(caches, "none"),
  ]);
  expect(readdirSync(home).sort()).toEqual(["2026-01.json", "2026-02.json", "notes.json"]);
});

const open = (folder: string) => openArchive({ folder, log: recordingLog(), clock: simulatedClock(now) });

async function everything(folder: string) {
  const files = open(folder);
  const rows: string[] = [];
  for (const date of await files.dates("pump")) {
    for (const kind of ["minutes", "transitions"] as const) {
      for await (const { row, line } of files.read("pump", date, kind)) rows.push(`${date} ${line} ${row}`);
    }
  }
  const days = await typedArchive(files, () => rome).days("pump", "2026-01-01", "2026-12-31", now);
  return { rows, days };
}

describe("old days", () => {
  test("all stay as they are where nothing is set", async () => {
    const { folder, home } = archiveFrom("2026-01-01", "2026-01-03");
    const before = readdirSync(home);
    const log = await maintain(folder, { compress_after_days: null, keep_days: null });
    expect(readdirSync(home)).toEqual(before);
    expect(log.lines).toEqual([]);
  });

  test("are compressed by their age, and read alike", async () => {
    const { folder, home } = archiveFrom("2026-02-10", "2026-02-28");
    const before = await everything(folder);
    const text = readFileSync(join(home, "2026-02-15.csv"), "utf8");
    const log = await maintain(folder, { compress_after_days: 10, keep_days: null });
    expect(readdirSync(home).filter((name) => name.endsWith(".zst"))).toHaveLength(2 * 9);
    expect(readdirSync(home)).toContain("2026-02-18.transitions.csv.zst");
    expect(readdirSync(home)).toContain("2026-02-19.csv");
    expect(zstdDecompressSync(readFileSync(join(home, "2026-02-15.csv.zst"))).toString()).toBe(text);
    expect(await everything(folder)).toEqual(before);
    expect(log.lines.map((line) => line.slice(26))).toEqual([
      "INFO old days were compressed or removed compressed=18 removed=0",
    ]);
    expect((await maintain(folder, { compress_after_days: 10, keep_days: null })).lines).toEqual([]);
  });

  test("are read alike where a person compressed them with gzip or zstd", async () => {
    const { folder, home } = archiveFrom("2026-02-10", "2026-02-12");
    const before = await everything(folder);
    for (const [name, pack, ending] of [
      ["2026-02-10.csv", gzipSync, "gz"],
      ["2026-02-11.csv", zstdCompressSync, "zst"],
    ] as const) {
      const path = join(home, name);
      writeFileSync(`${path}.${ending}`, pack(readFileSync(path)));
      expect(await everything(folder), "both are there").toEqual(before);
      writeFileSync(path, "");
      expect((await everything(folder)).days.length).toBe(2);
      rmSync(path);
      expect(await everything(folder)).toEqual(before);
    }
  });

  test("are removed by their age, and the others kept", async () => {
    const { folder, home } = archiveFrom("2026-01-20", "2026-02-05");
    writeFileSync(join(home, "2026-01-22.csv.torn"), "x");
    writeFileSync(join(home, "notes.txt"), "x");
    await maintain(folder, { compress_after_days: 20, keep_days: 31 });
    const names = readdirSync(home);
    expect(names.filter((name) => name < "2026-01-29")).toEqual([]);
    expect(names).toContain("2026-01-29.csv.zst");
    expect(names).toContain("notes.txt");
  });

  test("take rows that come late into a file of their own", async () => {
    const { folder, home } = archiveFrom("2026-02-01", "2026-02-01");
    await maintain(folder, { compress_after_days: 7, keep_days: null });
    const late = minuteRow(
      wholeMinute(rome.startOf("2026-02-01") + hourMs, "heating", { heatWh: 9, electricityWh: 0 }),
      rome,
    );
    const files = open(folder);
    await files.append({ device: "pump", date: "2026-02-01", kind: "minutes", header: minutesHeader, row: late });
    await files.close();
    expect(readdirSync(home).sort()).toContain("2026-02-01.2.csv");
    const { rows, days } = await everything(folder);
    expect([rows.length, days[0]?.heatWh]).toEqual([31, 30 * 50 + 9]);
  });

  test.each([
    ["a torn end", `${dayCsv("2026-02-01")}2026-02-01T0`],
    ["zero bytes at its end", `${dayCsv("2026-02-01")}\0\0\0`],
  ])("with %s stay as they are, which is logged once", async (_what, text) => {
    const { folder, home } = archiveFrom("2026-02-01", "2026-02-02");
    writeFileSync(join(home, "2026-02-01.csv"), text);
    const log = await maintain(folder, { compress_after_days: 7, keep_days: null });
    expect(readFileSync(join(home, "2026-02-01.csv"), "utf8")).toBe(text);
    expect(existsSync(join(home, "2026-02-02.csv.zst"))).toBe(true);
    expect(log.lines.filter((line) => line.includes("its end is torn"))).toHaveLength(1);
  });

  test("that a person restored beside their compressed file count, and are compressed again", async () => {
    const { folder, home } = archiveFrom("2026-02-01", "2026-02-01");
    await maintain(folder, { compress_after_days: 7, keep_days: null });
    writeFileSync(join(home, "2026-02-01.csv"), dayCsv("2026-02-01", 20));
    expect((await everything(folder)).days[0]?.heatWh).toBe(1000);
    await maintain(folder, { compress_after_days: 7, keep_days: null });
    expect(readdirSync(home).filter((name) => !name.includes("transitions"))).toEqual(["2026-02-01.csv.zst"]);
    expect((await everything(folder)).days[0]?.heatWh).toBe(1000);
  });

  test("stay whole where the disk refuses", () => {
    const { folder, home } = archiveFrom("2026-02-01", "2026-02-01");
    const text = readFileSync(join(home, "2026-02-01.csv"), "utf8");
    mkdirSync(join(home, "2026-02-01.csv.zst.new"));
    const [file] = deviceFiles(join(folder, "nobody"));
    expect(file).toBeUndefined();
    expect(() => compressFile({ folder: home, name: { date: "2026-02-01", kind: "minutes", part: 1 } })).toThrow();
    chmodSync(home, 0o755);
    expect(readFileSync(join(home, "2026-02-01.csv"), "utf8")).toBe(text);
  });
});

describe("what an ended program left behind in the middle of compressing", () => {
  test("goes with the next maintenance", async () => {
    const { folder, home } = archiveFrom("2026-02-01", "2026-02-02");
    writeFileSync(join(home, "2026-02-01.csv.zst.new"), "half");
    await maintain(folder, { compress_after_days: null, keep_days: 365 });
    expect(readdirSync(home)).not.toContain("2026-02-01.csv.zst.new");
  });

  test("does not end the maintenance where it cannot be removed, which is logged once", async () => {
    const { folder, home } = archiveFrom("2026-02-01", "2026-02-02");
    mkdirSync(join(home, "2026-02-01.csv.zst.new"));
    const log = await maintain(folder, { compress_after_days: 7, keep_days: null });
    expect(log.lines.filter((line) => line.includes("an old day stays as it is"))).not.toEqual([]);
    expect(existsSync(join(home, "2026-02-02.csv.zst"))).toBe(true);
  });

  test.runIf(mountable)("ends nothing on a disk that has become read-only", async () => {
    const disk = smallDisk() as string;
    const home = join(disk, "pump/2026");
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "2026-02-01.csv"), "time\n");
    writeFileSync(join(home, "2026-02-01.csv.zst.new"), "half");
    makeReadOnly(disk);
    const log = await maintain(disk, { compress_after_days: 7, keep_days: 31 });
    expect(log.lines.join("\n")).toContain("an old day stays as it is: ");
    expect(readdirSync(home)).toEqual(["2026-02-01.csv", "2026-02-01.csv.zst.new"]);
  });
});

test("a program killed while it compresses leaves every row readable, and the next one finishes its work", async () => {
  const { folder, home } = archiveFrom("2026-01-01", "2026-01-06");
  const before = await everything(folder);
  const program = resolve(import.meta.dirname, "../../support/compressing-program.ts");
  let kills = 0;
  for (let done = false; !done; ) {
    // Each is killed in a later change of the disk than the one before, so that it is hit in any of those of a file.
    const child = spawn(process.execPath, [program, join(folder, "pump"), `${kills + 1}`], { stdio: "inherit" });
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    expect([0, "SIGKILL"]).toContain(code ?? signal);
    done = code === 0;
    if (!done) kills += 1;
    const after = await everything(folder);
    expect(after.rows).toEqual(before.rows);
    expect(after.days.map(({ heatWh }) => heatWh)).toEqual(before.days.map(({ heatWh }) => heatWh));
  }
  // A file takes 17 changes.
  expect(kills).toBeGreaterThan(17);
  const names = readdirSync(home);
  expect(names).toHaveLength(2 * 6);
  expect(names.every((name) => name.endsWith(".csv.zst"))).toBe(true);
}, 120_000);
