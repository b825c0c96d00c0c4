import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { dayCache } from "@heatloop/ha-addon/archive/day-cache";
import type { DaySummary } from "@heatloop/ha-addon/archive/day-summaries";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

export const rome = zoneOf("Europe/Rome") as Zone;
export const later = rome.startOf("2030-01-01");

/** So many minutes of heating from the start of a date. */
export function minutesFrom(date: string, count: number, heatWh = 30): Minute[] {
  const from = rome.startOf(date);
  return Array.from({ length: count }, (_, i) =>
    wholeMinute(from + i * minuteMs, "heating", { heatWh: heatWh + i / 8, electricityWh: i % 10 === 9 ? 100 : 0 }),
  );
}

/** The text of a file of minutes. */
export function csvOf(minutes: readonly Minute[], zone = rome): string {
  return [minutesHeader, ...minutes.map((minute) => minuteRow(minute, zone))].map((line) => `${line}\n`).join("");
}

/** An archive of one device from names and contents of its files in 2026. */
export function archiveOf(files: Readonly<Record<string, string | Uint8Array>>, zone: Zone = rome) {
  const folder = temporaryFolder();
  const home = join(folder, "archive/pump/2026");
  mkdirSync(home, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  const log = recordingLog();
  const summariesFolder = join(folder, "day-summaries");
  const open = (kept = false, version = "1", at = zone) =>
    typedArchive(openArchive({ folder: join(folder, "archive"), log, clock: simulatedClock(0) }), () => at, {
      summaries: kept
        ? dayCache<DaySummary>({ folder: summariesFolder, name: "day summaries", version, log })
        : undefined,
    });
  return { home, open, summariesFolder, log };
}

export const day = (date: string, count = 60) => csvOf(minutesFrom(date, count));
export const lines = (date: string, count = 60) => day(date, count).trimEnd().split("\n");
export const heatOf = (minutes: readonly Minute[]) =>
  Math.round(minutes.reduce((sum, m) => sum + (m.figures.heat_wh ?? 0), 0));
export const hourWh = heatOf(minutesFrom("2026-01-01", 60));
