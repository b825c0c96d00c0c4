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
const heatPump = { device: device.device, entities: new Map([["operation", "sensor.operation"]]) };
const pending = { happened: null, pending: true };

/** Home Assistant with a history and an app that gives these answers, one after the other; none is no app. */
function house(answers: readonly object[], recorder = true) {
  const asked: string[] = [];
  const list = [...answers];
  vi.stubGlobal("fetch", async () => Response.json(list.length > 1 ? list.shift() : list[0]));
  const callWS = async (message: { type: string; endpoint: string; start_time: string }) => {
    asked.push(message.type);
    if (message.type === "history/history_during_period") {
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
  return { load, early, histories: () => asked.filter((type) => type.startsWith("history")).length };
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

  it("of a year need no history where the app answers", async () => {
    const { load, histories } = house([pending, reportOf("2026-01-01", "2026-11-21")]);
    const shown = await load("year");
    expect(shown).toMatchObject({ from: "app", days: [] });
    expect(shown.starts.get("2026-10-20")?.isWhole).toBe(true);
    expect(histories()).toBe(0);
  });

  it.each(["week", "year"] as const)("of a %s are what the history has where there is no app", async (unit) => {
    const { load, histories } = house([]);
    const shown = await load(unit);
    expect(shown).toMatchObject({ from: "history", stops: [], advised: { problem: null, advice: null } });
    expect(shown.starts.get("2026-11-20")?.starts).toBeGreaterThan(5);
    expect(histories()).toBe(1);
  });

  it("are the app's alone where the recorder is off, and refused where neither answers", async () => {
    const shown = await house([reportOf("2026-11-16", "2026-11-21")], false).load("week");
    expect(shown).toMatchObject({ from: "app", days: [] });
    await expect(house([], false).load("week")).rejects.toThrow("Unknown command.");
  });

  it("of days that are yet to come are not asked for", async () => {
    const { load, histories } = house([]);
    expect((await load("month", "2026-12-05")).starts.size).toBe(0);
    expect(histories()).toBe(0);
  });
});
