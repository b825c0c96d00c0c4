import { join } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { dateAfter, datesBetween } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { prepareReports } from "@heatloop/ha-addon/report/prepare-reports";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { expect, it, onTestFinished } from "vitest";
import { archiveOf, day, rome } from "#test/support/examples/archive.ts";
import { readCountingDisk } from "#test/support/read-counting-disk.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** Four weeks of finished days, of which the first has no file: the day after may tell its totals. */
const [first, last, today] = ["2026-01-01", "2026-01-28", "2026-01-30"];
const logged = datesBetween("2026-01-02", today);
const finished = { from: first, to: last };

/** An archive, and a program with its data folder and settings that was just started. */
async function started(archive = written(), data = temporaryFolder(), settingsFolder = temporaryFolder()) {
  const { disk, reads } = readCountingDisk();
  const log = recordingLog();
  const clock = simulatedClock(rome.startOf(today) + 8 * 60 * minuteMs);
  const files = openArchive({ folder: archive, log, clock, files: disk });
  const settings = await openSettings({ folder: settingsFolder, log });
  const { reports } = openArchiveReports({
    ...{ clock, log, files, settings, folders: { archive, data }, zone: () => rome },
    ...{ homeAssistant: undefined, version: "1" },
  });
  /** What was prepared, in its order. */
  const weeks: string[] = [];
  const { promise: isBegun, resolve: begun } = Promise.withResolvers<void>();
  const prepared = prepareReports({
    ...{ clock, log, settings, zone: () => rome },
    reports: {
      prepare(device, span, now) {
        weeks.push(`${span.from} ${span.to}`);
        begun();
        return reports.prepare(device, span, now);
      },
    },
    devices: () => ["pump"],
    archiveDates: files.dates,
  });
  onTestFinished(prepared.close);
  const begin = () => clock.advanceTo(clock.now() + minuteMs);
  const isReady = (times = 1) => log.lines.filter((line) => line.includes("ready for reports")).length === times;
  const report = (span = finished) => reports.report("pump", span, clock.now());
  return { archive, data, reads, isBegun, log, clock, settings, weeks, prepared, begin, isReady, report };
}

function written(): string {
  const { home } = archiveOf(Object.fromEntries(logged.map((date) => [`${date}.csv`, day(date)])));
  return join(home, "../..");
}

it("makes all finished days week by week, the newest first, and says once how many", async () => {
  const { begin, isReady, weeks, log, clock } = await started();
  expect(weeks).toEqual([]);
  begin();
  await waitFor(() => isReady(), "the days were made");
  expect(weeks).toEqual([
    "2026-01-22 2026-01-28",
    "2026-01-15 2026-01-21",
    "2026-01-08 2026-01-14",
    "2026-01-01 2026-01-07",
  ]);
  clock.advanceTo(clock.now() + 60 * minuteMs);
  expect(log.lines.map((line) => line.replace(/^\S+ /, ""))).toEqual([
    expect.stringMatching(/the days of a heat pump are ready for reports device=pump days=27 seconds=0$/),
  ]);
});

it("the first report of all days then reads none of their files, and is the same as without", async () => {
  const { begin, isReady, reads, report } = await started();
  const cold = await (await started()).report();
  begin();
  await waitFor(() => isReady(), "the days were made");
  reads.clear();
  expect((await report()).events).toEqual(cold.events);
  expect(reads).toEqual(new Map());
});

it("goes on where it was ended, and makes nothing twice", async () => {
  const before = await started();
  before.begin();
  await before.isBegun;
  await before.prepared.close();
  expect(before.weeks).toHaveLength(1);
  const after = await started(before.archive, before.data);
  after.begin();
  await waitFor(() => after.isReady(), "the rest was made");
  expect(after.log.lines.at(-1)).toContain("days=20");
  expect([...after.reads.keys()].sort().at(-1)).toBe(`pump/${dateAfter(last, 2 - 7)}.csv`);
});

it("serves who asks meanwhile before it goes on with the next week", async () => {
  const { begin, isBegun, isReady, report } = await started();
  begin();
  await isBegun;
  const { total } = await report({ from: "2026-01-02", to: "2026-01-02" });
  expect(total.days.logged).toBe(1);
  expect(isReady()).toBe(false);
  await waitFor(() => isReady(), "the days were made");
});

it("begins anew when a setting changes that the days follow from, and not for others", async () => {
  const { begin, isReady, settings, weeks, reads, clock, report } = await started();
  begin();
  await waitFor(() => isReady(), "the days were made");
  await settings.change({ report: { language: "de" } });
  begin();
  expect(weeks).toHaveLength(4);
  await settings.change({ house: { glycol_percent: 30 } });
  await waitFor(() => isReady(2), "the days were made anew");
  expect(weeks).toHaveLength(8);
  clock.advanceTo(clock.now() + 10 * minuteMs);
  reads.clear();
  await report();
  expect(reads).toEqual(new Map());
});
