import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { archiveSize, watchArchiveSize } from "@heatloop/ha-addon/archive/archive-size";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

function archiveWith(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), "archive");
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe("the size of an archive", () => {
  it("is that of all its files, and of its days each date counts once", async () => {
    const folder = archiveWith({
      "hp/2026/2026-11-20.csv": "12345",
      "hp/2026/2026-11-20.2.csv": "1",
      "hp/2026/2026-11-20.transitions.csv": "12",
      "hp/2025/2025-01-01.csv.zst": "123",
      "other/2026/2026-11-20.csv": "1234",
      "other/2026/2026-11-21.transitions.csv": "1",
      "prices/2026/2026-11-22.csv": "12",
      "notes.txt": "not of the archive",
    });
    const { bytes, days, freeBytes } = await archiveSize(folder);
    expect([bytes, days]).toEqual([18, 2]);
    expect(freeBytes).toBeGreaterThan(0);
  });

  it("is nothing where there is no folder yet, beside what is free where it will be", async () => {
    const { bytes, days, freeBytes } = await archiveSize(join(temporaryFolder(), "not/there/yet"));
    expect([bytes, days]).toEqual([0, 0]);
    expect(freeBytes).toBeGreaterThan(0);
  });

  it("is counted soon after the start and every quarter of an hour, and never when it is asked for", async () => {
    const folder = archiveWith({ "hp/2026/2026-11-20.csv": "12345" });
    const clock = simulatedClock(0);
    let counted = 0;
    const size = () => {
      counted += 1;
      return archiveSize(folder);
    };
    const watched = watchArchiveSize({ size, clock, log: recordingLog() });
    expect([watched.current(), counted]).toEqual([null, 0]);
    clock.advanceTo(10_000);
    await waitFor(() => watched.current()?.bytes === 5, "it was counted");
    rmSync(folder, { recursive: true });
    clock.advanceTo(14 * 60_000);
    expect([watched.current()?.bytes, counted]).toEqual([5, 1]);
    clock.advanceTo(15 * 60_000);
    await waitFor(() => watched.current()?.bytes === 0, "it was counted again");
    watched.stop();
    clock.advanceTo(3_600_000);
    expect(counted).toBe(2);
  });
});
