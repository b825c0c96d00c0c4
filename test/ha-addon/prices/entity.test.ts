import { minuteMs } from "@heatloop/core/time/durations";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it } from "vitest";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { entity, listed, noon, startHome, startWorld } from "./prices-world.ts";

describe("a price entity", () => {
  const tariff = { dynamic: { entity } };

  it("is kept as it lists its prices, corrections too", async () => {
    const world = await startWorld(tariff);
    world.home.set(entity, "0.1", listed(0.1));
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon)) === 0.1, "the prices are kept");
    world.home.set(entity, "0.1", listed(0.12));
    await waitFor(async () => (await world.priceAt(noon)) === 0.12, "the correction is kept");
    expect(world.lines()).toEqual([
      `INFO prices come from Home Assistant entity=${entity} form="Nord Pool (custom)" prices=1`,
    ]);
    prices.close();
  });

  it("that is unavailable for a while is waited for, and nothing is logged", async () => {
    const world = await startWorld(tariff);
    world.home.set(entity, "unavailable");
    const prices = world.start();
    world.clock.advanceTo(noon + 30 * minuteMs);
    expect(world.lines()).toEqual([]);
    world.home.set(entity, "0.1", listed(0.1));
    await waitFor(async () => (await world.priceAt(noon)) === 0.1, "the prices are kept");
    expect(world.home.sent).toEqual([]);
    prices.close();
  });

  it("that does not exist, or whose unit is no price's, is named once with what to do", async () => {
    const world = await startWorld(tariff);
    const prices = world.start();
    world.home.set(entity, "0.1", { ...listed(0.1), unit_of_measurement: "%" });
    world.home.set(entity, "0.2", { ...listed(0.2), unit_of_measurement: "%" });
    expect(world.lines()).toEqual([
      `WARN ${entity} gives no prices: Home Assistant has no such entity; name another as tariff.dynamic.entity`,
      `WARN ${entity} gives no prices: its unit % is not known as that of a price; allowed is money per Wh, kWh or MWh, such as EUR/kWh, €/MWh or kr/kWh, or its hundredth, such as ct/kWh, øre/kWh or p/kWh`,
    ]);
    prices.close();
  });

  it("of the Nord Pool integration is asked for by its action: yesterday, today and, once it is out, tomorrow", async () => {
    const world = await startWorld(tariff);
    world.home.answer = (message) => {
      if (message.type === "config/entity_registry/get") {
        return { platform: "nordpool", unique_id: "SE3-current_price", config_entry_id: "01ENTRY" };
      }
      const { date } = message.service_data as { readonly date: string };
      if (date === "2026-02-01") throw new Error("no prices yet");
      const start = `${date}T11:00:00+00:00`;
      return { context: {}, response: { SE3: [{ start, end: start.replace("11:00", "11:15"), price: 500 }] } };
    };
    world.home.set(entity, "0.5", { unit_of_measurement: "SEK/kWh" });
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon)) === 0.5, "today's prices are kept");
    expect(await world.priceAt(noon - 86_400_000)).toBe(0.5);
    expect(world.home.sent[1]).toEqual({
      type: "call_service",
      domain: "nordpool",
      service: "get_prices_for_date",
      service_data: { config_entry: "01ENTRY", date: "2026-01-30", areas: ["SE3"] },
      return_response: true,
    });
    const asked = world.home.sent.length;
    world.home.set(entity, "0.6", { unit_of_measurement: "SEK/kWh" });
    expect(world.home.sent).toHaveLength(asked);
    world.clock.advanceTo(noon + 61 * minuteMs);
    await waitFor(() => world.home.sent.length === 2 * asked, "it is asked again in the next hour");
    prices.close();
  });

  it("of the Tibber integration is asked for by its action", async () => {
    const world = await startWorld(tariff);
    world.home.answer = ({ type }) =>
      type === "call_service"
        ? { response: { prices: { Home: [{ start_time: "2026-01-31T12:00:00.000+01:00", price: 0.31 }] } } }
        : { platform: "tibber", unique_id: "123", config_entry_id: "01ENTRY" };
    world.home.set(entity, "0.31", { unit_of_measurement: "EUR/kWh" });
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon)) === 0.31, "the prices are kept");
    expect(world.home.sent[1]).toMatchObject({
      service_data: { start: "2026-01-30 00:00:00", end: "2026-02-02 00:00:00" },
    });
    prices.close();
  });

  it("changes with the settings and with the contract's day", async () => {
    const world = await startWorld({ ...tariff, changes: [{ from: "2026-02-01", dynamic: { entity: "sensor.new" } }] });
    const prices = world.start();
    expect(world.home.followed()).toEqual([entity]);
    world.clock.advanceTo(Date.parse("2026-02-01T00:02:00+01:00"));
    expect(world.home.followed()).toEqual(["sensor.new"]);
    await world.settings.change({ tariff: null });
    expect(world.home.followed()).toEqual([]);
    prices.close();
  });

  it("without Home Assistant is named as what is missing", async () => {
    const world = await startWorld(tariff, { without: true });
    world.start().close();
    expect(world.lines()).toEqual([
      "WARN The tariff names an entity, but there is no Home Assistant: set home_assistant.url and home_assistant.token",
    ]);
  });
});

it("prices come over Home Assistant's websocket as they change", async () => {
  const server = await startFakeHomeAssistant();
  const log = recordingLog();
  const homeAssistant = connectHomeAssistant({ url: server.url, token: server.token, clock: systemClock(), log });
  server.setState(entity, "0.1", listed(0.1));
  const world = await startWorld({ dynamic: { entity } }, { home: { ...startHome(), port: homeAssistant } });
  const prices = world.start();
  await waitFor(async () => (await world.priceAt(noon)) === 0.1, "the first prices");
  server.setState(entity, "0.3", listed(0.3));
  await waitFor(async () => (await world.priceAt(noon)) === 0.3, "the changed prices");
  prices.close();
  await homeAssistant.close();
  await server.stop();
});
