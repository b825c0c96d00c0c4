import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { minuteRow } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openPythonLog } from "#scripts/importing/python-log.ts";
import type { Sample, Source } from "#scripts/importing/sample.ts";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { type ArchiveFolder, archiveFolder, namedZone } from "#test/support/archives/archive-folder.ts";
import { importInto, now } from "#test/support/import-examples/importing.ts";
import { csvFile, pythonHeader, pythonRow, timesFrom } from "#test/support/import-examples/python-csv.ts";

const rome = namedZone("Europe/Rome");
const start = rome.startOf("2026-02-26");

function logOf(lines: readonly string[]) {
  const files = [csvFile([pythonHeader, ...lines])];
  return (report: Parameters<Parameters<typeof importInto>[0]>[0]) =>
    openPythonLog({ files, zone: rome, spaceMode: "heating", now, report });
}

/** The logger's rows of some hours; its counter goes up by 0.1 kWh each ten minutes. */
function hours(first: number, count: number): string[] {
  return timesFrom("2026-02-26", first * 60, count * 60).map((time, i) =>
    pythonRow(time, {
      daily_consumed_kwh: ((first * 60 + i) / 100).toFixed(1),
      discharge_temp: 50 + (i % 7),
    }),
  );
}

async function logged(minutes: readonly Minute[]): Promise<ArchiveFolder> {
  const kept = archiveFolder("Europe/Rome");
  const { archive, files } = kept.open();
  for (const minute of minutes) await archive.writeMinute("pump", minute);
  await files.close();
  return kept;
}

/** Every file of an archive with its bytes as text. */
function contents({ folder }: ArchiveFolder): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => [
      join(entry.parentPath, entry.name),
      readFileSync(join(entry.parentPath, entry.name), "utf8"),
    ]),
  );
}

const electricityWh = (minutes: readonly Minute[]) =>
  minutes.reduce((sum, { figures }) => sum + (figures.electricity_wh ?? 0), 0);

describe("an import into the archive", () => {
  it("changes nothing the second time", async () => {
    const log = logOf(hours(0, 3));
    const first = await importInto(log);
    const before = contents(first.kept);
    const second = await importInto(log, { kept: first.kept });
    expect(first.imported).toMatchObject({ minutes: 180, logged: 0, written: 180, days: 1, from: "2026-02-26" });
    expect(second.imported).toMatchObject({ minutes: 180, logged: 180, written: 0, days: 0, from: undefined });
    expect(contents(first.kept)).toEqual(before);
  });

  it("writes nothing in a dry run, and counts what it would write", async () => {
    const log = logOf(hours(0, 3));
    const dry = await importInto(log, { dryRun: true });
    expect(dry.imported).toMatchObject({ minutes: 180, written: 180 });
    expect(contents(dry.kept)).toEqual({});
    const wet = await importInto(log, { kept: dry.kept });
    expect(wet.imported).toEqual(dry.imported);
  });

  it("takes only the minutes of its range", async () => {
    const { minutes } = await importInto(logOf(hours(0, 3)), {
      from: start + 60 * minuteMs,
      until: start + 90 * minuteMs,
    });
    expect(minutes.map(({ at }) => (at - start) / minuteMs)).toEqual(Array.from({ length: 30 }, (_, i) => 60 + i));
  });

  it("leaves every logged minute as it is, and adds each other one once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 119 }), { maxLength: 60 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 119 }), { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        async (loggedMinutes, sourceMinutes, packed) => {
          const kept = await logged(
            loggedMinutes.map((i) =>
              wholeMinute(start + i * minuteMs, "hot_water", { heatWh: i, electricityWh: i }, { daily_electricity: i }),
            ),
          );
          if (packed && loggedMinutes.length > 0) pack(join(kept.folder, "pump", "2026", "2026-02-26.csv"));
          const before = await linesOf(kept);
          const times = timesFrom("2026-02-26", 0, 120);
          const rows = [...sourceMinutes]
            .sort((a, b) => a - b)
            .map((i) => pythonRow(times[i] as string, { pump_watts: i }));
          const { imported, minutes } = await importInto(logOf(rows), { kept });
          const after = await linesOf(kept);
          for (const [at, line] of before) expect(after.get(at)).toBe(line);
          const fresh = sourceMinutes.filter((i) => !loggedMinutes.includes(i));
          expect(imported.written).toBe(fresh.length);
          expect(minutes.map(({ at }) => (at - start) / minuteMs)).toEqual(
            [...loggedMinutes, ...fresh].sort((a, b) => a - b),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  async function linesOf(kept: ArchiveFolder): Promise<Map<number, string>> {
    const lines = new Map<number, string>();
    for await (const minute of kept.open().archive.minutes("pump", 0, now))
      lines.set(minute.at, minuteRow(minute, rome));
    return lines;
  }

  function pack(path: string): void {
    writeFileSync(`${path}.zst`, zstdCompressSync(readFileSync(path)));
    rmSync(path);
  }

  it("has other columns than the day's file", async () => {
    const kept = archiveFolder("Europe/Rome");
    const { files } = kept.open();
    const row = "2026-02-26T00:00:00+01:00,40";
    await files.append({ device: "pump", date: "2026-02-26", kind: "minutes", header: "time,flow_temperature_c", row });
    await files.close();
    const { minutes, imported } = await importInto(logOf(hours(0, 1)), { kept });
    expect(imported).toMatchObject({ minutes: 60, logged: 1, written: 59 });
    expect(minutes[0]?.points.flow_temperature).toBe(40);
    expect(await kept.lines("pump", "2026-02-26.csv")).toEqual(["time,flow_temperature_c", row]);
  });

  it("finds minutes that were logged in another time zone's file", async () => {
    const kept = archiveFolder("America/New_York");
    const { archive, files } = kept.open();
    await archive.writeMinute("pump", wholeMinute(start, "hot_water", { heatWh: 1, electricityWh: 1 }));
    await files.close();
    kept.zone = rome;
    const { imported, minutes } = await importInto(logOf(hours(0, 1)), { kept });
    expect(imported).toMatchObject({ logged: 1, written: 59 });
    expect(minutes[0]?.figures.hot_water_s).toBe(60);
  });

  describe("of minutes whose electricity is booked", () => {
    /** What the program logs from a minute of the day on; its counter is that of `hours`. */
    const live = (first: number, count: number, gapWh: number) =>
      Array.from({ length: count }, (_, i) => {
        const minute = first + i;
        const step = minute % 10 === 0 ? 100 : 0;
        return minuteOf(
          start + minute * minuteMs,
          { electricity_wh: i === 0 ? gapWh : step },
          { daily_electricity: Math.floor(minute / 10) / 10 },
        );
      });

    it("fills a gap of the log without booking its electricity again", async () => {
      const kept = await logged([...live(60, 60, 0), ...live(180, 60, 700)]);
      const before = electricityWh([...live(60, 60, 0), ...live(180, 60, 700)]);
      const { imported, minutes } = await importInto(logOf(hours(1, 3)), { kept });
      expect(imported).toMatchObject({ written: 60, electricityLeftOut: 60 });
      expect(electricityWh(minutes)).toBe(before);
      expect(minutes.filter(({ figures }) => figures.heating_s === 60).length).toBe(60);
    });

    it("fills what was before the log's own beginning with its electricity", async () => {
      const kept = await logged(live(120, 60, 0));
      const { imported, minutes } = await importInto(logOf(hours(0, 3)), { kept });
      expect(imported).toMatchObject({ written: 120, electricityLeftOut: 0 });
      expect(electricityWh(minutes.filter(({ at }) => at < start + 120 * minuteMs))).toBeCloseTo(1200, -2);
    });

    it("does not give an older state of the counter to a program that starts again", async () => {
      const kept = await logged(live(120, 60, 0));
      const last = await kept.open().archive.last("pump");
      await importInto(logOf(hours(0, 3)), { kept });
      expect(await kept.open().archive.last("pump")).toEqual(last);
      expect(last?.counter).toMatchObject({ kwh: 1.7 });
    });

    it("does not book a step of the source over logged minutes", async () => {
      const kept = await logged(live(60, 60, 0));
      const { minutes } = await importInto(logOf([...hours(0, 1), ...hours(2, 1)]), { kept });
      expect(minutes.find(({ at }) => at === start + 120 * minuteMs)?.figures.electricity_wh).toBeNull();
      expect(electricityWh(minutes)).toBeLessThanOrEqual(1800);
      expect(electricityWh(minutes)).toBeGreaterThanOrEqual(1500);
    });

    it("does not book what an external meter's step has covered", async () => {
      const meter = minuteOf(start + 120 * minuteMs, { meter_wh: 2000, meter_s: 3660, meter_kwh: 12 });
      const kept = await logged([minuteOf(start + 59 * minuteMs, { meter_wh: 0, meter_s: 60, meter_kwh: 10 }), meter]);
      const samples: Sample[] = Array.from({ length: 361 }, (_, i) => ({
        at: start + i * 30_000,
        point: "meter_kwh",
        value: 10 + i / 100,
      }));
      const source: Source = {
        samples,
        validity: { holdMs: minuteMs, silenceMs: minuteMs, needsNext: true },
        inferred: new Set(),
        remarks: [],
      };
      const { minutes } = await importInto(() => source, { kept });
      const inGap = minutes.filter(({ at }) => at >= start + 60 * minuteMs && at < start + 120 * minuteMs);
      expect(inGap.filter(({ figures }) => figures.meter_wh !== null)).toEqual([]);
      const others = minutes.filter(({ at }) => at < start + 59 * minuteMs || at > start + 120 * minuteMs);
      expect(others.every(({ figures }) => figures.meter_wh !== null)).toBe(true);
    });
  });
});
