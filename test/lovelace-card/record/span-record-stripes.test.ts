import { describe, expect, it } from "vitest";
import { withStates } from "#test/lovelace-card/support/fake-home.ts";
import { now } from "#test/lovelace-card/support/temperatures-page.ts";
import { day, settled, startWorld } from "./span-record-world.ts";

describe("the stripes", () => {
  it("are when hot water was made, when it defrosted and when it was locked out", async () => {
    const { clock, houseNow, look, record } = startWorld();
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
    const { clock, houseNow, look, record } = startWorld();
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
