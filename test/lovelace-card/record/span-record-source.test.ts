import type { History } from "@heatloop/lovelace-card/home-assistant/history";
import { sourceOf } from "@heatloop/lovelace-card/record/record-source";
import { describe, expect, it } from "vitest";
import { now } from "#test/lovelace-card/support/temperatures-page.ts";
import { day, flowId, hour, recorder, settled, startWorld } from "./span-record-world.ts";

describe("where values are read from", () => {
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

describe("the record of a span", () => {
  it("has a gap where states were unavailable, and texts are no numbers", async () => {
    const { flow, home, houseNow, look } = startWorld();
    home.answer = () =>
      ({
        [flowId]: [
          { s: "30", lu: 1 },
          { s: "unavailable", lu: 2 },
          { s: "hot", lu: 3 },
          { s: "", lu: 4 },
          { s: "31", lu: 5 },
        ],
      }) satisfies History;
    look(houseNow(), day);
    await settled();
    expect(
      flow()
        .slice(0, 5)
        .map(([, value]) => value),
    ).toEqual([30, Number.NaN, Number.NaN, Number.NaN, 31]);
  });

  it("has a gap where statistics are missing", async () => {
    const { flow, houseNow, look } = startWorld();
    look(houseNow(), 7 * day);
    await settled();
    const gaps = flow().filter(([, value]) => Number.isNaN(value));
    expect(gaps.map(([at]) => new Date(at).toISOString())).toEqual(["2026-11-20T21:10:00.000Z"]);
  });

  it("goes to hours for a year, and has no stripes there", async () => {
    const { asked, flow, houseNow, look, record } = startWorld();
    look(houseNow(), 365 * day);
    await settled();
    expect(asked.map(({ type, period }) => [type, period])).toEqual([["recorder/statistics_during_period", "hour"]]);
    expect(record.track()).toBeUndefined();
    expect(flow().length).toBeGreaterThan(8000);
  });

  it("takes states where nothing has statistics", async () => {
    const { flow, home, houseNow, look, record } = startWorld();
    home.answer = (message) => (message.type.startsWith("recorder") ? {} : recorder(message));
    look(houseNow(), 7 * day);
    await settled();
    expect(record.steps()).toBe(true);
    expect(flow().length).toBeGreaterThan(100);
  });

  it("shows °F where the house has it, also of what was recorded in °C", async () => {
    const { flow, home, houseNow, look } = startWorld();
    home.answer = () => ({ [flowId]: [{ s: "30", lu: now / 1000 - 60 }] });
    look(houseNow(), day, { unit: "°F" });
    await settled();
    expect(flow()[0]?.[1]).toBe(86);
  });

  it("reads each state in the unit that it was recorded in", async () => {
    const { asked, flow, home, houseNow, look } = startWorld();
    const at = (minutes: number) => now / 1000 - 3600 + minutes * 60;
    const inUnit = (unit: string) => ({ a: { unit_of_measurement: unit } });
    const first = [
      { s: "86", lu: at(0), ...inUnit("°F") },
      { s: "95", lu: at(10) },
      { s: "36", lu: at(20) },
    ];
    const each = [
      { ...first[0], ...inUnit("°F") },
      { ...first[1], ...inUnit("°F") },
      { ...first[2], ...inUnit("°C") },
    ];
    home.answer = ({ minimal_response: minimal }) => ({ [flowId]: minimal ? first : each });
    look(houseNow(), day);
    await settled();
    expect(asked.map(({ entity_ids: ids }) => ids.length)).toEqual([expect.any(Number), 1]);
    expect(flow().map(([, value]) => Math.round(value))).toEqual([30, 35, 36, expect.any(Number)]);
  });

  it("asks once where the unit is the same as before", async () => {
    const { asked, home, houseNow, look } = startWorld();
    home.answer = () => ({ [flowId]: [{ s: "30", lu: now / 1000 - 60, a: { unit_of_measurement: "°C" } }] });
    look(houseNow(), day);
    await settled();
    expect(asked).toHaveLength(1);
  });
});
