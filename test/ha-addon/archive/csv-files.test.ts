import fs, { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Disk } from "@heatloop/ha-addon/archive/csv/csv-disk";
import { type CsvFiles, openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import type { CsvKind } from "@heatloop/ha-addon/archive/csv/csv-name";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const header = "time,a";
const date = "2026-11-21";

function archive(folder: string, more: { files?: Disk; limit?: number; clock?: SimulatedClock } = {}) {
  const log = recordingLog();
  return { files: openArchive({ folder, log, clock: simulatedClock(0), ...more }), log };
}

function row(text: string, more: Partial<{ device: string; date: string; kind: CsvKind; header: string }> = {}) {
  return { device: "pump", date, kind: "minutes" as const, header, row: text, ...more };
}

/** The real disk, which records how its data was synced; `synced` is called each time. */
function countingDisk(synced = () => {}) {
  const syncs: ("thread" | "spot")[] = [];
  const fdatasync = ((fd: number, done: fs.NoParamCallback) => {
    syncs.push("thread");
    synced();
    fs.fdatasync(fd, done);
  }) as typeof fs.fdatasync;
  const fdatasyncSync = (fd: number) => {
    syncs.push("spot");
    synced();
    fs.fdatasyncSync(fd);
  };
  return { disk: { ...fs, fdatasync, fdatasyncSync }, syncs };
}

async function rowsOf(files: CsvFiles, day = date, kind: CsvKind = "minutes"): Promise<string[]> {
  const rows: string[] = [];
  for await (const line of files.read("pump", day, kind)) rows.push(line.row);
  return rows;
}

describe("the archive", () => {
  it("has a file a day and kind, whose first line is the header", async () => {
    const folder = temporaryFolder();
    const { files, log } = archive(folder);
    await files.append(row("t1,1"));
    await files.append(row("t2,2"));
    await files.append(row("e1", { kind: "transitions", header: "time,what" }));
    await files.append(row("t3,3", { date: "2027-01-01" }));
    await files.append(row("ü1,4", { device: "Other_1-x" }));
    await files.close();
    const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(({ name }) =>
      name.endsWith(".csv"),
    );
    const contents = written.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return `${path.slice(folder.length + 1)}: ${readFileSync(path, "utf8")}`;
    });
    expect(contents.sort()).toEqual([
      "Other_1-x/2026/2026-11-21.csv: time,a\nü1,4\n",
      "pump/2026/2026-11-21.csv: time,a\nt1,1\nt2,2\n",
      "pump/2026/2026-11-21.transitions.csv: time,what\ne1\n",
      "pump/2027/2027-01-01.csv: time,a\nt3,3\n",
    ]);
    expect(log.lines).toEqual([]);
    expect(files.health()).toEqual({ ok: true, reason: null, buffered: 0, dropped: 0 });
  });

  it("goes on in the same file after a restart", async () => {
    const folder = temporaryFolder();
    for (const text of ["1", "2", "3"]) {
      const { files } = archive(folder);
      await files.append(row(text));
      await files.close();
    }
    expect(readFileSync(join(folder, "pump/2026/2026-11-21.csv"), "utf8")).toBe("time,a\n1\n2\n3\n");
  });

  it("begins a new file when the columns change, finds it again, and reads all of a day in order", async () => {
    const folder = temporaryFolder();
    const columns = ["time,a", "time,a,b", "time,a,b", "time", "time", "time,a"];
    for (const [i, columnsNow] of columns.entries()) {
      const { files } = archive(folder);
      await files.append(row(`m${i}`, { header: columnsNow }));
      await files.append(row(`e${i}`, { header: columnsNow, kind: "transitions" }));
      await files.close();
    }
    const { files } = archive(folder);
    const read: string[] = [];
    for await (const line of files.read("pump", date, "minutes")) {
      read.push(`${line.file.slice(folder.length + 1)}:${line.line} ${line.header} ${line.row}`);
    }
    expect(read).toEqual([
      "pump/2026/2026-11-21.csv:2 time,a m0",
      "pump/2026/2026-11-21.2.csv:2 time,a,b m1",
      "pump/2026/2026-11-21.2.csv:3 time,a,b m2",
      "pump/2026/2026-11-21.3.csv:2 time m3",
      "pump/2026/2026-11-21.3.csv:3 time m4",
      "pump/2026/2026-11-21.4.csv:2 time,a m5",
    ]);
    expect(await rowsOf(files, date, "transitions")).toEqual(["e0", "e1", "e2", "e3", "e4", "e5"]);
    expect(readdirSync(join(folder, "pump/2026"))).toContain("2026-11-21.transitions.2.csv");
    expect(await files.dates("pump")).toEqual([date]);
  });

  it("reads the parts of a day by their number, not their name", async () => {
    const folder = temporaryFolder();
    const { files } = archive(folder);
    for (let i = 1; i <= 12; i += 1) await files.append(row(`${i}`, { header: `time,c${i}` }));
    expect(await rowsOf(files)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
  });

  it("keeps the order of rows that come at once, and writes many with one sync", async () => {
    const folder = temporaryFolder();
    const { disk, syncs } = countingDisk();
    const { files } = archive(folder, { files: disk });
    const numbers = Array.from({ length: 1000 }, (_, i) => `${i}`);
    await files.appendMany({ device: "pump", date, kind: "minutes", header, rows: numbers });
    expect(syncs.length).toBe(1);
    await Promise.all(["a", "b", "c"].map((text) => files.append(row(text))));
    for (const text of ["d", "e"]) await files.append(row(text));
    expect(syncs.length).toBeLessThanOrEqual(4 + 2);
    await files.appendMany({ device: "pump", date, kind: "minutes", header, rows: [] });
    expect(await rowsOf(files)).toEqual([...numbers, "a", "b", "c", "d", "e"]);
  });

  it("waits for a quick disk on the spot, and lets another thread wait for one that was slow", async () => {
    const clock = simulatedClock(0);
    let syncMs = 1;
    const { disk, syncs } = countingDisk(() => clock.jumpTo(clock.now() + syncMs));
    const { files } = archive(temporaryFolder(), { files: disk, clock });
    for (const ms of [1, 1, 1, 500, 20, 3, 1, 0]) {
      syncMs = ms;
      await files.append(row(`${ms}`));
    }
    expect(syncs).toEqual(["thread", "spot", "spot", "spot", "thread", "thread", "thread", "spot"]);
    expect((await rowsOf(files)).length).toBe(8);
  });

  it("has each row on the disk when append resolves", async () => {
    const folder = temporaryFolder();
    const { files } = archive(folder);
    for (let i = 0; i < 20; i += 1) {
      await files.append(row(`${i}`));
      expect((await rowsOf(files)).at(-1)).toBe(`${i}`);
    }
  });

  it("writes a new file when someone deleted or emptied the one it was at", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "pump/2026/2026-11-21.csv");
    const { files } = archive(folder);
    await files.append(row("1"));
    rmSync(path);
    await files.append(row("2"));
    expect(readFileSync(path, "utf8")).toBe("time,a\n2\n");
    writeFileSync(path, "");
    await files.append(row("3"));
    expect(readFileSync(path, "utf8")).toBe("time,a\n3\n");
    rmSync(join(folder, "pump"), { recursive: true });
    await files.append(row("4"));
    expect(readFileSync(path, "utf8")).toBe("time,a\n4\n");
    writeFileSync(path, "time,a\n4\nby hand\n");
    await files.append(row("5"));
    expect(await rowsOf(files)).toEqual(["4", "by hand", "5"]);
  });

  it("makes a row with line breaks one line", async () => {
    const { files } = archive(temporaryFolder());
    await files.append(row('t,"two\r\nlines\0"'));
    expect(await rowsOf(files)).toEqual(['t,"two  lines "']);
  });

  it("loses a row that comes after it was closed, and logs that", async () => {
    const { files, log } = archive(temporaryFolder());
    await files.close();
    await files.append(row("1"));
    expect(log.lines.join()).toContain("after the archive was closed");
    expect(await rowsOf(files)).toEqual([]);
  });

  it.each(["..", "../x", "a/b", "", ".", "a b", "ü", "a\0", "/etc"])("refuses the device %j", async (device) => {
    const folder = temporaryFolder();
    const { files } = archive(folder);
    await expect(files.append(row("1", { device }))).rejects.toThrow("no device id");
    expect(readdirSync(folder)).toEqual([]);
    expect(await files.dates(device)).toEqual([]);
  });

  it.each(["../../x", "2026-02-30", "2026-13-01", "21.11.2026", "", "2026-11-21/../x"])(
    "refuses the date %j",
    async (day) => {
      const { files } = archive(temporaryFolder());
      await expect(files.append(row("1", { date: day }))).rejects.toThrow("no date");
      expect(await rowsOf(files, day)).toEqual([]);
    },
  );
});

describe("what is in the archive", () => {
  it("is found in order, without what is not ours", async () => {
    const folder = temporaryFolder();
    const { files } = archive(folder);
    expect(await files.devices()).toEqual([]);
    expect(await files.dates("pump")).toEqual([]);
    for (const day of ["2026-11-21", "2025-12-31", "2026-01-01"]) await files.append(row("1", { date: day }));
    await files.append(row("1", { date: "2026-11-22", kind: "transitions" }));
    await files.append(row("1", { device: "another" }));
    mkdirSync(join(folder, "lost+found"));
    mkdirSync(join(folder, "notes"));
    mkdirSync(join(folder, "pump/2026/2026-05-05.csv"));
    writeFileSync(join(folder, "readme"), "");
    const foreign = [
      "2026-11-21.csv.torn",
      "2026-11-23.csv~",
      "2026-02-30.csv",
      "2025-06-01.csv",
      "2026-11-24.1.csv",
      "copy of 2026-11-25.csv",
      "2026-11-26.02.csv",
      "2026-11-27.csv.bz2",
    ];
    for (const name of foreign) writeFileSync(join(folder, "pump/2026", name), "time,a\nforeign\n");
    expect(await files.devices()).toEqual(["another", "pump"]);
    expect(await files.dates("pump")).toEqual(["2025-12-31", "2026-01-01", "2026-11-21", "2026-11-22"]);
    expect(await rowsOf(files)).toEqual(["1"]);
  });

  it("reads files that a spreadsheet program saved, and no line that is not whole", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "pump/2026"), { recursive: true });
    const path = join(folder, "pump/2026/2026-11-21.csv");
    writeFileSync(path, "\uFEFFtime,a\r\n1,x\r\n\r\n2,\0\0\r\n3,y\r\n4,tor");
    const { files } = archive(folder);
    const lines = await Array.fromAsync(files.read("pump", date, "minutes"));
    expect(lines).toEqual([
      { header, row: "1,x", file: path, line: 2 },
      { header, row: "3,y", file: path, line: 5 },
    ]);
  });

  it("is read as far as it can be, and what cannot is named once", async () => {
    const folder = temporaryFolder();
    const { files, log } = archive(folder);
    await files.append(row("1"));
    await files.append(row("2", { header: "time" }));
    rmSync(join(folder, "pump/2026/2026-11-21.csv"));
    symlinkSync("2026-11-21.csv", join(folder, "pump/2026/2026-11-21.csv"));
    mkdirSync(join(folder, "loop"));
    symlinkSync(".", join(folder, "loop/2026"));
    expect(await rowsOf(files)).toEqual(["2"]);
    writeFileSync(join(folder, "broken"), "");
    const { files: broken, log: brokenLog } = archive(join(folder, "broken"));
    for (let i = 0; i < 3; i += 1) expect([await broken.devices(), await broken.dates("pump")]).toEqual([[], []]);
    expect(brokenLog.lines.length).toBe(2);
    expect(brokenLog.lines[0]).toMatch(/a part of the archive cannot be read path=\S+broken reason="ENOTDIR/);
    expect(log.lines.length).toBe(2);
    expect(log.lines[1]).toMatch(/a part of the archive cannot be read path=\S+2026-11-21.csv reason="ELOOP/);
  });

  it.each([
    [{}, undefined],
    [{ "2026-11-21.csv": "time,a\n1\n2\n" }, "time,a 2"],
    [{ "2026-11-21.csv": "time,a\n1\n2" }, "time,a 1"],
    [{ "2026-11-21.csv": "time,a\n1\n", "2026-11-22.csv": "time,a\n" }, "time,a 1"],
    [{ "2026-11-21.csv": "time,a\n1\n", "2026-11-22.csv": "" }, "time,a 1"],
    [{ "2026-11-21.csv": "time,a\n1\n", "2026-11-21.2.csv": "time\n2\n" }, "time 2"],
    [{ "2026-11-21.csv": "time,a\n1\n", "2026-11-22.transitions.csv": "time\n9\n" }, "time,a 1"],
    [{ "2026-11-21.csv": "time,a\n1\n\0\0\0\0" }, "time,a 1"],
    [{ "2026-11-21.csv": "no line end" }, undefined],
  ])("ends, in %j, with %s", async (contents, expected) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "pump/2026"), { recursive: true });
    for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, "pump/2026", name), text);
    const { files } = archive(folder);
    const lines = [];
    for (const day of await files.dates("pump"))
      lines.push(...(await Array.fromAsync(files.read("pump", day, "minutes"))));
    const last = lines.at(-1);
    expect(last && `${last.header} ${last.row}`).toBe(expected);
  });
});
