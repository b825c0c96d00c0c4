import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openPythonLog, type SpaceMode } from "#scripts/importing/python-log.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { certifiedCoefficient } from "#test/support/heat-ratio.ts";
import { importInto, now } from "#test/support/import-examples/importing.ts";
import { csvFile, pythonHeader, pythonRow, timesFrom } from "#test/support/import-examples/python-csv.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** 18 L/min at 32.0/30.5 °C. */
const heatW = 18 * 60 * 1.5 * certifiedCoefficient(32, 30.5);

const rome = namedZone("Europe/Rome");

function importLog(lines: readonly string[], spaceMode: SpaceMode = "heating") {
  return importFiles([csvFile(lines)], spaceMode);
}

function importFiles(files: readonly string[], spaceMode: SpaceMode = "heating") {
  return importInto((report, zone) => openPythonLog({ files, zone, spaceMode, now, report }));
}

/** Rows a minute apart that differ, as a heat pump's do. */
function rows(
  date: string,
  firstMinute: number,
  count: number,
  values: Readonly<Record<string, string>> = {},
): string[] {
  return timesFrom(date, firstMinute, count).map((time, i) =>
    pythonRow(time, { discharge_temp: 50 + (i % 7), ...values }),
  );
}

const sum = (values: readonly (number | null)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0);

describe("a file of the Python logger", () => {
  it("becomes minutes with the values of its columns", async () => {
    const { minutes, findings } = await importLog([pythonHeader, ...rows("2026-02-26", 600, 4)]);
    expect(findings).toEqual([]);
    const minute = minutes[1];
    expect(minute?.at).toBe(Date.parse("2026-02-26T10:01:00+01:00"));
    expect(minute?.points).toMatchObject({
      outdoor_temperature: 5,
      flow_temperature: 32,
      return_temperature: 30.5,
      dhw_temperature: 48.5,
      flow_rate: 18,
      compressor_frequency: 40,
      compressor: 60,
      three_way_valve: 0,
      daily_electricity: 7.4,
      daily_estimated_heat: 20.123,
      zone_1_flow_setpoint: 34,
      room_feedback_zone_1: 20.7,
    });
  });

  it("keeps the totals of the day before as such, and takes the day's electricity from its counter alone", async () => {
    const lines = timesFrom("2026-02-26", 600, 60).map((time, i) =>
      pythonRow(time, { daily_consumed_kwh: (7 + Math.floor(i / 10) / 10).toFixed(1), discharge_temp: 50 + (i % 7) }),
    );
    const { minutes } = await importLog([pythonHeader, ...lines]);
    expect(minutes[30]?.points).toMatchObject({ heating_electricity_yesterday: 12.3, dhw_heat_yesterday: 5.5 });
    expect(sum(minutes.map(({ figures }) => figures.electricity_wh))).toBe(500);
  });

  it("gives heat from flow and temperatures: 1.871 kW at 18 L/min and 32.0/30.5 °C", async () => {
    const { minutes } = await importLog([pythonHeader, ...rows("2026-02-26", 600, 62)]);
    const hour = minutes.slice(1, 61);
    expect(sum(hour.map(({ figures }) => figures.heat_wh))).toBeCloseTo(heatW, 0);
    expect(hour.every(({ figures }) => figures.covered_s === 60 && figures.heating_s === 60)).toBe(true);
  });

  it.each([
    ["hot water by the valve", { "3way_valve_dhw": "1" }, "heating", "hot_water_s"],
    ["heating", {}, "heating", "heating_s"],
    ["cooling where the owner has chosen it", {}, "cooling", "cooling_s"],
    ["defrost", { defrost: "1" }, "heating", "defrost_s"],
    ["standby", { compressor_on: "0", compressor_hz: "0" }, "heating", "standby_s"],
    ["nothing where the compressor is not known", { compressor_on: "", compressor_hz: "" }, "heating", undefined],
  ] as const)("shows %s, and does not claim to know the controller's mode", async (_, values, mode, figure) => {
    const { minutes } = await importLog([pythonHeader, ...rows("2026-02-26", 600, 5, values)], mode);
    const { figures, points } = minutes[2] ?? {};
    expect(points?.operation_mode ?? null).toBeNull();
    const known = (["heating_s", "hot_water_s", "cooling_s", "defrost_s", "standby_s"] as const).filter(
      (name) => (figures?.[name] ?? 0) > 0,
    );
    expect(known).toEqual(figure === undefined ? [] : [figure]);
  });

  it("leaves a gap a gap, and fills the minute that a late row steps over", async () => {
    const late = ["2026-02-26 10:00:58", "2026-02-26 10:02:01", "2026-02-26 10:03:01"].map((time, i) =>
      pythonRow(time, { pump_watts: 40 + i }),
    );
    const after = ["2026-02-26 10:30:00", "2026-02-26 10:31:00"].map((time, i) =>
      pythonRow(time, { pump_watts: 50 + i }),
    );
    const { minutes } = await importLog([pythonHeader, ...late, ...after]);
    expect(minutes.map(({ at }) => rome.isoOf(at).slice(11, 16))).toEqual([
      "10:00",
      "10:01",
      "10:02",
      "10:03",
      "10:30",
      "10:31",
    ]);
    expect(minutes[0]?.figures.covered_s).toBe(2);
  });

  it("distinguishes the hour that comes twice in October by the order of its rows, each minute once", async () => {
    const night = [...timesFrom("2026-10-25", 90, 90), ...timesFrom("2026-10-25", 120, 90)];
    const { minutes, findings } = await importLog([
      pythonHeader,
      ...night.map((time, i) => pythonRow(time, { pump_watts: i % 9 })),
    ]);
    expect(findings).toEqual([]);
    expect(minutes).toHaveLength(180);
    expect(new Set(minutes.map(({ at }) => at)).size).toBe(180);
    expect(minutes.every((minute, i) => i === 0 || minute.at - (minutes[i - 1]?.at ?? 0) === 60_000)).toBe(true);
    expect(minutes.every(({ figures }) => figures.covered_s === 60 || figures.covered_s === 55)).toBe(true);
  });

  it("reports times that the clocks leap over in March", async () => {
    const night = [
      ...timesFrom("2026-03-29", 118, 2),
      ...timesFrom("2026-03-29", 125, 2),
      ...timesFrom("2026-03-29", 180, 2),
    ];
    const { minutes, lines } = await importLog([
      pythonHeader,
      ...night.map((time, i) => pythonRow(time, { pump_watts: i })),
    ]);
    expect(minutes.map(({ at }) => rome.isoOf(at).slice(11, 16))).toEqual(["01:58", "01:59", "03:00", "03:01"]);
    expect(lines).toEqual([
      "ecodan_log.csv:4: 2026-03-29 02:05:05 is a time that the clocks of Europe/Rome leap over; is --time-zone right?",
      "ecodan_log.csv:5: 2026-03-29 02:06:05 is a time that the clocks of Europe/Rome leap over; is --time-zone right?",
    ]);
  });

  const good = () => rows("2026-02-26", 600, 3);
  it.each([
    ["a torn line", ["2026-02-26 10:03:05,5.0,32"], /:5: 3 cells under a header of 38; as many are needed/],
    ["NULs", ["\0\0\0\0"], /:5: the line holds NULs/],
    [
      "a time that is none",
      [pythonRow("26.2.2026")],
      /:5: "26.2.2026" is not a time; one such as 2026-02-26 10:00:00 is needed/,
    ],
    ["a clock set back", [pythonRow("2026-02-26 09:00:00")], /:5: 2026-02-26 09:00:00 is not after the line before it/],
    ["a line twice", [good()[2] ?? ""], /:5: 2026-02-26 10:02:05 is not after/],
    ["the future", [pythonRow("2036-02-26 10:00:00")], /:5: 2036-02-26 10:00:00 is in the future/],
  ])("leaves out %s with its line, and reads on", async (_, bad, problem) => {
    const { minutes, lines } = await importLog([pythonHeader, ...good(), ...bad, ...rows("2026-02-26", 603, 2)]);
    expect(minutes).toHaveLength(5);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(problem);
  });

  it.each([
    ["feed_temp", "flow_temperature", "abc", /feed_temp: "abc" is not a number; a number or nothing is allowed/],
    ["feed_temp", "flow_temperature", "999", /feed_temp: 999 is not plausible; -60 to 150 °C is allowed/],
    ["compressor_on", "compressor", "maybe", /compressor_on: "maybe" is neither on nor off/],
  ] as const)("leaves the cell %s empty (%s) where it holds %s", async (column, point, text, problem) => {
    const { minutes, lines } = await importLog([pythonHeader, ...rows("2026-02-26", 600, 3, { [column]: text })]);
    expect(minutes).toHaveLength(3);
    expect(minutes[1]?.points[point] ?? null).toBeNull();
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(problem);
  });

  it.each(["", "nan", "None", "unavailable"])("takes %j as unknown without a warning", async (text) => {
    const { minutes, findings } = await importLog([pythonHeader, ...rows("2026-02-26", 600, 3, { feed_temp: text })]);
    expect(findings).toEqual([]);
    expect(minutes[1]?.points.flow_temperature ?? null).toBeNull();
  });

  it("goes on under other columns, names foreign ones, and skips the author's own", async () => {
    const other = "timestamp,feed_temp,aa_mode,delta_t,moon_phase";
    const { minutes, lines } = await importLog([pythonHeader, ...good(), other, "2026-02-26 10:03:05,33.5,2,1.5,full"]);
    expect(minutes.at(-1)?.points.flow_temperature).toBeCloseTo(33.36, 1);
    expect(lines).toEqual(["ecodan_log.csv:5: columns that are not the logger's are skipped: moon_phase"]);
  });

  it("does not take values that nothing moved any more for the heat pump's", async () => {
    const still = timesFrom("2026-02-26", 603, 40).map((time) => pythonRow(time));
    const { minutes, lines } = await importLog([pythonHeader, ...good(), ...still, ...rows("2026-02-26", 643, 3)]);
    expect(minutes).toHaveLength(3 + 1 + 3);
    expect(lines).toEqual([
      "ecodan_log.csv:6: 39 lines to ecodan_log.csv:44 repeat the one before without any change for 39 minutes: the heat pump was silent, they are left out",
    ]);
  });

  it("accepts that little moves in standby", async () => {
    const still = timesFrom("2026-02-26", 600, 120).map((time) =>
      pythonRow(time, { compressor_on: 0, compressor_hz: 0 }),
    );
    const { minutes, findings } = await importLog([pythonHeader, ...still]);
    expect(findings).toEqual([]);
    expect(minutes).toHaveLength(120);
  });

  it("puts rotated files in the order of their time", async () => {
    const older = csvFile([pythonHeader, ...rows("2026-02-25", 600, 3)], "ecodan_log_20260226_090000.csv");
    const newer = csvFile([pythonHeader, ...rows("2026-02-26", 600, 3)]);
    const { minutes, findings } = await importFiles([newer, older]);
    expect(findings).toEqual([]);
    expect(minutes).toHaveLength(6);
  });

  it("does not trust a last line without an end, and reads a BOM", async () => {
    const path = join(temporaryFolder(), "log.csv");
    writeFileSync(path, `\uFEFF${[pythonHeader, ...good()].join("\r\n")}`);
    const { minutes, lines } = await importFiles([path]);
    expect(minutes).toHaveLength(2);
    expect(lines).toEqual(["log.csv:4: the last line has no end: it may be torn, and is left out"]);
  });

  it("reads nothing out of a file that is none of the logger's", async () => {
    const { minutes, imported, lines } = await importLog(["hello", "world"]);
    expect([minutes.length, imported.minutes]).toEqual([0, 0]);
    expect(lines[0]).toBe(
      'ecodan_log.csv:1: "hello" comes before any header; a first line that begins with timestamp is needed',
    );
  });
});
