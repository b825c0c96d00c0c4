import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEmoncms } from "#scripts/importing/emoncms.ts";
import { readFeed } from "#scripts/importing/mappings.ts";
import { namedZone } from "#test/support/archives/archive-folder.ts";
import { certifiedCoefficient } from "#test/support/heat-ratio.ts";
import { importInto, now } from "#test/support/import-examples/importing.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** 18 L/min at 32.0/30.5 °C. */
const heatW = 18 * 60 * 1.5 * certifiedCoefficient(32, 30.5);

const rome = namedZone("Europe/Rome");
const start = Date.parse("2026-02-26T10:00:00+01:00") / 1000;

type Options = {
  readonly spaceMode?: "heating" | "cooling";
  readonly runningW?: number;
  readonly nullIsZero?: boolean;
};

/** Feeds as `--feed` takes them, with the text of each file in the place of its name. */
function importFeeds(feeds: Readonly<Record<string, string>>, options: Options = {}) {
  const folder = temporaryFolder();
  const read = Object.entries(feeds).map(([name, text], i) => {
    const [target = "", column] = name.split("#");
    const path = join(folder, `feed${i + 1}.csv`);
    writeFileSync(path, text);
    const feed = readFeed(`${target}=${path}${column === undefined ? "" : `#${column}`}`);
    if ("problem" in feed) throw new Error(feed.problem);
    return feed;
  });
  return importInto((report, zone) =>
    openEmoncms({
      feeds: read,
      zone,
      spaceMode: options.spaceMode,
      runningW: options.runningW ?? 150,
      nullIsZero: options.nullIsZero ?? false,
      now,
      report,
    }),
  );
}

/** A value each 10 s over some minutes. */
function constant(value: string | number, minutes: number): string {
  return Array.from({ length: minutes * 6 }, (_, i) => `${start + i * 10},${value}\n`).join("");
}

const water = {
  flow_temperature: constant(32, 60),
  return_temperature: constant(30.5, 60),
  flow_rate: constant(18, 60),
};
const sum = (values: readonly (number | null)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0);

describe("feeds of emoncms", () => {
  it("become minutes: heat from flow and temperatures, electricity as the external meter's", async () => {
    const { minutes, findings } = await importFeeds({
      ...water,
      "electricity_meter:W": constant(500, 60),
      hot_water: constant(0, 60),
    });
    expect(findings).toEqual([]);
    expect(minutes).toHaveLength(60);
    expect(sum(minutes.map(({ figures }) => figures.heat_wh))).toBeCloseTo(heatW, 0);
    expect(sum(minutes.map(({ figures }) => figures.heating_s))).toBe(3600);
    expect(sum(minutes.map(({ figures }) => figures.meter_wh))).toBeCloseTo(500, 1);
    expect(minutes.every(({ figures }) => figures.electricity_wh === null)).toBe(true);
    expect(
      minutes.every(({ points }) => (points.compressor ?? null) === null && (points.operation_mode ?? null) === null),
    ).toBe(true);
  });

  it("take a heat meter's power for the heat, by what the heat pump works for", async () => {
    const heat = constant(6000, 30) + constant(-1200, 30).replaceAll(/^\d+/gm, (s) => String(Number(s) + 1800));
    const hotWater = constant(0, 30) + constant(1, 30).replaceAll(/^\d+/gm, (s) => String(Number(s) + 1800));
    const { minutes } = await importFeeds({ "heat_meter:W": heat, compressor: constant(1, 60), hot_water: hotWater });
    expect(sum(minutes.map(({ figures }) => figures.heating_wh))).toBeCloseTo(3000, 0);
    expect(sum(minutes.map(({ figures }) => figures.hot_water_wh))).toBeCloseTo(-600, 0);
    expect(sum(minutes.map(({ figures }) => figures.heat_wh))).toBeCloseTo(2400, 0);
    // No formula of ours changes it later.
    expect(new Set(minutes.map(({ figures }) => figures.heat_coefficient_kwh_m3_k))).toEqual(new Set([0]));
  });

  it("book cooling apart", async () => {
    const { minutes } = await importFeeds({
      "heat_meter:kW": constant(-2, 60),
      compressor: constant(1, 60),
      cooling: constant(1, 60),
    });
    expect(sum(minutes.map(({ figures }) => figures.cooling_wh))).toBeCloseTo(2000, 0);
    expect(sum(minutes.map(({ figures }) => figures.heat_wh))).toBe(0);
  });

  it("book no heat where no feed shows what the heat pump works for, unless the owner has chosen it", async () => {
    const feeds = { ...water, compressor: constant(1, 60) };
    const unknown = await importFeeds(feeds);
    const heating = await importFeeds(feeds, { spaceMode: "heating" });
    expect(unknown.minutes.map(({ figures }) => figures.heat_wh).filter((wh) => wh !== null)).toEqual([]);
    expect(sum(heating.minutes.map(({ figures }) => figures.heat_wh))).toBeCloseTo(heatW, 0);
  });

  it("take a switch that was averaged for on from half of the time on", async () => {
    const feeds = { ...water, compressor: constant(0.7, 60), hot_water: constant(0.3, 60) };
    const { minutes, findings } = await importFeeds(feeds);
    expect(findings).toEqual([]);
    expect(sum(minutes.map(({ figures }) => figures.heating_s))).toBe(3600);
  });

  it("conclude from the electric power whether the compressor runs", async () => {
    const { minutes } = await importFeeds({
      ...water,
      "electricity_meter:W": constant(60, 60),
      hot_water: constant(0, 60),
    });
    expect(sum(minutes.map(({ figures }) => figures.standby_s))).toBe(3600);
  });

  it("count a total's steps", async () => {
    const total = Array.from({ length: 13 }, (_, i) => `${start + i * 300},${(1000 + i * 0.25).toFixed(2)}\n`).join("");
    const { minutes } = await importFeeds({ "electricity_meter:kWh": total });
    expect(sum(minutes.map(({ figures }) => figures.meter_wh))).toBeCloseTo(3000, 1);
    expect(minutes.at(-1)?.figures.meter_kwh).toBe(1003);
  });

  it.each([
    ["Unix seconds", (at: number) => String(at)],
    ["Unix milliseconds", (at: number) => String(at * 1000)],
    ["ISO 8601", (at: number) => rome.isoOf(at * 1000)],
    [
      "local time",
      (at: number) =>
        rome
          .isoOf(at * 1000)
          .slice(0, 19)
          .replace("T", " "),
    ],
    ["day/month/year", (at: number) => rome.isoOf(at * 1000).replace(/^(\d+)-(\d+)-(\d+)T(.{8}).*$/, "$3/$2/$1 $4")],
  ])("may be in %s", async (_, write) => {
    const text = Array.from({ length: 60 }, (__, i) => `${write(start + i * 10)},21.5\n`).join("");
    const { minutes, findings } = await importFeeds({ outdoor_temperature: text });
    expect(findings).toEqual([]);
    expect(minutes.map(({ at, points }) => [at / 1000 - start, points.outdoor_temperature])).toEqual(
      Array.from({ length: 10 }, (__, i) => [i * 60, 21.5]),
    );
  });

  it("distinguish the hour that comes twice by the order of the lines", async () => {
    const from = rome.startOf("2026-10-25") / 1000 + 3600;
    const text = Array.from({ length: 180 }, (_, i) => `${rome.isoOf((from + i * 60) * 1000).slice(0, 19)},7\n`).join(
      "",
    );
    const { minutes, findings } = await importFeeds({ outdoor_temperature: text });
    expect(findings).toEqual([]);
    expect(minutes).toHaveLength(180);
  });

  it("may be in columns of one file, with semicolons and decimal commas", async () => {
    const text = `time;flow;return\n${Array.from({ length: 12 }, (_, i) => `${start + i * 10};35,5;30,25\n`).join("")}`;
    const { minutes, findings } = await importFeeds({ "flow_temperature#flow": text, "return_temperature#2": text });
    expect(findings).toEqual([]);
    expect(minutes[0]?.points).toMatchObject({ flow_temperature: 35.5, return_temperature: 30.25 });
  });

  it.each([
    ["flow_rate:m3/h", "1.08", "flow_rate", 18],
    ["flow_temperature:°F", "95", "flow_temperature", 35],
    ["output_power:W", "6100", "output_power", 6.1],
  ] as const)("are turned into the unit of the point: %s %s", async (feed, value, point, expected) => {
    const { minutes } = await importFeeds({ [feed]: constant(value, 2) });
    expect(minutes[0]?.points[point]).toBeCloseTo(expected, 6);
  });

  it("hold no longer than their usual step allows", async () => {
    const text = constant(5, 10) + constant(6, 10).replaceAll(/^\d+/gm, (s) => String(Number(s) + 3600));
    const { minutes } = await importFeeds({ flow_temperature: text });
    expect(minutes).toHaveLength(20);
    expect(minutes[10]?.points.flow_temperature).toBe(6);
  });

  const bad: readonly [string, string, RegExp][] = [
    ["a line without a time", "hello,5\n", /^feed1\.csv:7: "hello,5" does not begin with a time of Europe\/Rome/],
    ["a line that goes back", `${start},5\n`, /^feed1\.csv:7: \d+ is not after the line before it/],
    ["a line without a value", `${start + 60}\n`, /^feed1\.csv:7: 0 values; at least 1 are needed/],
    ["a value that is none", `${start + 60},abc\n`, /^feed1\.csv:7: flow_temperature: "abc" is not a number/],
    ["the future", `${now / 1000 + 60},5\n`, /^feed1\.csv:7: \d+ is in the future/],
  ];
  it.each(bad)("leave out %s, with its line", async (_, line, problem) => {
    const { minutes, lines } = await importFeeds({ flow_temperature: constant(5, 1) + line });
    expect(minutes[0]?.points.flow_temperature).toBe(5);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(problem);
  });

  it("are refused where they are too coarse for minutes, but for totals", async () => {
    const hourly = Array.from({ length: 5 }, (_, i) => `${start + i * 3600},${i}\n`).join("");
    const { minutes, lines } = await importFeeds({ flow_temperature: hourly, "electricity_meter:kWh": hourly });
    expect(lines).toEqual([
      expect.stringMatching(
        /^feed1\.csv: flow_temperature has a value each 60 minutes only, too few for single minutes/,
      ),
    ]);
    expect(sum(minutes.map(({ figures }) => figures.meter_wh))).toBe(4000);
    expect(minutes.map(({ figures }) => figures.meter_s).filter((s) => s !== null && s > 0)).toEqual([
      3600, 3600, 3600, 3600,
    ]);
  });

  it("do not take null for 0 by themselves, but hint that it may be", async () => {
    const text = constant(18, 1) + constant("null", 2).replaceAll(/^\d+/gm, (s) => String(Number(s) + 60));
    const unknown = await importFeeds({ flow_rate: text });
    const zero = await importFeeds({ flow_rate: text }, { nullIsZero: true });
    expect(unknown.minutes).toHaveLength(1);
    expect(unknown.lines).toEqual([
      "feed1.csv: flow_rate is null 12 times and never 0: if this emoncms writes 0 as null, give --null-is-zero",
    ]);
    expect(zero.minutes.slice(0, 3).map(({ points }) => points.flow_rate)).toEqual([18, 0, 0]);
    expect(zero.findings).toEqual([]);
  });

  it("list which columns there are", async () => {
    const text = `time,flow,return\n${start},35,30\n`;
    const { lines } = await importFeeds({ "flow_temperature#feed": text });
    expect(lines).toEqual([
      'feed1.csv:1: there is no column "feed"; one of flow, return is allowed, or its number from 1',
    ]);
  });
});

describe("--feed", () => {
  it.each([
    ["flow_temperature", /takes a point and a file/],
    ["flow=x.csv", /"flow" is not a point of the minute log; such as .*flow_temperature/],
    ["flow_rate:bar=x.csv", /"bar" is not a unit of flow_rate; one of L\/min/],
    ["compressor:W=x.csv", /"W" is not a unit of compressor; it has no unit/],
    ["electricity_meter=x.csv", /the unit is missing, electricity_meter:kWh=/],
    ["esp_version=x.csv", /"esp_version" is not a point of the minute log/],
  ])("names what is wrong with %s", (text, problem) => {
    expect(readFeed(text)).toEqual({ problem: expect.stringMatching(problem) });
  });
});
