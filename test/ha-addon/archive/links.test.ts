import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { describe, expect, test } from "vitest";
import { day, later, rome } from "#test/support/examples/archive.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const date = "2026-01-10";

/** An archive of one day, of which a part was moved elsewhere and linked to. */
function linkedArchive(part: string) {
  const folder = temporaryFolder();
  const elsewhere = temporaryFolder();
  mkdirSync(join(folder, "pump/2026"), { recursive: true });
  writeFileSync(join(folder, `pump/2026/${date}.csv`), day(date));
  if (part !== "") {
    renameSync(join(folder, part), join(elsewhere, "moved"));
    symlinkSync(join(elsewhere, "moved"), join(folder, part));
  }
  return folder;
}

/** What each way of reading finds. */
async function found(folder: string) {
  const log = recordingLog();
  const files = openArchive({ folder, log, clock: simulatedClock(0) });
  const archive = typedArchive(files, () => rome);
  const read = await archive.daysAndProblems("pump", "2026-01-01", "2026-12-31", later);
  const rows = await Array.fromAsync(files.read("pump", date, "minutes"));
  return {
    devices: await files.devices(),
    dates: await files.dates("pump"),
    rows: rows.length,
    last: rows.at(-1)?.row.slice(0, 25),
    minutes: (await archive.minutesOf("pump", date)).length,
    files: files.minuteFiles("pump", "2026-01-01", "2026-12-31").files.map((file) => file.date),
    days: read.days.map((each) => [each.date, each.loggedMinutes]),
    findings: read.problems,
    warnings: log.lines.length,
  };
}

describe("an archive of which a part is a link", () => {
  test.each(["pump", "pump/2026", `pump/2026/${date}.csv`])(
    "(%s) is read by all readers as if it were no link",
    async (part) => {
      const expected = await found(linkedArchive(""));
      expect(expected).toMatchObject({
        devices: ["pump"],
        dates: [date],
        rows: 60,
        minutes: 60,
        files: [date],
        days: [[date, 60]],
      });
      expect(await found(linkedArchive(part))).toEqual(expected);
    },
  );

  test.each([
    ["that leads nowhere", "nowhere"],
    ["that leads to itself", "2025"],
  ])("%s is passed over by all", async (_, target) => {
    const folder = linkedArchive("");
    symlinkSync(target, join(folder, "pump/2025"));
    symlinkSync(target === "2025" ? "2026-01-11.csv" : target, join(folder, "pump/2026/2026-01-11.csv"));
    const { warnings: _warnings, ...rest } = await found(folder);
    const { warnings: _none, ...expected } = await found(linkedArchive(""));
    expect(rest).toEqual(expected);
  });
});
