import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { simulatedClock } from "@heatloop/core/clock";
import { minuteRow, minutesHeader } from "@heatloop/core/csv";
import { dayEnergy } from "@heatloop/core/day-energy";
import { withOnlineEdges } from "@heatloop/core/gaps";
import { nextDate, type Zone, zoneOf } from "@heatloop/core/local-day";
import type { Minute } from "@heatloop/core/minute";
import { operations } from "@heatloop/core/operation";
import { typedArchive } from "@heatloop/ha-addon/archive";
import { openArchive } from "@heatloop/ha-addon/csv-files";
import { daySummaries } from "@heatloop/ha-addon/day-summaries";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "../core/example-minutes.ts";
import { recordingLog } from "../support/recording-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const minuteMs = 60_000;
const later = rome.startOf("2030-01-01");

function minutesFrom(date: string, count: number, heatWh = 30): Minute[] {
  const from = rome.startOf(date);
  return Array.from({ length: count }, (_, i) =>
    wholeMinute(from + i * minuteMs, "heating", { heatWh: heatWh + i / 8, electricityWh: i % 10 === 9 ? 100 : 0 }),
  );
}

function csvOf(minutes: readonly Minute[], zone = rome): string {
  return [minutesHeader, ...minutes.map((minute) => minuteRow(minute, zone))].map((line) => `${line}\n`).join("");
}

/** An archive of one device from names and contents of its files in 2026. */
function archiveOf(files: Readonly<Record<string, string | Uint8Array>>, zone: Zone = rome) {
  const folder = temporaryFolder();
  const home = join(folder, "archive/pump/2026");
  mkdirSync(home, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  const log = recordingLog();
  const summariesFolder = join(folder, "day-summaries");
  const open = (kept = false, version = "1", at = zone) =>
    typedArchive(openArchive({ folder: join(folder, "archive"), log, clock: simulatedClock(0) }), () => at, {
      summaries: kept ? daySummaries({ folder: summariesFolder, version, log }) : undefined,
    });
  return { home, open, summariesFolder, log };
}

const short = (path: string | null) => path?.split("/").at(-1) ?? null;

async function read(files: Readonly<Record<string, string | Uint8Array>>, from = "2026-01-01", to = "2026-12-31") {
  const { days, findings } = await archiveOf(files).open().daysAndFindings("pump", from, to, later);
  return {
    heat: days.map(({ date, heatWh }) => [date, heatWh]),
    findings: findings.map(({ file, line, problem }) => [short(file), line, problem]),
  };
}

describe("the days of an archive", () => {
  test("are those of its minutes, whatever the minutes are, on days of 23, 24 and 25 hours", async () => {
    const what = fc.constantFrom(...operations, "away", "blank" as const);
    const segment = fc.tuple(
      what,
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: -9000, max: 90_000 }),
      fc.nat(9),
    );
    const range = fc.constantFrom("2026-01-10", "2026-03-28", "2026-10-24");
    await fc.assert(
      fc.asyncProperty(range, fc.array(segment, { minLength: 1, maxLength: 20 }), async (first, segments) => {
        let at = rome.startOf(first);
        const byDate = new Map<string, Minute[]>();
        const end = rome.endOf(nextDate(nextDate(first)));
        for (const [kind, length, heat, every] of segments) {
          for (let i = 0; i < length && at < end; i += 1, at += minuteMs) {
            const electricityWh = i % (every + 1) === 0 ? 100 : 0;
            if (kind === "away") continue;
            const points = { heating_heat_yesterday: heat / 1000, compressor_frequency: every * 9.5 };
            const minute =
              kind === "blank" ? minuteOf(at) : wholeMinute(at, kind, { heatWh: heat / 1000, electricityWh }, points);
            const date = rome.dateOf(at);
            byDate.set(date, [...(byDate.get(date) ?? []), minute]);
          }
        }
        const files = Object.fromEntries([...byDate].map(([date, minutes]) => [`${date}.csv`, csvOf(minutes)]));
        const days = await archiveOf(files).open().days("pump", "2026-01-01", "2026-12-31", later);
        const expected = [...byDate].map(([date, minutes]) => {
          const nextDay = byDate.get(nextDate(date)) ?? [];
          const energy = dayEnergy({ date, zone: rome, minutes, now: later, nextDay });
          return { ...energy, gaps: withOnlineEdges(energy.gaps, [], energy.coveredS > 0) };
        });
        expect(days).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("are found where the time zone was another when they were logged", async () => {
    const tokyo = zoneOf("Asia/Tokyo") as Zone;
    const minutes = [...minutesFrom("2026-01-10", 1440), ...minutesFrom("2026-01-11", 1440)];
    const byTokyo = Map.groupBy(minutes, ({ at }) => tokyo.dateOf(at));
    const files = [...byTokyo].map(([date, some]) => [`${date}.csv`, csvOf(some, tokyo)]);
    const { days, findings } = await archiveOf(Object.fromEntries(files))
      .open()
      .daysAndFindings("pump", "2026-01-01", "2026-01-31", later);
    const expected = ["2026-01-10", "2026-01-11"].map((date) => {
      const own = minutes.filter(({ at }) => rome.dateOf(at) === date);
      const nextDay = minutes.filter(({ at }) => rome.dateOf(at) === nextDate(date));
      return dayEnergy({ date, zone: rome, minutes: own, now: later, nextDay });
    });
    expect(days).toEqual(expected);
    expect(findings.map(({ problem }) => problem)).toContain(
      "960 rows were written with another offset than Europe/Rome has",
    );
  });
});

const day = (date: string, count = 60) => csvOf(minutesFrom(date, count));
const lines = (date: string, count = 60) => day(date, count).trimEnd().split("\n");
const heatOf = (minutes: readonly Minute[]) =>
  Math.round(minutes.reduce((sum, m) => sum + (m.figures.heat_wh ?? 0), 0));
const hourWh = heatOf(minutesFrom("2026-01-01", 60));

describe("an archive that is not as it should be tells the rest, and says by file and line what is wrong:", () => {
  test("missing days", async () => {
    const files = {
      "2026-01-01.csv": day("2026-01-01"),
      "2026-01-03.csv": day("2026-01-03"),
      "2026-01-08.csv": day("2026-01-08"),
    };
    expect(await read(files)).toEqual({
      heat: [
        ["2026-01-01", hourWh],
        ["2026-01-03", hourWh],
        ["2026-01-08", hourWh],
      ],
      findings: [
        [null, null, "there is no minute of 2026-01-02"],
        [null, null, "there are no minutes of 4 days, 2026-01-04 to 2026-01-07"],
      ],
    });
  });

  test("foreign files", async () => {
    const files = {
      "2026-01-01.csv": day("2026-01-01"),
      "2026-01-01 (copy).csv": "x",
      "2025-01-01.csv": day("2026-01-01"),
      "2026-01-01.csv.torn": "half a row",
      "2026-01-01.transitions.csv": "time,what\n",
      "notes.txt": "",
    };
    const problem = "not a file of the archive: it is left alone";
    expect(await read(files)).toEqual({
      heat: [["2026-01-01", hourWh]],
      findings: [
        ["2025-01-01.csv", null, problem],
        ["2026-01-01 (copy).csv", null, problem],
        ["notes.txt", null, problem],
      ],
    });
  });

  test.each([
    ["a wrong header", "date;heat\n1;2\n", 1, "the first line is not the header of a minute log"],
    ["no whole line", "time,he", 1, "the file has no whole line"],
    ["a damaged compressed file", undefined, null, "it cannot be read: "],
  ])("%s", async (_what, text, line, problem) => {
    const bad = text === undefined ? { "2026-01-02.csv.zst": "no zstd" } : { "2026-01-02.csv": text };
    const { heat, findings } = await read({
      "2026-01-01.csv": day("2026-01-01"),
      ...bad,
      "2026-01-03.csv": day("2026-01-03"),
    });
    expect(heat).toEqual([
      ["2026-01-01", hourWh],
      ["2026-01-03", hourWh],
    ]);
    expect(findings[0]?.slice(0, 2)).toEqual([Object.keys(bad)[0], line]);
    expect(findings[0]?.[2]).toContain(problem);
  });

  test("lines that are no rows", async () => {
    const rows = lines("2026-01-01");
    rows[3] = "2026-01-01T00:02:00+01:00,torn";
    rows[9] = (rows[9] as string).replace("+01:00", "");
    const whole = minutesFrom("2026-01-01", 60);
    expect(await read({ "2026-01-01.csv": `${rows.join("\n")}\n2026-01-01T01` })).toEqual({
      heat: [["2026-01-01", heatOf(whole.toSpliced(8, 1).toSpliced(2, 1))]],
      findings: [
        ["2026-01-01.csv", 4, `the line has 2 cells, the header has ${minutesHeader.split(",").length}`],
        ["2026-01-01.csv", 10, "the time is not like 2026-01-31T12:34:00+01:00: 2026-01-01T00:08:00"],
        ["2026-01-01.csv", 62, "the last line has no end: it was torn off"],
      ],
    });
  });

  test("rows out of order, and minutes that stand twice", async () => {
    const [header = "", ...rows] = lines("2026-01-01");
    const mixed = [header, ...rows.slice(30), ...rows.slice(0, 31)];
    expect(await read({ "2026-01-01.csv": `${mixed.join("\n")}\n` })).toEqual({
      heat: [["2026-01-01", hourWh]],
      findings: [
        ["2026-01-01.csv", 32, "31 rows are not in order of time: they are sorted"],
        ["2026-01-01.csv", 62, "1 minutes stand there again: the first row of each counts"],
      ],
    });
  });

  test("minutes that stand in two files of the day", async () => {
    const again = csvOf(minutesFrom("2026-01-01", 10, 500));
    expect(await read({ "2026-01-01.csv": day("2026-01-01"), "2026-01-01.2.csv": again })).toEqual({
      heat: [["2026-01-01", hourWh]],
      findings: [["2026-01-01.2.csv", 2, "10 minutes stand there again: the first row of each counts"]],
    });
  });

  test("rows of another day", async () => {
    const files = { "2026-01-01.csv": day("2026-01-01") + lines("2026-02-01", 3).slice(1).join("\n").concat("\n") };
    expect(await read(files)).toEqual({
      heat: [["2026-01-01", hourWh]],
      findings: [["2026-01-01.csv", 62, "3 rows of another day (2026-02-01) are left out"]],
    });
  });

  test("rows of another time zone", async () => {
    const utc = csvOf(minutesFrom("2026-01-01", 60), zoneOf("UTC"));
    expect(await read({ "2026-01-01.csv": utc })).toEqual({
      heat: [["2026-01-01", hourWh]],
      findings: [["2026-01-01.csv", 2, "60 rows were written with another offset than Europe/Rome has"]],
    });
  });

  test("thousands of wrong lines, of which it tells twenty", async () => {
    const { findings } = await read({ "2026-01-01.csv": `${day("2026-01-01")}${"x\n".repeat(5000)}` });
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toEqual(["2026-01-01.csv", null, "and 4980 more of this day"]);
  });

  test("and nothing is changed on the disk", async () => {
    const { home, open } = archiveOf({
      "2026-01-01.csv": `${day("2026-01-01")}torn`,
      "2026-01-02.csv": "\0\0",
      x: "y",
    });
    const facts = () =>
      readdirSync(home).map((name) => [name, statSync(join(home, name)).mtimeMs, readFileSync(join(home, name))]);
    const before = facts();
    await open().daysAndFindings("pump", "2026-01-01", "2026-01-31", later);
    expect(facts()).toEqual(before);
  });
});

describe("summaries of finished days", () => {
  const files = {
    "2026-01-01.csv": day("2026-01-01"),
    "2026-01-02.csv": `${day("2026-01-02")}torn`,
    "2026-01-05.csv": day("2026-01-05"),
  };
  const ask = (archive: ReturnType<ReturnType<typeof archiveOf>["open"]>) =>
    archive.daysAndFindings("pump", "2026-01-01", "2026-01-31", later);

  /** Makes the kept summaries tell 1 Wh, so that it shows whether they are believed. */
  function forge(summariesFolder: string): void {
    const file = join(summariesFolder, "pump/2026.txt");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replaceAll(`"heatWh":${hourWh},"coolingWh"`, '"heatWh":1,"coolingWh"'),
    );
  }

  test("tell the same as the files, with what was found in them", async () => {
    const { open } = archiveOf(files);
    const fresh = await ask(open());
    expect(fresh.findings).toHaveLength(2);
    for (let i = 0; i < 3; i += 1) expect(await ask(open(true))).toEqual(fresh);
  });

  test("are taken while the files, the zone and the formula are the same", async () => {
    const { open, summariesFolder } = archiveOf(files);
    await ask(open(true));
    forge(summariesFolder);
    expect((await ask(open(true))).days.map(({ heatWh }) => heatWh)).toEqual([1, 1, 1]);
    expect((await ask(open(true, "2"))).days.map(({ heatWh }) => heatWh)).toEqual([hourWh, hourWh, hourWh]);
    forge(summariesFolder);
    const tokyo = zoneOf("Asia/Tokyo") as Zone;
    const [first] = (await ask(open(true, "2", tokyo))).days;
    expect(first?.heatWh).toBe(hourWh);
  });

  test.each<[string, (path: string) => void]>([
    ["grows", (path) => writeFileSync(path, csvOf(minutesFrom("2026-01-02", 61)))],
    [
      "is another of the same length",
      (path) => writeFileSync(path, readFileSync(path, "utf8").replace(",60,", ",59,")),
    ],
    [
      "is restored with its old time",
      (path) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, readFileSync(path, "utf8").replace(",60,", ",59,"));
        utimesSync(path, atime, mtime);
      },
    ],
    ["is gone", (path) => rmSync(path)],
  ])("are made again where a file %s, for its day and the days beside it", async (_how, change) => {
    const { home, open, summariesFolder } = archiveOf(files);
    for (const name of readdirSync(home)) utimesSync(join(home, name), 1_767_000_000, 1_767_000_000);
    await ask(open(true));
    forge(summariesFolder);
    change(join(home, "2026-01-02.csv"));
    const { days, findings } = await ask(open(true));
    const fresh = await ask(open());
    const heat = days.map(({ date, heatWh }) => [date, heatWh]);
    expect(heat).toEqual(fresh.days.map(({ date, heatWh }) => [date, date === "2026-01-05" ? 1 : heatWh]));
    expect(findings).toEqual(fresh.findings);
  });

  test.each<[string, (text: string) => string]>([
    ["nothing", () => ""],
    ["something else", () => "{}\n"],
    ["half of a day", (text) => text.slice(0, -40)],
    ["days that are no JSON", (text) => text.replaceAll("{", "")],
    ["empty lines", (text) => text.replaceAll("\n", "\n\n")],
  ])("that hold %s are made again", async (_what, spoil) => {
    const { open, summariesFolder } = archiveOf(files);
    await ask(open(true));
    const file = join(summariesFolder, "pump/2026.txt");
    const kept = readFileSync(file, "utf8");
    writeFileSync(file, spoil(kept));
    expect(await ask(open(true))).toEqual(await ask(open()));
    expect(readFileSync(file, "utf8").trim().split(/\n+/).sort()).toEqual(kept.split("\n").sort());
  });

  test("that cannot be kept are said once, and the days told all the same", async () => {
    const { open, summariesFolder, log } = archiveOf(files);
    writeFileSync(summariesFolder, "a file in their place");
    const archive = open(true);
    for (let i = 0; i < 2; i += 1) expect(await ask(archive)).toEqual(await ask(open()));
    expect(log.lines.filter((line) => line.includes("day summaries cannot be kept"))).toHaveLength(1);
  });

  test("are not made of a day whose next day still runs, as the controller tells its totals then", async () => {
    const { open, summariesFolder } = archiveOf({
      "2026-01-01.csv": day("2026-01-01"),
      "2026-01-02.csv": day("2026-01-02"),
    });
    const archive = open(true);
    await archive.days("pump", "2026-01-01", "2026-01-31", rome.startOf("2026-01-02") + 3_600_000);
    expect(readdirSync(temporaryFolder())).toEqual([]);
    expect(() => readFileSync(join(summariesFolder, "pump/2026.txt"))).toThrow("ENOENT");
    await archive.days("pump", "2026-01-01", "2026-01-31", rome.startOf("2026-01-03"));
    expect(readFileSync(join(summariesFolder, "pump/2026.txt"), "utf8")).toContain("\n2026-01-01 ");
  });
});
