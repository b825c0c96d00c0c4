import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { describe, expect, it } from "vitest";
import { readReportArguments } from "#scripts/report-arguments.ts";
import { rome } from "#test/core/examples/example-days.ts";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { runReport as run } from "#test/support/run-report.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** Two days of heating of a heat pump "ecodan". */
function exampleArchive(): string {
  const folder = temporaryFolder();
  const year = join(folder, "ecodan", "2026");
  mkdirSync(year, { recursive: true });
  for (const date of ["2026-01-01", "2026-01-02"]) {
    const rows = Array.from({ length: 1440 }, (_, index) =>
      minuteRow(wholeMinute(rome.startOf(date) + index * 60_000, "heating", { heatWh: 60, electricityWh: 15 }), rome),
    );
    writeFileSync(join(year, `${date}.csv`), `${[minutesHeader, ...rows].join("\n")}\n`);
  }
  return folder;
}

describe("scripts/report", () => {
  it("reports the whole archive as text, and as what it is asked for", async () => {
    const archive = exampleArchive();
    const base = ["--archive", archive, "--device", "ecodan", "--time-zone", "Europe/Rome"];
    const [text, json, csv, html] = await Promise.all([
      run(base),
      run([...base, "--format", "json", "--from", "2026-01-02"]),
      run([...base, "--format", "csv", "--decimal", "comma", "--by", "month"]),
      run([...base, "--format", "html", "--language", "fr"]),
    ]);
    expect([text, json, csv, html].map(({ code, err }) => ({ code, err }))).toEqual(
      Array(4).fill({ code: 0, err: "" }),
    );
    expect(text.out).toContain("Heat 172.8 kWh · Electricity 43.2 kWh · COP 4.00");
    expect(JSON.parse(json.out)).toMatchObject({ from: "2026-01-02", to: "2026-01-02", total: { cop: 4 } });
    expect(csv.out).toContain("\n2026-01;2026-01-01;2026-01-02;172800;43200;4;");
    expect(html.out).toContain("Rapport énergétique");
    expect(readdirSync(join(archive, "ecodan", "2026"))).toEqual(["2026-01-01.csv", "2026-01-02.csv"]);
  });

  it("ends with 1 and a sentence where there is nothing to report", async () => {
    const archive = exampleArchive();
    const zone = ["--time-zone", "Europe/Rome"];
    const [unknown, none, empty, before] = await Promise.all([
      run(["--archive", archive, "--device", "other", ...zone]),
      run(["--archive", join(archive, "nowhere"), "--device", "ecodan", ...zone]),
      run(["--archive", temporaryFolder(), "--device", "ecodan", ...zone]),
      run(["--archive", archive, "--device", "ecodan", "--from", "2025-01-01", "--to", "2025-02-01", ...zone]),
    ]);
    expect([unknown, none, empty, before].map(({ code, out }) => ({ code, out }))).toEqual(
      Array(4).fill({ code: 1, out: "" }),
    );
    expect(unknown.err).toContain('has no device "other". Known: ecodan.');
    expect(none.err).toContain("There is no folder");
    expect(empty.err).toContain("It is empty.");
    expect(before.err).toContain("from 2025-01-01 to 2025-02-01; its archive is from 2026-01-01 to 2026-01-02.");
  });

  it("ends with 2 where the arguments are wrong", async () => {
    const { code, err, out } = await run(["--format", "pdf"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err.trim().split("\n")).toHaveLength(4);
  });
});

describe("its arguments", () => {
  const usual = { timeZone: "Europe/Rome", language: "de_AT.UTF-8" };
  const good = ["--archive", "a", "--device", "b"];

  it("have defaults for all but archive and device", () => {
    expect(readReportArguments(good, usual)).toMatchObject({
      archive: "a",
      device: "b",
      from: undefined,
      format: "text",
      language: "de",
      unit: undefined,
      decimal: "point",
    });
    expect(readReportArguments(["--help"], usual)).toBe("help");
  });

  it("name every mistake at once", () => {
    const args = [
      "--from",
      "2026-02-30",
      "--to=soon",
      "--time-zone",
      "Rome",
      "--format=pdf",
      "--language=xx",
      "--by=hour",
    ];
    const read = readReportArguments([...args, "--decimal=dot", "--colour", "stray"], usual);
    const problems = typeof read === "object" && "problems" in read ? read.problems.join("\n") : "";
    for (const name of [
      "archive",
      "device",
      "from",
      "to",
      "time-zone",
      "format",
      "language",
      "by",
      "decimal",
      "colour",
    ]) {
      expect(problems).toContain(`--${name}`);
    }
    expect(problems).toContain('"stray"');
  });

  it.each([
    [[...good, "--from", "2026-01-02", "--to", "2026-01-01"], "--to 2026-01-01 is before --from 2026-01-02"],
    [[...good, "--from"], "--from takes a value"],
    [[...good, "--from="], "--from takes a value"],
    [[...good, "--device", "c"], "--device is given 2 times; once is allowed"],
    [[...good, "--decimal", "comma"], "--decimal goes with --format csv only"],
    [["--archive", "", "--device", "b"], "--archive takes a value"],
  ])("refuse %j", (args, problem) => {
    expect(readReportArguments(args, usual)).toEqual({ problems: [problem] });
  });
});
