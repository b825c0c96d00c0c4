import type { Chart, ChartLine } from "@heatloop/lovelace-card/chart/chart";
import { bandsAt, lineAt, readingsAt, slotAt, spokenAt } from "@heatloop/lovelace-card/chart/reading-at";
import { seriesOf } from "@heatloop/lovelace-card/chart/series";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { rememberedRange, rememberRange } from "@heatloop/lovelace-card/range/remembered-range";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { bandEntities, trackOf } from "@heatloop/lovelace-card/views/temperatures/operation-track";
import {
  appendStatistics,
  historySeries,
  meanWithin,
  readTemperature,
} from "@heatloop/lovelace-card/views/temperatures/recorded-series";
import { temperatureLines } from "@heatloop/lovelace-card/views/temperatures/temperature-lines";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  type FakeDevice,
  fakeHome,
  firmwareDevice,
  type HomeOptions,
  heatloopDevice,
} from "#test/lovelace-card/support/fake-home.ts";

type States = NonNullable<HomeOptions["states"]>;
const house = heatloopDevice("home");
const nan = Number.NaN;

function sourceOf(states: States, device: FakeDevice = house) {
  const { hass } = fakeHome([device], { states });
  return { states: hass.states, entities: heatPumpFrom(device.device, device.entities).entities };
}

const names = (states: States, device?: FakeDevice) =>
  temperatureLines(sourceOf(states, device), english).map(({ key, name }) => `${name}: ${key}`);

describe("the lines of a heat pump", () => {
  it.each<[string, States, string[]]>([
    [
      "only what is there",
      { flow_temperature: "30", return_temperature: "25" },
      ["Flow: flow_temperature", "Return: return_temperature"],
    ],
    [
      "the room feed before the thermostat",
      { room_feed_zone_1_sent: "21", zone_1_room_temperature: "20" },
      ["Room: room_feed_zone_1_sent"],
    ],
    [
      "the thermostat where nothing is fed",
      { room_feed_zone_1_sent: "unknown", zone_1_room_temperature: "20" },
      ["Room: zone_1_room_temperature"],
    ],
    [
      "two zones",
      { zone_1_room_temperature: "20", zone_2_room_temperature: "19" },
      ["Zone 1: zone_1_room_temperature", "Zone 2: zone_2_room_temperature"],
    ],
    [
      "no second zone without a thermostat",
      { zone_1_room_temperature: "20", zone_2_room_temperature: "0.0" },
      ["Room: zone_1_room_temperature"],
    ],
    ["nothing", {}, []],
  ])("are %s", (_, states, expected) => {
    expect(names(states)).toEqual(expected);
  });

  it("are those of the firmware without Heatloop", () => {
    const device = firmwareDevice("fr", "mqtt");
    expect(names({ flow_temperature: "30", dhw_temperature: "48" }, device)).toEqual([
      "Flow: flow_temperature",
      "Tank: dhw_temperature",
    ]);
  });
});

describe("recorded numbers", () => {
  it.each([
    ["°C", "°C", "20.5", 20.5],
    ["°C", "°F", "20", 68],
    ["°F", "°C", "68", 20],
    [undefined, "°C", "20", 20],
    ["°C", "°C", "0", nan],
    ["°C", "°C", "unavailable", nan],
    ["°C", "°C", " ", nan],
    ["°C", "°C", "Infinity", nan],
  ])("from %s to %s: %j is %d", (from, to, state, expected) => {
    expect(Math.round(readTemperature(from, to, 0)(state) * 1e9) / 1e9).toBe(expected);
  });

  it("have their mean by how long they held, and none in a gap", () => {
    const states = [
      { s: "10", lu: 0 },
      { s: "20", lu: 30 },
      { s: "unavailable", lu: 60 },
      { s: "40", lu: 90 },
    ];
    const series = historySeries(states, Number);
    expect(meanWithin(series, { from: 0, to: 40_000 }, 0, true)).toBe(12.5);
    expect(meanWithin(series, { from: 60_000, to: 90_000 }, 0, true)).toBe(nan);
    expect(meanWithin(series, { from: 30_000, to: 120_000 }, 0, true)).toBe(30);
    expect(meanWithin(series, { from: 100_000, to: 120_000 }, 0, true)).toBe(40);
  });

  it("change when a state changed, not when it was last updated", () => {
    const series = historySeries(
      [
        { s: "10", lu: 0 },
        { s: "20", lu: 45, lc: 30 },
      ],
      Number,
    );
    expect(series.at.slice(0, series.length)).toEqual(Float64Array.of(0, 30_000));
  });

  it("of statistics have a gap only where a period is missing", () => {
    const series = historySeries([], Number);
    appendStatistics(series, [
      { start: 0, end: 10, mean: 1 },
      { start: 10, end: 20, mean: 2 },
      { start: 40, end: 50, mean: null },
      { start: 50, end: 60, mean: 3 },
    ]);
    const points = Array.from({ length: series.length }, (_, index) => [series.at[index], series.values[index]]);
    expect(points).toEqual([
      [5, 1],
      [15, 2],
      [20, nan],
      [45, nan],
      [55, 3],
    ]);
  });
});

describe("the stripes of a firmware without Heatloop", () => {
  it("come from its own signs, in its own language", () => {
    const device = firmwareDevice("de", "api");
    const source = sourceOf(
      {
        compressor: "on",
        operation_mode: "Warmwasser",
        defrost: "off",
        compressor_frequency: "40",
        three_way_valve: "on",
      },
      device,
    );
    expect(bandEntities(source)).toEqual(["operation_mode", "compressor", "defrost", "three_way_valve"]);
    const id = (name: "compressor" | "operation_mode" | "defrost") => source.entities.get(name) ?? "";
    const track = trackOf(
      {
        [id("compressor")]: [
          { s: "off", lu: 0 },
          { s: "on", lu: 10 },
          { s: "off", lu: 50 },
        ],
        [id("operation_mode")]: [
          { s: "Warmwasser", lu: 0 },
          { s: "Heizen", lu: 30 },
        ],
        [id("defrost")]: [
          { s: "off", lu: 0 },
          { s: "on", lu: 40 },
          { s: "off", lu: 45 },
        ],
      },
      source,
    );
    expect(track.spans("hot_water", 60_000)).toEqual([{ from: 10_000, to: 30_000 }]);
    expect(track.spans("defrost", 60_000)).toEqual([{ from: 40_000, to: 45_000 }]);
    expect(track.spans("lockout", 60_000)).toEqual([]);
  });

  it("begin when a state changed, not when it was last updated", () => {
    const source = sourceOf({ defrost: "off", compressor: "on" }, firmwareDevice("de", "api"));
    const id = (name: "compressor" | "defrost") => source.entities.get(name) ?? "";
    const track = trackOf(
      {
        [id("compressor")]: [{ s: "on", lu: 0 }],
        [id("defrost")]: [
          { s: "off", lu: 0 },
          { s: "on", lu: 45, lc: 40 },
          { s: "off", lu: 50 },
        ],
      },
      source,
    );
    expect(track.spans("defrost", 60_000)).toEqual([{ from: 40_000, to: 50_000 }]);
  });

  it("show a lock-out beside the operation", () => {
    const source = sourceOf({ operation: "standby", short_cycle_lockout: "off" });
    const id = (name: "operation" | "short_cycle_lockout") => source.entities.get(name) ?? "";
    const track = trackOf(
      {
        [id("operation")]: [{ s: "hot_water", lu: 0 }],
        [id("short_cycle_lockout")]: [
          { s: "off", lu: 0 },
          { s: "on", lu: 20 },
          { s: "off", lu: 30 },
        ],
      },
      source,
    );
    expect(track.spans("lockout", 60_000)).toEqual([{ from: 20_000, to: 30_000 }]);
    expect(track.spans("hot_water", 60_000)).toEqual([{ from: 0, to: 60_000 }]);
  });
});

describe("the reading under the cursor", () => {
  const line = (shape: ChartLine["shape"], until?: number): ChartLine => ({
    key: "flow",
    name: "Flow",
    color: "red",
    scale: "left",
    shape,
    series: seriesOf(Float64Array.of(10, 20, 30, 50, 60), Float32Array.of(1, 2, nan, 5, 6)),
    ...(until !== undefined && { until }),
  });

  it.each([
    ["step", undefined, 5, undefined],
    ["step", undefined, 19, 1],
    ["step", undefined, 35, undefined],
    ["step", undefined, 55, 5],
    ["step", undefined, 70, undefined],
    ["step", 80, 70, 6],
    ["straight", undefined, 4, undefined],
    ["straight", undefined, 6, 1],
    ["straight", undefined, 14, 1],
    ["straight", undefined, 16, 2],
    ["straight", undefined, 28, undefined],
    ["straight", undefined, 38, undefined],
    ["straight", undefined, 64, 6],
    ["straight", undefined, 70, undefined],
  ] as const)("of a %s line that holds until %s at %d is %s", (shape, until, at, expected) => {
    expect(lineAt(line(shape, until), at)).toBe(expected);
  });

  it("is read out of lines, bars and stripes that are switched on", () => {
    const chart = {
      left: { show: (value: number) => `${value} kWh` },
      slots: { from: [0, 50], to: [50, 100], labels: ["a", "b"] },
      bars: [{ key: "heat", name: "Heat", color: "", scale: "left", stack: "heat", values: [7, nan] }],
      lines: [line("step")],
      bands: [{ key: "defrost", name: "Defrosting", color: "", spans: [{ from: 5, to: 25 }] }],
      titleAt: (at: number) => `at ${at}`,
      notesAt: () => ["half known"],
    } as unknown as Chart;
    expect(spokenAt(chart, 20, () => true)).toBe("at 20, Heat 7 kWh, Flow 2 kWh, Defrosting, half known");
    expect(spokenAt(chart, 60, ({ key }) => key !== "flow")).toBe("at 60, Heat –, half known");
    expect(readingsAt(chart, 20, () => false)).toEqual([]);
    expect(bandsAt(chart, 25, () => true)).toEqual([]);
    expect([slotAt(chart, 49), slotAt(chart, 50), slotAt(chart, 100)]).toEqual([0, 1, undefined]);
  });
});

describe("the range that was last chosen", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("is kept for each device, and is the day where nothing sensible is stored", () => {
    const stored = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
    rememberRange("one", "year");
    expect([rememberedRange("one"), rememberedRange("other")]).toEqual(["year", "day"]);
    stored.set("heatloop-range-one", "decade");
    expect(rememberedRange("one")).toBe("day");
  });

  it("is the day where the browser forbids storage", () => {
    const forbid = () => {
      throw new Error("forbidden");
    };
    vi.stubGlobal("localStorage", { getItem: forbid, setItem: forbid });
    rememberRange("one", "year");
    expect(rememberedRange("one")).toBe("day");
  });
});
