import { columnOfDay } from "@heatloop/core/energy/day-columns";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { readDays, scannersNeeded } from "@heatloop/ha-addon/archive/columns";
import { minuteReading } from "@heatloop/ha-addon/archive/csv/csv-minute-files";
import { openScanners } from "@heatloop/ha-addon/archive/scan/open-scanners";
import { expect, test } from "vitest";
import { archiveOf, csvOf, minutesFrom, rome } from "#test/support/examples/archive.ts";

const dates = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05", "2026-01-06"];

function archive() {
  const texts = dates.map((date, i) => [`${date}.csv`, csvOf(minutesFrom(date, 60, 10 * (i + 1)))]);
  const { home } = archiveOf(Object.fromEntries(texts));
  const files = minuteReading(home.replace(/\/pump\/2026$/, ""));
  const scanners = openScanners(scannersNeeded);
  return () =>
    readDays({
      files: files.minuteFiles("pump", "2026-01-01", "2026-01-31").files,
      load: files.load,
      zone: rome,
      scanners,
      formula: usualHeatFormula,
      report: (date, { problem }) => expect.fail(`${date}: ${problem}`),
    });
}

test("each day is its own while the next file is read already", async () => {
  const first: [string, number, number | undefined][] = [];
  for await (const { date, columns, nextDay } of archive()()) {
    // As long as a formula takes.
    await new Promise((resolve) => setImmediate(resolve));
    first.push([date, columnOfDay(columns, "heat_wh")[0] as number, nextDay && columnOfDay(nextDay, "heat_wh")[0]]);
  }
  expect(first).toEqual(dates.map((date, i) => [date, 10 * (i + 1), i < 5 ? 10 * (i + 2) : undefined]));
});

test("a reading that stops in the middle leaves the scanners free for the next one", async () => {
  const read = archive();
  for (let i = 0; i < 3; i += 1) {
    for await (const { date } of read()) {
      if (date === dates[i]) break;
    }
    const heat: number[] = [];
    for await (const { columns } of read()) heat.push(columnOfDay(columns, "heat_wh")[0] as number);
    expect(heat).toEqual([10, 20, 30, 40, 50, 60]);
  }
});
