import fs, { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Disk } from "@heatloop/ha-addon/archive/csv/csv-disk";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { wholeLength } from "@heatloop/ha-addon/archive/csv/csv-repair";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { unlocked } from "#test/support/unlocked.ts";

const place = { device: "pump", date: "2026-11-21", kind: "minutes", header: "time,a" } as const;

function brokenFile(content: string | Buffer) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "pump/2026"), { recursive: true });
  const path = join(folder, "pump/2026/2026-11-21.csv");
  writeFileSync(path, content);
  return { folder, path };
}

async function appendTo(folder: string, row: string, files: Disk = fs) {
  const log = recordingLog();
  const archive = openArchive({ folder, log, clock: simulatedClock(0), files, lock: unlocked });
  await archive.append({ ...place, row });
  const health = archive.health();
  return { log, health };
}

const asideOf = (path: string) => (existsSync(`${path}.torn`) ? readFileSync(`${path}.torn`, "latin1") : "");

describe("a torn file", () => {
  it.each([
    ["time,a\n1\n", "time,a\n1\nnew\n", ""],
    ["time,a\n", "time,a\nnew\n", ""],
    ["", "time,a\nnew\n", ""],
    ["time,a\n1\n2,tor", "time,a\n1\nnew\n", "2,tor\n"],
    ["tim", "time,a\nnew\n", "tim\n"],
    ["time,a\n1\n\0\0\0\0", "time,a\n1\nnew\n", "\0\0\0\0\n"],
    ["time,a\n1\n\0\0\0\0n\n", "time,a\n1\nnew\n", "\0\0\0\0n\n\n"],
    ["time,a\n1\n2\0\n\0\0\n3,t\0", "time,a\n1\nnew\n", "2\0\n\0\0\n3,t\0\n"],
    ["\0\0\0\0\0\0", "time,a\nnew\n", "\0\0\0\0\0\0\n"],
    ["time,a\n1\n\0\0\0\n3\n", "time,a\n1\n\0\0\0\n3\nnew\n", ""],
  ])("%j becomes %j, with %j set aside", async (before, after, aside) => {
    const { folder, path } = brokenFile(before);
    const { log } = await appendTo(folder, "new");
    expect(readFileSync(path, "utf8")).toBe(after);
    expect(asideOf(path)).toBe(aside);
    expect(log.lines.length).toBe(aside === "" ? 0 : 1);
  });

  it("of an older day is repaired when that day is written to", async () => {
    const { folder, path } = brokenFile("time,a\n1\n2,tor");
    const archive = openArchive({ folder, log: recordingLog(), clock: simulatedClock(0) });
    await archive.append({ ...place, date: "2026-11-22", row: "x" });
    expect(readFileSync(path, "utf8")).toBe("time,a\n1\n2,tor");
    await archive.append({ ...place, row: "late" });
    expect(readFileSync(path, "utf8")).toBe("time,a\n1\nlate\n");
  });

  it("with other columns is repaired before a new file begins", async () => {
    const { folder, path } = brokenFile("time,old\n1\n2,tor");
    await appendTo(folder, "new");
    expect(readFileSync(path, "utf8")).toBe("time,old\n1\n");
    expect(readFileSync(path.replace(".csv", ".2.csv"), "utf8")).toBe("time,a\nnew\n");
  });

  it("keeps what was set aside before", async () => {
    const { folder, path } = brokenFile("time,a\n1\n2,t");
    await appendTo(folder, "x");
    writeFileSync(path, "time,a\n1\nx\n3,t");
    await appendTo(folder, "y");
    expect(asideOf(path)).toBe("2,t\n3,t\n");
  });

  const failing = (name: "writeSync" | "fsyncSync" | "ftruncateSync" | "openSync", at: number): Disk => {
    let calls = 0;
    const call = fs[name] as (...args: never[]) => unknown;
    const fail = (...args: never[]) => {
      calls += 1;
      if (calls >= at) throw Object.assign(new Error("power cut"), { code: "EIO" });
      return call(...args);
    };
    return { ...fs, [name]: fail } as Disk;
  };
  const steps = (["writeSync", "fsyncSync", "ftruncateSync", "openSync"] as const).flatMap((name) =>
    [1, 2, 3].map((at) => [name, at] as const),
  );

  it.each(steps)("loses nothing when the repair ends at %s number %d, and is whole the next time", async (name, at) => {
    const { folder, path } = brokenFile("time,a\n1\n2,tor");
    await appendTo(folder, "lost with the process", failing(name, at));
    expect(`${readFileSync(path, "utf8")}${asideOf(path)}`).toContain("2,tor");
    await appendTo(folder, "new");
    const rows = readFileSync(path, "utf8")
      .split("\n")
      .filter((row) => row !== "lost with the process");
    expect(rows).toEqual(["time,a", "1", "new", ""]);
    expect(asideOf(path)).toBe("2,tor\n");
  });

  it("is not set aside in part, over and over, while the disk is full", async () => {
    const { folder, path } = brokenFile("time,a\n1\n2,tor");
    let fits = 3;
    const writeSync = ((fd: number, bytes: Uint8Array, offset: number, length: number) => {
      if (fits === 0) throw Object.assign(new Error("full"), { code: "ENOSPC" });
      const written = fs.writeSync(fd, bytes, offset, Math.min(length, fits));
      fits -= written;
      return written;
    }) as Disk["writeSync"];
    await appendTo(folder, "lost with the process", { ...fs, writeSync });
    expect(readFileSync(path, "utf8")).toBe("time,a\n1\n2,tor");
    expect(asideOf(path)).toBe("");
    await appendTo(folder, "new");
    expect(asideOf(path)).toBe("2,tor\n");
  });

  it("is cut after its last whole line without NULs at the end, whatever it holds", () => {
    const line = fc.string({ unit: fc.constantFrom("a", ",", "\0", "é"), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), line, (lines, rest) => {
        const bytes = Buffer.from(`${lines.map((text) => `${text}\n`).join("")}${rest}`);
        const kept = lines.slice(0, lines.findLastIndex((text) => !text.includes("\0")) + 1);
        expect(wholeLength(bytes)).toBe(Buffer.byteLength(kept.map((text) => `${text}\n`).join("")));
      }),
    );
  });
});
