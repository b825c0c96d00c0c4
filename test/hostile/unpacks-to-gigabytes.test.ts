import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { compressFile } from "@heatloop/ha-addon/archive/compress-days";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { mostFileBytes } from "@heatloop/ha-addon/archive/csv/csv-packing";
import { describe, expect, it } from "vitest";
import { day, later, rome } from "#test/support/examples/archive.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const piece = Buffer.alloc(mostFileBytes, "0\n");

/** A few MB from which 9 GB come: gzip members follow each other in a file. */
function nineGigabytes(): Buffer {
  const member = gzipSync(piece);
  return Buffer.concat(Array.from({ length: Math.ceil(9e9 / piece.length) }, () => member));
}

function archiveWith(name: string, bytes: Uint8Array) {
  const folder = temporaryFolder();
  const home = join(folder, "pump/2026");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "2026-01-01.csv"), day("2026-01-01"));
  writeFileSync(join(home, name), bytes);
  const log = recordingLog();
  const files = openArchive({ folder, log, clock: simulatedClock(0) });
  return { home, log, file: join(home, name), archive: typedArchive(files, () => rome) };
}

describe.each<[string, string, () => Uint8Array]>([
  ["9 GB from a .csv.gz", "2026-01-02.csv.gz", nineGigabytes],
  ["more than a day has from a .csv.zst", "2026-01-02.csv.zst", () => zstdCompressSync(Buffer.concat([piece, piece]))],
  ["a .csv that is longer than a day", "2026-01-02.csv", () => Buffer.concat([piece, piece])],
])("%s", (_what, name, bytes) => {
  it("is left out of the days, and a finding names the file", async () => {
    const { archive, file } = archiveWith(name, bytes());
    const { days, problems } = await archive.daysAndProblems("pump", "2026-01-01", "2026-01-31", later);
    expect(days.map(({ date }) => date)).toEqual(["2026-01-01"]);
    expect(problems).toContainEqual({ file, line: null, problem: expect.stringContaining("longer than 32 MB") });
  });

  it("is left out of the minutes, and the log names the file once", async () => {
    const { archive, log, file } = archiveWith(name, bytes());
    for (let i = 0; i < 2; i += 1) {
      expect(await archive.minutesOf("pump", "2026-01-02")).toEqual([]);
      expect(await archive.minutesOf("pump", "2026-01-01")).toHaveLength(60);
    }
    const logged = log.lines.filter((line) => line.includes(file));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain("longer than 32 MB");
  });
});

it("a file that is longer than a day is not compressed into one that unpacks to too much", () => {
  const { home } = archiveWith("2026-01-02.csv", Buffer.concat([piece, piece]));
  expect(compressFile({ folder: home, name: { date: "2026-01-02", kind: "minutes", part: 1 } })).toBe("too long");
});
