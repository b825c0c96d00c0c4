import type { Chart } from "@heatloop/lovelace-card/chart/chart";
import { notesAt, spokenAt } from "@heatloop/lovelace-card/chart/reading-at";
import { parseConfig } from "@heatloop/lovelace-card/home-assistant/config";
import { heatPumpFrom } from "@heatloop/lovelace-card/home-assistant/find-entities";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { startSpanRecord } from "@heatloop/lovelace-card/record/span-record";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { powerChart } from "@heatloop/lovelace-card/views/power/power-chart";
import { powerLines } from "@heatloop/lovelace-card/views/power/power-lines";
import { describe, expect, it } from "vitest";
import {
  englishLocale,
  type FakeDevice,
  fakeHome,
  firmwareDevice,
  type HomeOptions,
  heatloopDevice,
} from "#test/lovelace-card/support/fake-home.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

type States = NonNullable<HomeOptions["states"]>;
const hour = 3_600_000;
const now = Date.parse("2026-11-21T10:00:00Z");
const house = heatloopDevice("home", ["estimated_output_power", "compressor_frequency"]);
const config = (options: object = {}) => parseConfig({ type: "custom:heatloop-card", ...options }, ["power"]);

function sourceOf(states: States, device: FakeDevice = house) {
  const { hass } = fakeHome([device], { states });
  return { states: hass.states, entities: heatPumpFrom(device.device, device.entities).entities };
}

describe("the lines of power", () => {
  const all: States = {
    heat_power: "5000",
    estimated_output_power: "5.1",
    electric_power: "1200",
    compressor_frequency: "44",
  };
  const { estimated_output_power: _, ...ours } = all;
  it.each<[string, States, object, string[]]>([
    ["all that Heatloop has", all, {}, ["electric_power kW", "heat_power kW", "compressor_frequency Hz"]],
    [
      "the firmware's own estimate of heat where Heatloop has none",
      { estimated_output_power: "5.1", compressor_frequency: "44" },
      {},
      ["estimated_output_power kW", "compressor_frequency Hz"],
    ],
    [
      "no meter that is not there",
      ours,
      { electric_power: "sensor.meter" },
      ["heat_power kW", "compressor_frequency Hz"],
    ],
    ["nothing where there is nothing", {}, {}, []],
  ])("are %s", (_, states, options, expected) => {
    const lines = powerLines(sourceOf(states), config(options), english);
    expect(lines.map(({ entityId, unit }) => `${entityId.replace("sensor.home_", "")} ${unit}`)).toEqual(expected);
  });

  it("take the meter of the card's configuration before Heatloop's own figure", () => {
    const { states, entities } = sourceOf(all);
    const meter = { entity_id: "sensor.meter", state: "1.3", attributes: { unit_of_measurement: "kW" } };
    const source = { states: { ...states, "sensor.meter": meter }, entities };
    expect(powerLines(source, config({ electric_power: "sensor.meter" }), english)[0]?.entityId).toBe("sensor.meter");
  });

  it("are those of the firmware without Heatloop", () => {
    const device = firmwareDevice("fr", "mqtt");
    const lines = powerLines(
      sourceOf({ estimated_output_power: "5.1", compressor_frequency: "44" }, device),
      config(),
      english,
    );
    expect(lines.map(({ key }) => key)).toEqual(["heat", "compressor"]);
  });
});

const numbered = ["heat_power", "electric_power", "compressor_frequency"] as const;
type Row = readonly [s: string, minute: number];

/** The chart of an hour in which the house had these states, `minute` after its beginning. */
async function chartOf(rows: Partial<Record<(typeof numbered)[number] | "operation", readonly Row[]>>): Promise<Chart> {
  const states: States = {
    heat_power: ["unavailable", { unit_of_measurement: "W" }],
    electric_power: ["unavailable", { unit_of_measurement: "kW" }],
    compressor_frequency: ["unavailable", { unit_of_measurement: "Hz" }],
    operation: "unknown",
  };
  const { hass } = fakeHome([house], { states });
  const source = sourceOf(states);
  const lines = powerLines(source, config(), english);
  const record = startSpanRecord(simulatedClock(now), () => {});
  const span = { from: now - hour, to: now };
  const answer = Object.fromEntries(
    Object.entries(rows).map(([id, list]) => [
      source.entities.get(id as "operation"),
      list.map(([s, minute]) => ({ s, lu: (now - hour) / 1000 + minute * 60 })),
    ]),
  );
  record.update({ hass: { ...hass, callWS: async <T>() => answer as T }, source, lines }, span, false);
  await new Promise((done) => setImmediate(done));
  const formats = formatsOf({ locale: englishLocale, config: { ...hass.config, time_zone: "Europe/Rome" } });
  return powerChart({ record, lines, span, home: span, now, formats, texts: english, label: "Power" });
}
const at = (minute: number) => now - hour + minute * 60_000;
const noteAt = (chart: Chart, minute: number) => notesAt(chart, at(minute), () => true);

describe("the chart of power", () => {
  it("has kW on the left, also of what is recorded in W, and Hz in a strip of its own", async () => {
    const chart = await chartOf({
      heat_power: [["5283", 0]],
      electric_power: [["1.21", 0]],
      compressor_frequency: [["44", 0]],
      operation: [["heating", 0]],
    });
    expect(spokenAt(chart, at(10), () => true)).toBe(
      "Sat, Nov 21, 10:10 AM, Electricity 1.21 kW, Heat 5.28 kW, Compressor 44 Hz, Heating, COP 4.4",
    );
    expect([chart.left.unit, chart.right?.unit, chart.right?.above]).toEqual(["kW", "Hz", true]);
    expect(chart.table().head).toEqual(["Hour", "Electricity kW", "Heat kW", "Compressor Hz"]);
    expect(chart.table().rows[0]?.slice(1)).toEqual(["1.21", "5.28", "44"]);
  });

  it.each<[string, string, string, string, string[]]>([
    ["while it heats", "heating", "4000", "1", ["COP 4.0"]],
    ["while it makes hot water", "hot_water", "3000", "1", ["COP 3.0"]],
    ["in a defrost", "defrost", "-4000", "2", []],
    ["in a rest", "standby", "100", "0.02", []],
    ["where the operation is not known", "unknown", "4000", "1", []],
    ["without its electricity", "heating", "4000", "unavailable", []],
    ["without its heat", "heating", "unknown", "1", []],
  ])("has the COP of a time %s: %j, %s W of heat, %s kW: %j", async (_, operation, heat, electric, expected) => {
    const chart = await chartOf({
      operation: [[operation, 0]],
      heat_power: [[heat, 0]],
      electric_power: [[electric, 0]],
    });
    expect(noteAt(chart, 30)).toEqual(expected);
  });

  it("has a gap where nothing is known, not 0", async () => {
    const chart = await chartOf({
      heat_power: [
        ["4000", 0],
        ["unavailable", 20],
        ["0", 40],
      ],
      operation: [["heating", 0]],
    });
    const heat = (minute: number) =>
      spokenAt(chart, at(minute), ({ key }) => key === "heat")
        .split(", ")
        .at(-1);
    expect([10, 30, 50].map(heat)).toEqual(["Heat 4.00 kW", "Heat –", "Heat 0.00 kW"]);
  });

  it("has what the heat pump did, striped where that is not known", async () => {
    const chart = await chartOf({
      heat_power: [["4000", 0]],
      operation: [
        ["heating", 0],
        ["defrost", 10],
        ["heating", 15],
        ["standby", 30],
        ["unavailable", 45],
      ],
    });
    expect(chart.bands?.map(({ name, fill, spans }) => [name, fill, spans.length])).toEqual([
      ["Standby", undefined, 1],
      ["Heating", undefined, 2],
      ["Defrosting", undefined, 1],
      ["Not known", "hatched", 1],
    ]);
  });
});
