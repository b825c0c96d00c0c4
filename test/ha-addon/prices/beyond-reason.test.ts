import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { problemText } from "@heatloop/ha-addon/alerts/texts/problem-text";
import { describe, expect, it } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { entity, listed, noon, startWorld } from "./prices-world.ts";

const inUnit = (value: unknown, unit_of_measurement: string) => ({ ...listed(Number(value)), unit_of_measurement });

describe("prices of an entity", () => {
  it("in c€/kWh are cents", async () => {
    const world = await startWorld({ currency: "EUR", dynamic: { entity } });
    world.home.set(entity, "28", inUnit(28, "c€/kWh"));
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon)) === 0.28, "28 c€ are 0.28 EUR");
    expect(world.problems.all()).toEqual([]);
    prices.close();
  });

  it("in a unit that is not known are refused with what is allowed, once, and as a problem until they are mended", async () => {
    const world = await startWorld({ currency: "EUR", dynamic: { entity } });
    world.home.set(entity, "28", inUnit(28, "coin/kWh"));
    const prices = world.start();
    world.home.set(entity, "29", inUnit(29, "coin/kWh"));
    expect(world.lines()).toEqual([
      expect.stringMatching(/its unit coin\/kWh is not known as that of a price; allowed is money per Wh, kWh or MWh/),
    ]);
    expect(world.problems.all()).toEqual([
      {
        source: entity,
        problem: { code: "no_prices", source: entity, why: { code: "price_unit_unknown", unit: "coin/kWh" } },
      },
    ]);
    expect(await world.priceAt(noon)).toBeNull();
    world.home.set(entity, "0.28", inUnit(0.28, "EUR/kWh"));
    await waitFor(async () => (await world.priceAt(noon)) === 0.28, "the mended ones are kept");
    expect(world.problems.all()).toEqual([]);
    prices.close();
  });

  it("beyond reason are questioned, and taken once the settings allow them", async () => {
    const world = await startWorld({ currency: "EUR", dynamic: { entity } });
    world.home.set(entity, "28", inUnit(28, "EUR/kWh"));
    const prices = world.start();
    world.home.set(entity, "27", inUnit(27, "EUR/kWh"));
    expect(world.lines()).toEqual([
      `WARN ${entity} gives no prices: it gives 28 EUR a kWh, which is outside -1 to 10, so none of its prices is taken: ` +
        "is its unit right (ct or EUR, kWh or MWh)? If the price is, set tariff.max_price_per_kwh to more",
    ]);
    expect(world.problems.all()).toMatchObject([
      { source: entity, problem: { why: { code: "price_beyond_reason", price: "27 EUR", lowest: -1, highest: 10 } } },
    ]);
    expect(await world.priceAt(noon)).toBeNull();
    await world.settings.change({ tariff: { max_price_per_kwh: 30 } });
    await waitFor(async () => (await world.priceAt(noon)) === 27, "they are kept");
    expect(world.problems.all()).toEqual([]);
    prices.close();
  });

  it.each([
    ["EUR/kWh", "EUR", -0.5, true],
    ["EUR/kWh", "EUR", -3, false],
    ["Ft/kWh", "HUF", 120, true],
    ["", "JPY", 31, true],
    ["", "", 31, false],
    ["kr/kWh", "", 13, true],
    ["EUR/MWh", "EUR", 285, true],
  ])("in %s of a tariff in %s with %s are taken: %s", async (unit, currency, value, taken) => {
    const world = await startWorld({ currency, dynamic: { entity } });
    world.home.set(entity, "1", inUnit(value, unit));
    const prices = world.start();
    if (taken) await waitFor(async () => (await world.priceAt(noon)) !== null, "they are kept");
    expect(world.problems.all()).toHaveLength(taken ? 0 : 1);
    prices.close();
  });

  it("of a state or an action are held against the same bound", async () => {
    const world = await startWorld({ dynamic: { entity, state_is_price: true } });
    world.home.set(entity, "28", { unit_of_measurement: "EUR/kWh" });
    const prices = world.start();
    world.clock.advanceTo(noon + 6 * minuteMs);
    await waitFor(() => world.problems.all().length > 0, "its state is asked about");
    prices.close();
    const asked = await startWorld({ dynamic: { entity } });
    asked.home.answer = ({ type }) =>
      type === "call_service"
        ? { response: { prices: { Home: [{ start_time: "2026-01-31T12:00:00.000+01:00", price: 31 }] } } }
        : { platform: "tibber", unique_id: "123", config_entry_id: "01ENTRY" };
    asked.home.set(entity, "31", { unit_of_measurement: "EUR/kWh" });
    const asking = asked.start();
    await waitFor(() => asked.problems.all().length > 0, "its action's prices are asked about");
    expect([await world.priceAt(noon), await asked.priceAt(noon)]).toEqual([null, null]);
    asking.close();
  });

  it("of an action that has none are reported with what came instead", async () => {
    const world = await startWorld({ dynamic: { entity } });
    world.home.answer = ({ type }) =>
      type === "call_service"
        ? { response: { FI: [] } }
        : { platform: "nordpool", unique_id: "SE3-current_price", config_entry_id: "01ENTRY" };
    world.home.set(entity, "0.5", { unit_of_measurement: "SEK/kWh" });
    const prices = world.start();
    await waitFor(() => world.problems.all().length > 0, "it is reported");
    expect(world.problems.all().map(({ problem }) => problemText(problem, "en"))).toEqual([
      `${entity} gives no prices: nordpool.get_prices_for_date has no prices of SE3, but of FI`,
    ]);
    prices.close();
  });
});

describe("prices of a file", () => {
  it.each([
    ["beyond reason", "start,price\n2026-01-31 12:00,28\n", "it gives 28 EUR a kWh, which is outside -1 to 10"],
    ["that cannot be read", "start,price\n2026-01-31 12:00,cheap\n", "no line of it can be read; expected is a header"],
    ["without a line", "start,price\n", "no line of it can be read"],
    ["under another header", "when,cost\n2026-01-31 12:00,0.2\n", "no line of it can be read"],
  ])("%s are none, with the reason", async (_, text, why) => {
    const world = await startWorld({ currency: "EUR", dynamic: { file: "prices.csv" } });
    writeFileSync(join(world.dataFolder, "prices.csv"), text);
    const prices = world.start();
    await waitFor(() => world.problems.all().length > 0, "it is reported");
    expect(world.problems.all().map(({ problem }) => problemText(problem, "en"))).toEqual([
      expect.stringContaining(`prices.csv gives no prices: ${why}`),
    ]);
    expect(world.lines().some((line) => line.startsWith("INFO prices were read"))).toBe(false);
    expect(await world.priceAt(noon)).toBeNull();
    prices.close();
    expect(world.problems.all()).toEqual([]);
  });
});
