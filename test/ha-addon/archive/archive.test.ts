import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { runningTotal } from "@heatloop/core/live/running-total";
import { contextPoints, type Transition } from "@heatloop/core/live/transition";
import { minuteRow, minutesHeader, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { nextDate, previousDate } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { type ArchiveFolder, archiveFolder, namedZone } from "#test/support/archives/archive-folder.ts";

const rome = namedZone("Europe/Rome");

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** A minute that was heating, with the counter where it is given. */
function heating(at: number, kwh?: number): Minute {
  return wholeMinute(
    at,
    "heating",
    { heatWh: 100, electricityWh: 25 },
    kwh === undefined ? {} : { daily_electricity: kwh },
  );
}

/** Writes the rows of a file at once, as the disk has them. */
async function putFile(
  kept: ArchiveFolder,
  name: string,
  rows: readonly string[],
  header = minutesHeader,
): Promise<void> {
  const folder = join(kept.folder, "hp", name.slice(0, 4));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), `${[header, ...rows].join("\n")}\n`);
}

async function putMinutes(kept: ArchiveFolder, minutes: readonly Minute[], zone = rome): Promise<void> {
  for (const date of new Set(minutes.map(({ at }) => zone.dateOf(at)))) {
    const rows = minutes.filter(({ at }) => zone.dateOf(at) === date).map((minute) => minuteRow(minute, zone));
    await putFile(kept, `${date}.csv`, rows);
  }
}

/** Every `step`-th minute of local dates, both included. */
function minutesOfDates(from: string, to: string, step = 1): Minute[] {
  const minutes: Minute[] = [];
  for (let at = rome.startOf(from); at < rome.endOf(to); at += step * minuteMs) minutes.push(heating(at));
  return minutes;
}

describe("what was written", () => {
  it("is in the file of its local date, under its header, and comes back the same", async () => {
    const kept = archiveFolder();
    const { archive } = kept.open();
    const midnight = rome.startOf("2026-11-22");
    const minutes = [heating(midnight - minuteMs, 12.3), heating(midnight, 0.1)];
    for (const minute of minutes) await archive.writeMinute("hp", minute);
    expect(await kept.lines("hp", "2026-11-21.csv")).toEqual([minutesHeader, minuteRow(minutes[0] as Minute, rome)]);
    expect(await kept.lines("hp", "2026-11-22.csv")).toEqual([minutesHeader, minuteRow(minutes[1] as Minute, rome)]);
    expect(await archive.minutesOf("hp", "2026-11-21")).toEqual([minutes[0]]);
    expect(await archive.minutesOf("hp", "2026-11-22")).toEqual([minutes[1]]);
    expect(await archive.minutesOf("hp", "2026-11-23")).toEqual([]);
    expect(await archive.minutesOf("another", "2026-11-22")).toEqual([]);
  });

  it("also holds for edges, which have a file of their own", async () => {
    const kept = archiveFolder();
    const { archive } = kept.open();
    const context = Object.fromEntries(contextPoints.map((point) => [point, null])) as Transition["context"];
    const at = Date.parse("2026-11-21T12:00:07+01:00");
    const edges: Transition[] = [
      { at, kind: "compressor", from: "off", to: "on", durationS: 61, context: { ...context, flow_temperature: 30.5 } },
      { at: at + 3_600_000, kind: "fault", from: "none", to: 'E9, "lost"', durationS: null, context },
    ];
    for (const edge of edges) await archive.writeTransition("hp", edge);
    expect((await kept.lines("hp", "2026-11-21.transitions.csv"))?.[0]).toBe(transitionsHeader);
    expect(await collect(archive.transitions("hp", at, at + 3_600_001))).toEqual(edges);
    expect(await collect(archive.transitions("hp", at + 1, at + 3_600_000))).toEqual([]);
  });
});

describe("what is read", () => {
  it("is each minute once and in order, whatever the files hold", async () => {
    const kept = archiveFolder();
    const at = Date.parse("2026-11-21T12:00:00+01:00");
    const [first, second, third] = [heating(at, 1), heating(at + minuteMs, 2), heating(at + 2 * minuteMs, 3)];
    const rows = [third, first, second, heating(at, 9)].map((minute) => minuteRow(minute, rome));
    await putFile(kept, "2026-11-21.csv", [
      ...rows.slice(0, 2),
      "torn,row",
      "",
      `${rows[0]},one,too,many`,
      ...rows.slice(2),
    ]);
    const { archive } = kept.open();
    expect(await archive.minutesOf("hp", "2026-11-21")).toEqual([first, second, third]);
    expect(await collect(archive.minutes("hp", at, at + 2 * minuteMs))).toEqual([first, second]);
  });

  it("goes on in the day's next file where the columns changed in the course of it", async () => {
    const kept = archiveFolder();
    const at = Date.parse("2026-11-21T12:00:00+01:00");
    await putFile(kept, "2026-11-21.csv", ["2026-11-21T12:00:00+01:00,60,100,sunny"], "time,covered_s,heat_wh,weather");
    await putFile(kept, "2026-11-21.2.csv", [minuteRow(heating(at + minuteMs), rome)]);
    const minutes = await kept.open().archive.minutesOf("hp", "2026-11-21");
    expect(minutes.map((minute) => [minute.at, minute.figures.heat_wh, minute.figures.electricity_wh])).toEqual([
      [at, 100, null],
      [at + minuteMs, 100, 25],
    ]);
  });

  it("belongs to the local dates of the zone that applies now, though the files were named in another one", async () => {
    const kept = archiveFolder("UTC");
    const { archive } = kept.open();
    const at = rome.startOf("2026-11-22");
    const written = [heating(at - minuteMs), heating(at), heating(at + 59 * minuteMs), heating(at + 61 * minuteMs)];
    for (const minute of written) await archive.writeMinute("hp", minute);
    expect(await kept.fileNames("hp", "2026")).toEqual(["2026-11-21.csv", "2026-11-22.csv"]);
    kept.zone = rome;
    expect(await archive.minutesOf("hp", "2026-11-21")).toEqual(written.slice(0, 1));
    expect(await archive.minutesOf("hp", "2026-11-22")).toEqual(written.slice(1));
    const days = await archive.days("hp", "2026-11-21", "2026-11-22", at + 86_400_000);
    expect(days.map(({ date, heatWh }) => [date, heatWh])).toEqual([
      ["2026-11-21", 100],
      ["2026-11-22", 300],
    ]);
  });

  it("is as CSV text the header and the rows unchanged", async () => {
    const kept = archiveFolder();
    const minutes = minutesOfDates("2026-10-24", "2026-10-26", 7);
    await putMinutes(kept, minutes);
    const { archive } = kept.open();
    const from = rome.startOf("2026-10-25");
    const text = (await collect(archive.minuteLines("hp", from, rome.endOf("2026-10-25")))).join("");
    const lines = (await kept.lines("hp", "2026-10-25.csv")) as string[];
    expect(text).toBe(`${lines.join("\n")}\n`);
    expect((await collect(archive.minuteLines("nobody", from, from + minuteMs))).join("")).toBe(`${minutesHeader}\n`);
  });

  it("over any range is what lies in it", async () => {
    const kept = archiveFolder();
    const minutes = minutesOfDates("2026-03-27", "2026-03-31", 13);
    await putMinutes(kept, minutes);
    const { archive } = kept.open();
    const start = rome.startOf("2026-03-26");
    const span = rome.endOf("2026-04-01") - start;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: span }), fc.integer({ min: 0, max: span }), async (a, b) => {
        const [from, to] = [start + Math.min(a, b), start + Math.max(a, b)];
        expect(await collect(archive.minutes("hp", from, to))).toEqual(
          minutes.filter(({ at }) => at >= from && at < to),
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe("days", () => {
  it("are those that have minutes, each with the controller's totals that the day after reports", async () => {
    const kept = archiveFolder();
    const dates = ["2026-10-23", "2026-10-24", "2026-10-25", "2026-10-28"];
    const minutes = dates.flatMap((date) => minutesOfDates(date, date, 30));
    const reportedAt = ["2026-10-25", "2026-10-28"].map((date) => rome.startOf(date) + 6 * 3_600_000);
    const withTotals = minutes.map((minute) =>
      reportedAt.includes(minute.at)
        ? { ...minute, points: { ...minute.points, heating_heat_yesterday: 41.25 } }
        : minute,
    );
    await putMinutes(kept, withTotals);
    const { archive } = kept.open();
    const now = rome.endOf("2026-10-28");
    const days = await archive.days("hp", "2026-10-01", "2026-10-28", now);
    expect(days).toEqual(
      dates.map((date) => {
        const of = (day: string) => withTotals.filter(({ at }) => rome.dateOf(at) === day);
        return dayEnergy({ date, zone: rome, minutes: of(date), now, nextDay: of(nextDate(date)) });
      }),
    );
    expect(days.map(({ controller }) => controller?.heatingHeatWh ?? null)).toEqual([null, 41_250, null, null]);
    expect(days.map(({ seconds }) => seconds)).toEqual([86_400, 86_400, 90_000, 86_400]);
    expect(await archive.days("hp", "2026-10-24", "2026-10-24", now)).toEqual([days[1]]);
    expect(await archive.days("hp", "2026-10-26", "2026-10-27", now)).toEqual([]);
    expect(await archive.days("nobody", "2026-10-24", "2026-10-24", now)).toEqual([]);
  });
});

describe("the end of the archive", () => {
  async function lastOf(minutes: readonly Minute[], more: (kept: ArchiveFolder) => Promise<void> = async () => {}) {
    const kept = archiveFolder();
    await putMinutes(kept, minutes);
    await more(kept);
    const { archive } = kept.open();
    return archive.last("hp");
  }
  const at = Date.parse("2026-11-21T12:00:00+01:00");
  const silent = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => minuteOf(from + i * minuteMs));

  it("is undefined where nothing was written", async () => {
    expect(await lastOf([])).toBeUndefined();
  });

  it("is the newest minute and what the electricity counter showed then", async () => {
    expect(await lastOf([heating(at, 3.1), heating(at + minuteMs, 3.2)])).toEqual({
      minuteAt: at + minuteMs,
      counter: runningTotal({ kwh: 3.2, at: at + 2 * minuteMs }),
    });
  });

  it("looks for the counter behind minutes, and days, in which the heat pump was away", async () => {
    const twoDaysLater = at + 2 * 86_400_000;
    expect(await lastOf([heating(at, 3.1), ...silent(at + minuteMs, 5), ...silent(twoDaysLater, 2)])).toEqual({
      minuteAt: twoDaysLater + minuteMs,
      counter: runningTotal({ kwh: 3.1, at: at + minuteMs }),
    });
    expect(await lastOf(silent(at, 3))).toEqual({ minuteAt: at + 2 * minuteMs, counter: undefined });
  });

  it("is not hidden by a newer day that has edges but no minute yet, or an empty file", async () => {
    const last = await lastOf([heating(at, 3.1)], async (kept) => {
      await putFile(kept, "2026-11-22.csv", []);
      await putFile(kept, "2026-11-23.transitions.csv", [], transitionsHeader);
    });
    expect(last).toEqual({ minuteAt: at, counter: runningTotal({ kwh: 3.1, at: at + minuteMs }) });
  });

  it("goes on from the higher one where the ESP32 restored an older counter", async () => {
    const rows = [heating(at, 3.1), heating(at + minuteMs, 2.9), heating(at + 2 * minuteMs, 3)];
    expect((await lastOf(rows))?.counter).toMatchObject({ kwh: 3.1, at: at + 3 * minuteMs });
  });
});

it("a range is read from the files of its dates and of those beside it alone, each once", async () => {
  const kept = archiveFolder();
  await putMinutes(kept, minutesOfDates("2026-01-01", "2026-01-10", 60));
  const { files } = kept.open();
  const read: string[] = [];
  const counting = typedArchive(
    {
      ...files,
      load(file, room) {
        read.push(file.date);
        return files.load(file, room);
      },
    },
    () => rome,
  );
  await counting.days("hp", "2026-01-04", "2026-01-05", rome.endOf("2026-01-10"));
  expect(read.toSorted()).toEqual([...new Set(read)].toSorted());
  expect(read.every((date) => date >= previousDate("2026-01-04") && date <= "2026-01-07")).toBe(true);
  expect(read).toContain("2026-01-04");
  expect(read).toContain("2026-01-05");
});
