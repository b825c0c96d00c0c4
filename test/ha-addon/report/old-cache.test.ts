import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { expect, it } from "vitest";
import { rome } from "#test/support/examples/archive.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

it("what earlier releases cached of days is removed at the start, and nothing else of the data folder", async () => {
  const data = temporaryFolder();
  for (const folder of ["what-happened", "day-summaries", "day-events", "day-bills"]) {
    mkdirSync(join(data, folder, "pump"), { recursive: true });
    writeFileSync(join(data, folder, "pump/2026-01.json"), "{}");
  }
  writeFileSync(join(data, "day-summaries/pump/2026.txt"), "");
  const log = recordingLog();
  const clock = simulatedClock(rome.startOf("2026-03-01"));
  const archive = join(data, "archive");
  const files = openArchive({ folder: archive, log, clock });
  const settings = await openSettings({ folder: data, log });
  const folders = { archive, data };
  const homeAssistant = undefined;
  const parts = { clock, log, files, folders, settings, homeAssistant, zone: () => rome, version: "1" };
  await openArchiveReports(parts).start().close();
  await openArchiveReports(parts).start().close();
  expect(existsSync(join(data, "what-happened"))).toBe(false);
  expect(existsSync(join(data, "day-summaries/pump/2026.txt"))).toBe(false);
  expect(existsSync(join(data, "day-summaries/pump/2026-01.json"))).toBe(true);
  expect(existsSync(join(data, "day-events/pump/2026-01.json"))).toBe(true);
  expect(existsSync(join(data, "day-bills/pump/2026-01.json"))).toBe(true);
  expect(log.lines).toEqual([]);
  await settings.close();
  await files.close();
});
