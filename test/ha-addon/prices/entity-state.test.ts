import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { entity, listed, noon, startWorld } from "./prices-world.ts";

describe("a price entity", () => {
  const tariff = { dynamic: { entity } };

  it("that lists nothing is no price until the settings make its state one", async () => {
    const world = await startWorld(tariff);
    world.home.set(entity, "28.5", { unit_of_measurement: "ct/kWh" });
    const prices = world.start();
    await waitFor(() => world.lines().length > 0, "it is logged");
    expect(world.lines()).toEqual([expect.stringContaining(`WARN ${entity} gives no prices: it lists no prices`)]);
    expect(world.lines()[0]).toContain("; if its state is the price of now, set tariff.dynamic.state_is_price");
    world.clock.advanceTo(noon + 6 * minuteMs);
    expect(await world.priceAt(noon)).toBeNull();
    await world.settings.change({ tariff: { dynamic: { state_is_price: true } } });
    world.clock.advanceTo(noon + 8 * minuteMs);
    await waitFor(async () => (await world.priceAt(noon)) === 0.285, "the running quarter hour is kept");
    prices.close();
  });

  it("whose state is the price gives each quarter hour its value well into it, and none while it is away", async () => {
    const world = await startWorld({ dynamic: { entity, state_is_price: true } });
    const unit = { unit_of_measurement: "EUR/kWh" };
    world.home.set(entity, "0.1", unit);
    const prices = world.start();
    world.clock.advanceTo(noon + 16 * minuteMs);
    world.home.set(entity, "0.2", unit);
    world.clock.advanceTo(noon + 29 * minuteMs);
    world.home.set(entity, "unavailable");
    world.clock.advanceTo(noon + 44 * minuteMs);
    world.home.set(entity, "0.4", unit);
    world.clock.advanceTo(noon + 59 * minuteMs);
    await waitFor(async () => (await world.priceAt(noon + 45 * minuteMs)) === 0.4, "the last quarter is kept");
    const quarters = await Promise.all([0, 15, 30, 45].map((minute) => world.priceAt(noon + minute * minuteMs)));
    expect(quarters).toEqual([0.1, 0.2, null, 0.4]);
    world.home.connected = false;
    world.clock.advanceTo(noon + 74 * minuteMs);
    world.home.connect();
    world.clock.advanceTo(noon + 89 * minuteMs);
    await waitFor(async () => (await world.priceAt(noon + 75 * minuteMs)) === 0.4, "it goes on");
    expect(await world.priceAt(noon + 60 * minuteMs)).toBeNull();
    prices.close();
  });

  it("that ever listed its prices is not taken at its state while it lists none", async () => {
    const world = await startWorld({ dynamic: { entity, state_is_price: true } });
    world.home.set(entity, "0.1", listed(0.1));
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon)) === 0.1, "the prices are kept");
    world.home.set(entity, "0.9", { unit_of_measurement: "EUR/kWh" });
    world.clock.advanceTo(noon + 60 * minuteMs);
    expect(await world.priceAt(noon + 30 * minuteMs)).toBeNull();
    expect(world.home.sent).toEqual([]);
    prices.close();
  });
});
