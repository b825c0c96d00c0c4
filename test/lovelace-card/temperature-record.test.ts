import { type SimulatedClock, simulatedClock } from "@heatloop/core/clock";
import { heatPumpFrom } from "@heatloop/lovelace-card/find-entities";
import type { Hass } from "@heatloop/lovelace-card/hass";
import type { HistoryAnswer } from "@heatloop/lovelace-card/recorded-series";
import { temperatureLines } from "@heatloop/lovelace-card/temperature-lines";
import { startTemperatureRecord, type TemperatureRecord } from "@heatloop/lovelace-card/temperature-record";
import { sourceOf } from "@heatloop/lovelace-card/temperature-source";
import { english } from "@heatloop/lovelace-card/texts/english";
import { beforeEach, describe, expect, it } from "vitest";
import { fakeHome, type HomeOptions, withStates } from "./fake-home.ts";
import { recordedHistory, recordedStatistics } from "./recorded-house.ts";
import { device, now, statesNow } from "./temperatures-page.ts";

const hour = 3_600_000;
const day = 24 * hour;
const flowId = "sensor.home_flow_temperature";

type Asked = {
  readonly type: string;
  readonly start_time: string;
  readonly end_time: string;
  readonly entity_ids: readonly string[];
  readonly statistic_ids: readonly string[];
  readonly period: string;
};

let clock: SimulatedClock;
let record: TemperatureRecord;
let asked: Asked[];
let changes: number;
/** What Home Assistant's recorder has, or how it refuses. */
let answer: (message: Asked) => unknown;

function recorder({ type, entity_ids: ids, statistic_ids, start_time, end_time, period }: Asked): unknown {
  const [from, to] = [Date.parse(start_time), Date.parse(end_time)];
  return type === "history/history_during_period"
    ? recordedHistory(device, ids, from, to)
    : recordedStatistics(device, statistic_ids, from, to, period);
}

function houseNow(options: HomeOptions = {}): Hass {
  const { hass } = fakeHome([device], { states: statesNow(clock.now()), ...options });
  return {
    ...hass,
    async callWS<T>(message: { readonly type: string }): Promise<T> {
      asked.push(message as Asked);
      return answer(message as Asked) as T;
    },
  };
}

function look(hass: Hass, length: number, { zoomed = false, end = clock.now(), unit = "°C" } = {}): void {
  const source = { states: hass.states, entities: heatPumpFrom(device.device, device.entities).entities };
  const lines = temperatureLines(source, english);
  record.update({ hass, source, lines, unit }, { from: end - length, to: end }, zoomed);
}

const settled = () => new Promise((done) => setImmediate(done));
const told = (value: string, unit = "°C") => ({
  [flowId]: { entity_id: flowId, state: value, attributes: { unit_of_measurement: unit } },
});

function flow(): (readonly [number, number])[] {
  const series = record.series({ entityId: flowId } as never);
  if (series === undefined) return [];
  return Array.from({ length: series.length }, (_, index) => [series.at[index] ?? 0, series.values[index] ?? 0]);
}

beforeEach(() => {
  clock = simulatedClock(now);
  asked = [];
  changes = 0;
  answer = recorder;
  record = startTemperatureRecord(clock, () => {
    changes++;
  });
});

describe("where temperatures are read from", () => {
  it.each([
    [6 * hour, 0, "history"],
    [day, 0, "history"],
    [7 * day, 0, "5minute"],
    [30 * day, 0, "hour"],
    [365 * day, 0, "hour"],
    [day, 3 * day, "history"],
    [day, 20 * day, "hour"],
  ] as const)("a span of %d ms that ended %d ms ago", (length, ago, expected) => {
    expect(sourceOf({ from: now - ago - length, to: now - ago }, now)).toBe(expected);
  });
});

describe("the record of temperatures", () => {
  it("asks once for a day, and then only adds what changes", async () => {
    const hass = houseNow();
    look(hass, day);
    look(hass, day);
    await settled();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.entity_ids).toContain("sensor.home_operation");
    expect(record.state()).toEqual({ kind: "ready" });
    const before = flow();
    for (const [minute, value] of ["33.3", "33.3", "unavailable", "unavailable", "34.4"].entries()) {
      clock.advanceTo(now + (minute + 1) * 60_000);
      look(withStates(hass, told(value)), day);
    }
    expect(asked).toHaveLength(1);
    const added = flow().slice(before.length);
    expect(added.slice(-3)).toEqual([
      [now + 60_000, Math.fround(33.3)],
      [now + 180_000, Number.NaN],
      [now + 300_000, Math.fround(34.4)],
    ]);
    expect(record.until()).toBe(now + 300_000);
  });

  it("has a gap where states were unavailable, and texts are no numbers", async () => {
    answer = () =>
      ({
        [flowId]: [
          { s: "30", lu: 1 },
          { s: "unavailable", lu: 2 },
          { s: "hot", lu: 3 },
          { s: "", lu: 4 },
          { s: "31", lu: 5 },
        ],
      }) satisfies HistoryAnswer;
    look(houseNow(), day);
    await settled();
    expect(
      flow()
        .slice(0, 5)
        .map(([, value]) => value),
    ).toEqual([30, Number.NaN, Number.NaN, Number.NaN, 31]);
  });

  it("has a gap where statistics are missing", async () => {
    look(houseNow(), 7 * day);
    await settled();
    const gaps = flow().filter(([, value]) => Number.isNaN(value));
    expect(gaps.map(([at]) => new Date(at).toISOString())).toEqual(["2026-11-20T21:10:00.000Z"]);
  });

  it("asks only for the statistics that have been compiled since", async () => {
    const hass = houseNow();
    look(hass, 7 * day);
    await settled();
    const before = flow().length;
    asked = [];
    clock.advanceTo(now + 5 * 60_000 + 31_000);
    await settled();
    look(hass, 7 * day);
    expect(asked.map(({ period, start_time }) => [period, start_time])).toEqual([
      ["5minute", "2026-11-21T09:30:00.000Z"],
    ]);
    expect(flow().length).toBe(before + 1);
    record.stop();
    clock.advanceTo(now + hour);
    await settled();
    expect(asked).toHaveLength(1);
  });

  it("goes to hours for a year, and has no stripes there", async () => {
    look(houseNow(), 365 * day);
    await settled();
    expect(asked.map(({ type, period }) => [type, period])).toEqual([["recorder/statistics_during_period", "hour"]]);
    expect(record.track()).toBeUndefined();
    expect(flow().length).toBeGreaterThan(8000);
  });

  it("takes states where nothing has statistics", async () => {
    answer = (message) => (message.type.startsWith("recorder") ? {} : recorder(message));
    look(houseNow(), 7 * day);
    await settled();
    expect(record.steps()).toBe(true);
    expect(flow().length).toBeGreaterThan(100);
  });

  it("waits for the fingers to rest before it asks for more, and drops answers that nobody wants any more", async () => {
    const hass = houseNow();
    look(hass, day);
    await settled();
    for (const length of [30, 25, 20]) look(hass, length * hour, { zoomed: true, end: now - 2 * day });
    expect(asked).toHaveLength(1);
    clock.advanceTo(now + 400);
    await settled();
    expect(asked).toHaveLength(2);
    // Half the span at both sides is there already.
    look(hass, 20 * hour, { zoomed: true, end: now - 2 * day + 5 * hour });
    clock.advanceTo(now + 800);
    expect(asked).toHaveLength(2);

    const answers: ((value: unknown) => void)[] = [];
    answer = () => new Promise((done) => answers.push(done));
    look(hass, 30 * day);
    look(hass, 7 * day);
    answers.at(-1)?.({});
    answers[1]?.(recordedStatistics(device, [flowId], now - day, now, "5minute"));
    answers[0]?.(recordedStatistics(device, [flowId], now - 30 * day, now, "hour"));
    await settled();
    await settled();
    expect(flow().length).toBeLessThan(300);
  });

  it("asks again after the connection was lost, and holds nothing for true meanwhile", async () => {
    const hass = houseNow();
    look(hass, day);
    await settled();
    clock.advanceTo(now + 10 * 60_000);
    look({ ...hass, connected: false }, day);
    expect(record.until()).toBe(now);
    expect(asked).toHaveLength(1);
    clock.advanceTo(now + 20 * 60_000);
    look(hass, day);
    await settled();
    expect(asked).toHaveLength(2);
    expect(record.until()).toBe(now + 20 * 60_000);
  });

  it("says why there is nothing", async () => {
    answer = () => {
      throw { code: "unknown_command", message: "Unknown command." };
    };
    look(houseNow(), day);
    await settled();
    expect(record.state()).toEqual({ kind: "failed", reason: "Unknown command." });
    expect(changes).toBe(1);
  });

  it("draws what comes where the recorder is off, and asks when it is on", async () => {
    const config = { time_zone: "Europe/Rome", unit_system: { temperature: "°C" } };
    const hass = houseNow({ config: { ...config, components: ["mqtt"] } });
    look(hass, day);
    expect(record.state()).toEqual({ kind: "off" });
    clock.advanceTo(now + 60_000);
    look(withStates(hass, told("33")), day);
    expect(
      flow()
        .map(([, value]) => value)
        .at(-1),
    ).toBe(33);
    expect(asked).toEqual([]);
    look(houseNow({ config: { ...config, components: ["recorder", "history"] } }), day);
    await settled();
    expect(asked).toHaveLength(1);
  });

  it("shows °F where the house has it, also of what was recorded in °C", async () => {
    answer = () => ({ [flowId]: [{ s: "30", lu: now / 1000 - 60 }] });
    look(houseNow(), day, { unit: "°F" });
    await settled();
    expect(flow()[0]?.[1]).toBe(86);
  });

  it("stays small through a month of following a day", async () => {
    const hass = houseNow();
    look(hass, day);
    await settled();
    for (let minutes = 1; minutes < 30 * 24 * 60; minutes++) {
      clock.advanceTo(now + minutes * 60_000);
      look(withStates(hass, told(String(30 + (minutes % 7)))), day);
    }
    expect(asked).toHaveLength(1);
    expect(flow().length).toBeLessThan(4 * 24 * 60);
    expect(flow()[0]?.[0]).toBeLessThan(clock.now() - day);
  });
});

describe("the stripes", () => {
  it("are when hot water was made, when it defrosted and when it was locked out", async () => {
    look(houseNow(), day);
    await settled();
    const minutes = (name: "hot_water" | "defrost" | "lockout") =>
      record
        .track()
        ?.spans(name, clock.now())
        .map(({ from, to }) => [new Date(from).toISOString().slice(8, 16), (to - from) / 60_000]);
    expect(minutes("hot_water")).toEqual([
      ["20T13:30", 50],
      ["21T04:00", 50],
    ]);
    expect(minutes("defrost")?.every(([, length]) => Number(length) <= 6)).toBe(true);
    expect(minutes("lockout")?.length).toBeGreaterThan(0);
  });

  it("go on to now and end when it ends", async () => {
    const hass = houseNow();
    look(hass, day);
    await settled();
    const operation = (state: string) => ({
      "sensor.home_operation": { entity_id: "sensor.home_operation", state, attributes: {} },
    });
    const last = () => record.track()?.spans("hot_water", record.until()).at(-1);
    clock.advanceTo(now + 60_000);
    look(withStates(hass, operation("hot_water")), day);
    clock.advanceTo(now + 240_000);
    look(withStates(hass, operation("hot_water")), day);
    expect(last()).toEqual({ from: now + 60_000, to: now + 240_000 });
    look(withStates(hass, operation("standby")), day);
    clock.advanceTo(now + 600_000);
    look(withStates(hass, operation("standby")), day);
    expect(last()).toEqual({ from: now + 60_000, to: now + 240_000 });
  });
});
