import { describe, expect, it } from "vitest";
import { withStates } from "#test/lovelace-card/support/fake-home.ts";
import { recordedStatistics } from "#test/lovelace-card/support/recorded-house.ts";
import { device, now } from "#test/lovelace-card/support/temperatures-page.ts";
import { day, flowId, flowState, hour, settled, startWorld } from "./span-record-world.ts";

describe("the record of a span", () => {
  it("asks once for a day, and then only adds what changes", async () => {
    const { asked, clock, flow, houseNow, look, record } = startWorld();
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
      look(withStates(hass, flowState(value)), day);
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

  it("asks only for the statistics that have been compiled since", async () => {
    const { asked, clock, flow, houseNow, look, record } = startWorld();
    const hass = houseNow();
    look(hass, 7 * day);
    await settled();
    const before = flow().length;
    asked.length = 0;
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

  it("waits for the fingers to rest before it asks for more, and drops answers that nobody wants any more", async () => {
    const { asked, clock, flow, home, houseNow, look } = startWorld();
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
    home.answer = () => new Promise((done) => answers.push(done));
    look(hass, 30 * day);
    look(hass, 7 * day);
    answers.at(-1)?.({});
    answers[1]?.(recordedStatistics(device, [flowId], now - day, now, "5minute"));
    answers[0]?.(recordedStatistics(device, [flowId], now - 30 * day, now, "hour"));
    await settled();
    await settled();
    expect(flow().length).toBeLessThan(300);
  });

  it("asks again after the connection was lost, and trusts nothing until then", async () => {
    const { asked, clock, houseNow, look, record } = startWorld();
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

  it("has the reason why there is nothing", async () => {
    const { changes, home, houseNow, look, record } = startWorld();
    home.answer = () => {
      throw { code: "unknown_command", message: "Unknown command." };
    };
    look(houseNow(), day);
    await settled();
    expect(record.state()).toEqual({ kind: "failed", reason: "Unknown command." });
    expect(changes()).toBe(1);
  });

  it("draws what comes where the recorder is off, and asks when it is on", async () => {
    const { asked, clock, flow, houseNow, look, record } = startWorld();
    const config = { time_zone: "Europe/Rome", unit_system: { temperature: "°C" } };
    const hass = houseNow({ config: { ...config, components: ["mqtt"] } });
    look(hass, day);
    expect(record.state()).toEqual({ kind: "off" });
    clock.advanceTo(now + 60_000);
    look(withStates(hass, flowState("33")), day);
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

  it("stays small through a month of following a day", async () => {
    const { asked, clock, flow, houseNow, look } = startWorld();
    const hass = houseNow();
    look(hass, day);
    await settled();
    for (let minutes = 1; minutes < 30 * 24 * 60; minutes++) {
      clock.advanceTo(now + minutes * 60_000);
      look(withStates(hass, flowState(String(30 + (minutes % 7)))), day);
    }
    expect(asked).toHaveLength(1);
    expect(flow().length).toBeLessThan(4 * 24 * 60);
    expect(flow()[0]?.[0]).toBeLessThan(clock.now() - day);
  });
});
