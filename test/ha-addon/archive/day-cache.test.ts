import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { describe, expect, test } from "vitest";
import { archiveOf, csvOf, day, hourWh, later, minutesFrom, rome } from "#test/support/examples/archive.ts";

describe("summaries of finished days", () => {
  const files = {
    "2026-01-01.csv": day("2026-01-01"),
    "2026-01-02.csv": `${day("2026-01-02")}torn`,
    "2026-01-05.csv": day("2026-01-05"),
  };
  const ask = (archive: ReturnType<ReturnType<typeof archiveOf>["open"]>) =>
    archive.daysAndProblems("pump", "2026-01-01", "2026-01-31", later);

  /** Sets the kept summaries to 1 Wh, which shows whether they are used. */
  function forge(summariesFolder: string): void {
    const file = join(summariesFolder, "pump/2026-01.json");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replaceAll(`"heatWh":${hourWh},"coolingWh"`, '"heatWh":1,"coolingWh"'),
    );
  }

  test("are the same as from the files, with the findings", async () => {
    const { open } = archiveOf(files);
    const fresh = await ask(open());
    expect(fresh.problems).toHaveLength(2);
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
    const { days, problems } = await ask(open(true));
    const fresh = await ask(open());
    const heat = days.map(({ date, heatWh }) => [date, heatWh]);
    expect(heat).toEqual(fresh.days.map(({ date, heatWh }) => [date, date === "2026-01-05" ? 1 : heatWh]));
    expect(problems).toEqual(fresh.problems);
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
    const file = join(summariesFolder, "pump/2026-01.json");
    const kept = readFileSync(file, "utf8");
    writeFileSync(file, spoil(kept));
    expect(await ask(open(true))).toEqual(await ask(open()));
    expect(readFileSync(file, "utf8").split(/\n+/)).toEqual(kept.split("\n"));
  });

  test("of days that were not asked for don't outlive a change of a file that they follow from", async () => {
    const { home, open, summariesFolder } = archiveOf(files);
    await ask(open(true));
    forge(summariesFolder);
    writeFileSync(join(home, "2026-01-03.csv"), day("2026-01-03"));
    await open(true).daysAndProblems("pump", "2026-01-04", "2026-01-05", later);
    const { days } = await ask(open(true));
    expect(days.map(({ date, heatWh }) => [date, heatWh])).toEqual([
      ["2026-01-01", hourWh],
      ["2026-01-02", hourWh],
      ["2026-01-03", hourWh],
      ["2026-01-05", 1],
    ]);
  });

  test("that cannot be kept are logged once, and the days are there all the same", async () => {
    const { open, summariesFolder, log } = archiveOf(files);
    writeFileSync(summariesFolder, "a file in their place");
    const archive = open(true);
    for (let i = 0; i < 2; i += 1) expect(await ask(archive)).toEqual(await ask(open()));
    expect(log.lines.filter((line) => line.includes("day summaries cannot be kept"))).toHaveLength(1);
  });

  test("are not made of a day whose next day still runs, as the controller reports its totals then", async () => {
    const { open, summariesFolder } = archiveOf({
      "2026-01-01.csv": day("2026-01-01"),
      "2026-01-02.csv": day("2026-01-02"),
    });
    const archive = open(true);
    await archive.days("pump", "2026-01-01", "2026-01-31", rome.startOf("2026-01-02") + 3_600_000);
    expect(() => readFileSync(join(summariesFolder, "pump/2026-01.json"))).toThrow("ENOENT");
    await archive.days("pump", "2026-01-01", "2026-01-31", rome.startOf("2026-01-03"));
    expect(readFileSync(join(summariesFolder, "pump/2026-01.json"), "utf8")).toContain('"days":{"2026-01-01":');
  });
});
