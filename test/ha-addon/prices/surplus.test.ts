import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { noon, startWorld } from "./prices-world.ts";

describe("the PV surplus", () => {
  const tariff = { pv: { surplus_entity: "sensor.export", price_per_kwh: 0.08 } };

  it("is kept as the mean of each 5 minutes, in W, never below zero", async () => {
    const world = await startWorld(tariff);
    world.home.set("sensor.export", "1.5", { unit_of_measurement: "kW" });
    const prices = world.start();
    world.clock.advanceTo(noon + 2 * minuteMs);
    world.home.set("sensor.export", "-2000", { unit_of_measurement: "W" });
    world.clock.advanceTo(noon + 11 * minuteMs);
    await waitFor(async () => (await world.surplusAt(noon + 5 * minuteMs)) === 0, "the second mean is kept");
    expect(await world.surplusAt(noon)).toBe(600);
    prices.close();
  });

  it("is left out where it was unknown for more than a minute of its five", async () => {
    const world = await startWorld(tariff);
    world.home.set("sensor.export", "unavailable");
    const prices = world.start();
    world.clock.advanceTo(noon + 2 * minuteMs);
    world.home.set("sensor.export", "500");
    world.clock.advanceTo(noon + 5.5 * minuteMs);
    world.home.set("sensor.export", "unknown");
    world.clock.advanceTo(noon + 6 * minuteMs);
    world.home.set("sensor.export", "700");
    world.clock.advanceTo(noon + 11 * minuteMs);
    await waitFor(async () => (await world.surplusAt(noon + 5 * minuteMs)) !== null, "the second mean is kept");
    expect(await world.surplusAt(noon)).toBeNull();
    expect(await world.surplusAt(noon + 5 * minuteMs)).toBe(678);
    prices.close();
  });

  it("in another unit is named once", async () => {
    const world = await startWorld(tariff);
    world.home.set("sensor.export", "5", { unit_of_measurement: "kWh" });
    const prices = world.start();
    world.home.set("sensor.export", "6", { unit_of_measurement: "kWh" });
    expect(world.lines()).toEqual(["WARN sensor.export is no PV surplus: its unit is kWh, not W or kW"]);
    prices.close();
  });
});
