import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const script = (name: string) => fileURLToPath(new URL(`../../scripts/${name}.ts`, import.meta.url));
const start = Date.parse("2026-02-26T00:00:00+01:00") / 1000;
const place = (archive: string) => ["--archive", archive, "--device", "pump", "--time-zone", "Europe/Rome"];

/** What the import of these feeds (a value each minute of a day) prints, and the report of the archive after it. */
function imported(feeds: Readonly<Record<string, number | string>>) {
  const folder = temporaryFolder();
  const archive = temporaryFolder();
  const given = Object.entries(feeds).flatMap(([feed, value], i) => {
    const file = join(folder, `feed${i}.csv`);
    writeFileSync(file, Array.from({ length: 1440 }, (_, minute) => `${start + minute * 60},${value}\n`).join(""));
    return ["--feed", `${feed}=${file}`];
  });
  const run = (name: string, args: readonly string[]) =>
    execFileSync(process.execPath, [script(name), ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const printed = run("import", ["emoncms", ...place(archive), ...given, "--space", "heating"]);
  const report = (format: string) => run("report", [...place(archive), "--format", format]);
  return { printed, report };
}

const water = { flow_temperature: 35, return_temperature: 30, flow_rate: 15 };

describe("an import without electricity and without a compressor", () => {
  it("shows in its output and in the report that its minutes have no heat, and what they need", () => {
    const { printed, report } = imported({ ...water, outdoor_temperature: 4 });
    expect(printed).toContain("No feed shows whether the heat pump runs, so no heat can be booked");
    expect(printed).toMatch(/14\d\d of them without heat: the operation of the heat pump is unknown\./);
    expect(printed).toContain("None of them with electricity, so they have no COP and no cost");
    expect(JSON.parse(report("json")).archive).toEqual([
      {
        file: null,
        line: null,
        problem:
          "no heat is known from the minutes of 2026-02-26: they don't show what the heat pump did (compressor, operation mode)",
      },
    ]);
    expect(report("html")).toContain("Logged days of which no heat is known: 1.");
    expect(report("text")).toContain("Logged days of which no heat is known: 1.");
  });

  it("is silent about it where a feed of either is there", () => {
    const { printed, report } = imported({ ...water, "electricity_meter:W": 1300 });
    expect(printed).not.toContain("without heat");
    expect(printed).not.toContain("None of them with electricity");
    expect(JSON.parse(report("json"))).toMatchObject({ archive: [], total: { cop_boundary: "H4" } });
  });

  it("names what else is missing where the compressor is known, but no flow rate", () => {
    const { printed, report } = imported({ flow_temperature: 35, return_temperature: 30, compressor: 1 });
    expect(printed).toMatch(
      /14\d\d of them without heat: that takes flow rate, flow and return temperature, or a heat/,
    );
    expect(JSON.parse(report("json")).archive).toMatchObject([{ problem: expect.stringContaining("flow rate or") }]);
  });
});

describe("an imported heat meter", () => {
  it("has its class and register as the range of its heat", () => {
    const { report } = imported({ "heat_meter:W": 2000, compressor: 1 });
    const { wh, low_wh: low, high_wh: high } = JSON.parse(report("json")).total.sources.heat;
    expect(wh).toBeGreaterThan(47_000);
    expect(low).toBeLessThan(wh * (1 - 0.0101));
    expect(high).toBeGreaterThan(wh * (1 + 0.0117));
  });
});
