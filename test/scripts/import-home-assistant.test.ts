import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { certifiedCoefficient } from "#test/support/heat-ratio.ts";
import { type RecordedEntity, startFakeRecorder } from "#test/support/import-examples/fake-recorder.ts";
import { importFrom, open, quiet, start } from "#test/support/import-examples/home-assistant-import.ts";

/** 18 L/min at 32.0/30.5 °C. */
const heatW = 18 * 60 * 1.5 * certifiedCoefficient(32, 30.5);

/** A state each so many ms, counted from the start. */
function states(count: number, stepMs: number, write: (i: number) => string | number): (readonly [number, string])[] {
  return Array.from({ length: count }, (_, i) => [start + i * stepMs, String(write(i))] as const);
}

const sum = (values: readonly (number | null | undefined)[]) =>
  values.reduce<number>((all, value) => all + (value ?? 0), 0);

/** Heating for two hours, as the recorder keeps it: changes only. */
const heatPump: readonly RecordedEntity[] = [
  { entity: "sensor.pump_feed_temp", name: "Feed Temp", unit: "°C", states: [[start - hourMs, "32.0"]] },
  { entity: "sensor.pump_return_temp", name: "Return Temp", unit: "°C", states: [[start - hourMs, "30.5"]] },
  { entity: "sensor.pump_flow_rate", name: "Flow Rate", unit: "L/min", states: [[start - hourMs, "18"]] },
  { entity: "binary_sensor.pump_compressor", name: "Compressor", states: [[start - hourMs, "on"]] },
  { entity: "sensor.pump_operation_mode", name: "Operation Mode", states: [[start - hourMs, "Raumheizung"]] },
  {
    entity: "sensor.pump_esp_uptime",
    name: "ESP Uptime",
    unit: "s",
    states: states(120, minuteMs, (i) => 1000 + i * 60),
  },
  {
    entity: "sensor.pump_consumption",
    name: "Reported Total Daily Energy Consumption",
    unit: "kWh",
    states: states(12, 10 * minuteMs, (i) => (4 + i / 10).toFixed(1)),
  },
];

function withStates(entity: string, changed: readonly (readonly [number, string])[]): RecordedEntity[] {
  return heatPump.map((each) => (each.entity === entity ? { ...each, states: changed } : each));
}

describe("the history of Home Assistant", () => {
  it("becomes minutes: a state holds until the next, heat and electricity follow", async () => {
    const { minutes, findings, remarks } = await importFrom(await startFakeRecorder(heatPump));
    expect(findings).toEqual([]);
    expect(minutes).toHaveLength(120);
    expect(sum(minutes.map(({ figures }) => figures.heat_wh))).toBeCloseTo(2 * heatW, -1);
    expect(minutes.slice(0, -1).every(({ figures }) => figures.covered_s === 60 && figures.heating_s === 60)).toBe(
      true,
    );
    expect(sum(minutes.map(({ figures }) => figures.electricity_wh))).toBe(1100);
    expect(minutes[60]?.points).toMatchObject({ operation_mode: "heating", compressor: 60, flow_temperature: 32 });
    expect(remarks).toContain("sensor.pump_feed_temp is taken as flow_temperature.");
  });

  it("is asked for in stretches, the state before only once", async () => {
    const fake = await startFakeRecorder(heatPump);
    await importFrom(fake, { hours: 14 });
    const asked = fake.asked.filter(({ type }) => type === "history/history_during_period");
    expect(asked.map(({ include_start_time_state }) => include_start_time_state)).toEqual([true, false, false]);
    expect(asked[1]).toMatchObject({
      start_time: new Date(start + 6 * hourMs).toISOString(),
      end_time: new Date(start + 12 * hourMs).toISOString(),
    });
  });

  it.each(["unavailable", "unknown"])("is unknown from %s on until the next state", async (state) => {
    const changed = [
      [start, "32.0"],
      [start + 30 * minuteMs, state],
      [start + 50 * minuteMs, "33.0"],
    ] as const;
    const { minutes } = await importFrom(await startFakeRecorder(withStates("sensor.pump_feed_temp", changed)));
    const known = minutes.map(({ points }) => points.flow_temperature ?? null);
    expect([known[29], known[30], known[49], known[50]]).toEqual([32, null, null, 33]);
    expect(minutes[40]?.figures.heat_wh).toBeNull();
  });

  it("does not go on where nothing of the heat pump was recorded any more", async () => {
    const ended = heatPump.map((each) => ({
      ...each,
      states: each.states?.filter(([at]) => at < start + 30 * minuteMs) ?? [],
    }));
    const { minutes } = await importFrom(await startFakeRecorder(ended));
    expect(minutes).toHaveLength(30);
  });

  it("knows nothing of the time in which nothing was recorded, and goes on after it", async () => {
    const cut = heatPump.map((each) => ({
      ...each,
      states: each.states?.filter(([at]) => at < start + 30 * minuteMs || at >= start + 90 * minuteMs) ?? [],
    }));
    const { minutes } = await importFrom(await startFakeRecorder(cut));
    const after = Array.from({ length: 30 }, (_, i) => 90 + i);
    expect(minutes.map(({ at }) => (at - start) / minuteMs)).toEqual([
      ...Array.from({ length: 30 }, (_, i) => i),
      ...after,
    ]);
  });

  it("names a state that is none of the firmware's", async () => {
    const { lines } = await importFrom(
      await startFakeRecorder(withStates("sensor.pump_operation_mode", [[start, "Party"]])),
    );
    expect(lines).toEqual([
      'sensor.pump_operation_mode: 2026-02-26T09:00:00.000Z: "Party" is not a state of the firmware; one of off, hot_water, heating, cooling, frost_protection, legionella_prevention, unknown is allowed',
    ]);
  });

  it("takes an electricity meter that is named, in its unit", async () => {
    const meter = {
      entity: "sensor.shelly_power",
      device: "shelly",
      unit: "kW",
      states: states(120, minuteMs, (i) => (i % 2 === 0 ? 0.5 : 0.7)),
    };
    const named = [{ entity: "sensor.shelly_power", target: "electricity_meter" } as const];
    const { minutes } = await importFrom(await startFakeRecorder([...heatPump, meter]), { named });
    expect(sum(minutes.map(({ figures }) => figures.meter_wh))).toBeCloseTo(1200, -1);
  });

  it("turns Fahrenheit into Celsius", async () => {
    const entities = heatPump.map((each) =>
      each.entity === "sensor.pump_feed_temp" ? { ...each, unit: "°F", states: [[start, "95"] as const] } : each,
    );
    const { minutes } = await importFrom(await startFakeRecorder(entities));
    expect(minutes[5]?.points.flow_temperature).toBe(35);
  });

  it("names an entity that has nothing", async () => {
    const { lines } = await importFrom(await startFakeRecorder(withStates("sensor.pump_flow_rate", [])));
    expect(lines).toEqual(["sensor.pump_flow_rate: Home Assistant has no history of it in this time"]);
  });

  it("ends with an error where the connection is cut, and keeps what was written", async () => {
    const fake = await startFakeRecorder(heatPump, { cutAfter: 4 });
    await expect(importFrom(fake, { hours: 24 })).rejects.toThrow(/connection to Home Assistant is lost/);
  });
});

describe("Home Assistant", () => {
  it("that refuses the token is named without the token", async () => {
    const opened = await open(await startFakeRecorder(heatPump), quiet, { token: "secret-and-wrong" });
    expect(opened).toEqual({ problems: [expect.stringMatching(/refuses the token: make a long-lived one there/)] });
    expect(JSON.stringify(opened)).not.toContain("secret");
  });

  it("without anything like a heat pump asks for --map", async () => {
    const fake = await startFakeRecorder([{ entity: "sensor.kitchen", unit: "°C" }]);
    expect(await open(fake, quiet)).toEqual({
      problems: [expect.stringMatching(/name them with --map sensor\.x=flow_temperature/)],
    });
  });

  it("with an entity in a foreign unit is refused with what is allowed", async () => {
    const fake = await startFakeRecorder([...heatPump, { entity: "sensor.gas", device: "gas", unit: "m³" }]);
    const opened = await open(fake, quiet, { named: [{ entity: "sensor.gas", target: "electricity_meter" }] });
    expect(opened).toEqual({ problems: ["sensor.gas is in m³; electricity_meter takes kWh, Wh, MWh, W, kW."] });
  });
});
