import { reportJson } from "@heatloop/ha-addon/report/json/json";
import type { Hass } from "@heatloop/lovelace-card/home-assistant/hass";
import { type RangeUnit, rangeAround } from "@heatloop/lovelace-card/range/date-range";
import { type CyclesShown, loadCycles } from "@heatloop/lovelace-card/views/cycles/cycles-load";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { fakeHome, heatloopDevice } from "#test/lovelace-card/support/fake-home.ts";
import { watchedHistory, watchedReport } from "#test/lovelace-card/support/watched-month.ts";
import { exampleNow } from "#test/support/examples/device.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const device = heatloopDevice("ecodan-heatpump");
const operation = new Map([["operation", "sensor.operation"]]);
const signs = new Map([
  ["operation_mode", "sensor.operation"],
  ["flow_temperature", "sensor.flow"],
]);
const pending = { happened: null, pending: true };

/** Home Assistant with a history and an app that gives these answers, one after the other; none is no app. */
function house(answers: readonly object[], { recorder = true, entities = operation } = {}) {
  const heatPump = { device: device.device, entities };
  const asked: string[] = [];
  const list = [...answers];
  vi.stubGlobal("fetch", async () => Response.json(list.length > 1 ? list.shift() : list[0]));
  const callWS = async (message: { type: string; endpoint: string; start_time: string }) => {
    if (message.type === "history/history_during_period") {
      asked.push(`history from ${message.start_time}`);
      if (!recorder) throw new Error("Unknown command.");
      return { "sensor.operation": watchedHistory(Date.parse(message.start_time)) };
    }
    if (message.endpoint === "/ingress/panels") return { panels: { local_heatloop: {} } };
    return { state: "started", ingress_url: "/app/" };
  };
  const { hass } = fakeHome([device]);
  const components = answers.length === 0 ? [] : ["hassio"];
  const home = { ...hass, connection: {}, config: { ...hass.config, components }, callWS } as Hass;
  const early: CyclesShown[] = [];
  const load = (unit: RangeUnit, date = "2026-11-20") => {
    const clock = simulatedClock(exampleNow);
    const range = rangeAround(unit, date, 1);
    return loadCycles({ hass: home, heatPump: heatPump as never, clock }, range, rome)((shown) => early.push(shown));
  };
  return { load, early, asked };
}
const reportOf = (from: string, to: string) => reportJson(watchedReport(from, to, "day"), rome);

beforeEach(() => {
  vi.stubGlobal("location", { protocol: "http:" });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the cycles of a range", () => {
  it("are the app's with the strips of Home Assistant's history", async () => {
    const shown = await house([reportOf("2026-11-16", "2026-11-21")]).load("week");
    expect(shown).toMatchObject({ from: "app", advised: { problem: "many_starts" } });
    expect(shown.days).toHaveLength(6);
  });

  it("are those of the history while the app works its own out, which comes after", async () => {
    const { load, early } = house([pending, pending, reportOf("2026-11-16", "2026-11-21")]);
    expect(await load("week")).toMatchObject({ from: "app" });
    expect(early.map(({ from }) => from)).toContain("history_meanwhile");
  });

  it("say how far the app is with what it makes for the first time, also of a year, of which nothing is seen before", async () => {
    const at = (days_made: number) => ({ ...pending, progress: { days_made, days: 400 } });
    const { load, early } = house([pending, at(120), at(380), reportOf("2026-01-01", "2026-11-21")]);
    expect(await load("year")).toMatchObject({ from: "app", progress: null });
    expect(early.map(({ from, days, progress }) => [from, days.length, progress?.days_made])).toEqual([
      ["history_meanwhile", 0, undefined],
      ["history_meanwhile", 0, 120],
      ["history_meanwhile", 0, 380],
    ]);
  });

  it("of a year need no history where the app answers", async () => {
    const { load, asked } = house([pending, reportOf("2026-01-01", "2026-11-21")]);
    const shown = await load("year");
    expect(shown).toMatchObject({ from: "app", days: [] });
    expect(shown.starts.get("2026-10-20")?.isWhole).toBe(true);
    expect(asked).toEqual([]);
  });

  it.each([
    ["week", "2026-11-15T23:00:00.000Z"],
    ["year", "2025-12-31T23:00:00.000Z"],
  ] as const)("of a %s are what the history has where there is no app", async (unit, from) => {
    const { load, asked } = house([]);
    const shown = await load(unit);
    expect(shown).toMatchObject({ from: "history", stops: [], advised: { problem: null, advice: null } });
    expect(shown.starts.get("2026-11-20")?.starts).toBeGreaterThan(5);
    expect(asked).toEqual([`history from ${from}`]);
  });

  it("of a year need no more than the last month of a firmware's signs, which change all the time", async () => {
    const { load, asked } = house([], { entities: signs });
    expect((await load("year")).from).toBe("history");
    expect(asked).toEqual(["history from 2026-10-21T22:00:00.000Z"]);
  });

  it("are the app's alone where the recorder is off, and refused where neither answers", async () => {
    const shown = await house([reportOf("2026-11-16", "2026-11-21")], { recorder: false }).load("week");
    expect(shown).toMatchObject({ from: "app", days: [] });
    await expect(house([], { recorder: false }).load("week")).rejects.toThrow("Unknown command.");
  });

  it("of days that are yet to come are not asked for", async () => {
    const { load, asked } = house([]);
    expect((await load("month", "2026-12-05")).starts.size).toBe(0);
    expect(asked).toEqual([]);
  });
});
