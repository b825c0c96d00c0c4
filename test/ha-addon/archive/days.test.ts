import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { withOnlineTransitions } from "@heatloop/core/energy/gaps";
import { operations } from "@heatloop/core/live/operation";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { nextDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import {
  archiveOf,
  csvOf,
  day,
  heatOf,
  hourWh,
  later,
  lines,
  minutesFrom,
  rome,
} from "#test/support/examples/archive.ts";

const short = (path: string | null) => path?.split("/").at(-1) ?? null;

async function read(files: Readonly<Record<string, string | Uint8Array>>, from = "2026-01-01", to = "2026-12-31") {
  const { days, problems } = await archiveOf(files).open().daysAndProblems("pump", from, to, later);
  return {
    heat: days.map(({ date, heatWh }) => [date, heatWh]),
    findings: problems.map(({ file, line, problem }) => [short(file), line, problem]),
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
            const points = { heating_heat_yesterday: Math.abs(heat) / 1000, compressor_frequency: every * 9.5 };
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
          return { ...energy, gaps: withOnlineTransitions(energy.gaps, [], energy.coveredS > 0) };
        });
        expect(days).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test("accept no figure that no minute can hold, by file and line, in both readers alike", async () => {
    const minutes = minutesFrom("2026-01-10", 60);
    const spoiled = new Map<number, Minute["figures"]>([
      [3, { ...minuteOf(0).figures, ...minutes[3]?.figures, covered_s: -99_999_999 }],
      [7, { ...minuteOf(0).figures, ...minutes[7]?.figures, heat_wh: 999_999, heating_s: 1e6 }],
    ]);
    const rows = minutes.map((minute, i) => ({ ...minute, figures: spoiled.get(i) ?? minute.figures }));
    const archive = archiveOf({ "2026-01-10.csv": csvOf(rows) }).open();
    const { days, problems } = await archive.daysAndProblems("pump", "2026-01-10", "2026-01-10", later);
    // Of a row whose heat is unknown nothing is covered.
    expect(days[0]?.coveredS).toBe(58 * 60);
    expect(problems.map(({ file, line, problem }) => [short(file), line, problem])).toEqual([
      ["2026-01-10.csv", 5, "covered_s cannot be -99999999"],
      ["2026-01-10.csv", 9, "heat_wh cannot be 999999"],
      ["2026-01-10.csv", 9, "heating_s cannot be 1000000"],
    ]);
    const read = await archive.minutesOf("pump", "2026-01-10");
    expect([read[3]?.figures.covered_s, read[7]?.figures.heat_wh, read[7]?.figures.heating_s]).toEqual([
      null,
      null,
      null,
    ]);
    expect(days[0]).toEqual(dayEnergy({ date: "2026-01-10", zone: rome, minutes: read, now: later, nextDay: [] }));
    expect(read[7]?.figures.covered_s).toBe(0);
  });

  test("are complete where the time zone was another when they were logged", async () => {
    const tokyo = zoneOf("Asia/Tokyo") as Zone;
    const minutes = [...minutesFrom("2026-01-10", 1440), ...minutesFrom("2026-01-11", 1440)];
    const byTokyo = Map.groupBy(minutes, ({ at }) => tokyo.dateOf(at));
    const files = [...byTokyo].map(([date, some]) => [`${date}.csv`, csvOf(some, tokyo)]);
    const { days, problems } = await archiveOf(Object.fromEntries(files))
      .open()
      .daysAndProblems("pump", "2026-01-01", "2026-01-31", later);
    const expected = ["2026-01-10", "2026-01-11"].map((date) => {
      const own = minutes.filter(({ at }) => rome.dateOf(at) === date);
      const nextDay = minutes.filter(({ at }) => rome.dateOf(at) === nextDate(date));
      return dayEnergy({ date, zone: rome, minutes: own, now: later, nextDay });
    });
    expect(days).toEqual(expected);
    expect(problems.map(({ problem }) => problem)).toContain(
      "960 rows were written with another offset than Europe/Rome has",
    );
  });
});

describe("a damaged archive gives the rest, and findings by file and line:", () => {
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

  test("rows out of order, and minutes that are there twice", async () => {
    const [header = "", ...rows] = lines("2026-01-01");
    const mixed = [header, ...rows.slice(30), ...rows.slice(0, 31)];
    expect(await read({ "2026-01-01.csv": `${mixed.join("\n")}\n` })).toEqual({
      heat: [["2026-01-01", hourWh]],
      findings: [
        ["2026-01-01.csv", 32, "31 rows are not in order of time: they are sorted"],
        ["2026-01-01.csv", 62, "1 minutes are repeated: the first row of each counts"],
      ],
    });
  });

  test("minutes that are in two files of the day", async () => {
    const again = csvOf(minutesFrom("2026-01-01", 10, 500));
    expect(await read({ "2026-01-01.csv": day("2026-01-01"), "2026-01-01.2.csv": again })).toEqual({
      heat: [["2026-01-01", hourWh]],
      findings: [["2026-01-01.2.csv", 2, "10 minutes are repeated: the first row of each counts"]],
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

  test("thousands of wrong lines, of which twenty are reported", async () => {
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
    const filesNow = () =>
      readdirSync(home).map((name) => [name, statSync(join(home, name)).mtimeMs, readFileSync(join(home, name))]);
    const before = filesNow();
    await open().daysAndProblems("pump", "2026-01-01", "2026-01-31", later);
    expect(filesNow()).toEqual(before);
  });
});
