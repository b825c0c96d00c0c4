import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SimulatedClock, simulatedClock } from "@heatloop/core/clock";
import { type Zone, zoneOf } from "@heatloop/core/local-day";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../ha-addon/src/clock.ts";
import { openArchive } from "../../ha-addon/src/csv-files.ts";
import { connectHomeAssistant, type EntityState } from "../../ha-addon/src/home-assistant.ts";
import type { HomeAssistantMessage } from "../../ha-addon/src/home-assistant-session.ts";
import type { PriceSource } from "../../ha-addon/src/price-entity.ts";
import { startPrices } from "../../ha-addon/src/prices.ts";
import { openSettings } from "../../ha-addon/src/settings-file.ts";
import { slotArchive } from "../../ha-addon/src/slot-archive.ts";
import { startFakeHomeAssistant } from "../support/fake-home-assistant.ts";
import { recordingLog } from "../support/recording-log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { waitFor } from "../support/wait-for.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const noon = Date.parse("2026-01-31T12:00:00+01:00");
const minuteMs = 60_000;
const entity = "sensor.prices";

/** Home Assistant with entities, a registry and actions, as a program sees it. */
function startHome() {
  const states = new Map<string, EntityState>();
  const follows = new Set<{
    readonly entities: readonly string[];
    readonly take: Parameters<PriceSource["follow"]>[1];
  }>();
  const connecting = new Set<() => void>();
  const port: PriceSource = {
    connected: () => home.connected,
    follow(entities, take) {
      const follow = { entities, take };
      follows.add(follow);
      for (const name of entities) take(name, states.get(name));
      return () => follows.delete(follow);
    },
    onConnected(work) {
      connecting.add(work);
      if (home.connected) work();
      return () => connecting.delete(work);
    },
    async send(message) {
      home.sent.push(message);
      return home.answer(message);
    },
  };
  const refuse = (_message: HomeAssistantMessage): unknown => {
    throw new Error("Entity not found");
  };
  const home = {
    connected: true,
    sent: [] as HomeAssistantMessage[],
    answer: refuse,
    set(name: string, state: string, attributes: Record<string, unknown> = {}) {
      states.set(name, { state, attributes, lastReported: 0 });
      for (const { entities, take } of follows) if (entities.includes(name)) take(name, states.get(name));
    },
    connect() {
      home.connected = true;
      for (const work of connecting) work();
      for (const name of states.keys()) home.set(name, states.get(name)?.state ?? "", states.get(name)?.attributes);
    },
    port,
    followed: () => [...follows].flatMap(({ entities }) => entities),
  };
  return home;
}

async function startWorld(
  tariff: object,
  options: { readonly home?: ReturnType<typeof startHome> | undefined; readonly without?: true } = {},
) {
  const folder = temporaryFolder();
  const dataFolder = join(folder, "data");
  mkdirSync(dataFolder);
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify({ tariff }));
  const log = recordingLog();
  const clock: SimulatedClock = simulatedClock(noon);
  const settings = await openSettings({ folder: dataFolder, log });
  const files = openArchive({ folder: join(folder, "archive"), log, clock: systemClock() });
  const prices = slotArchive({ files, kind: "prices", zone: () => rome, log });
  const surplus = slotArchive({ files, kind: "surplus", zone: () => rome, log });
  const home = options.home ?? startHome();
  const start = () =>
    startPrices({
      clock,
      log,
      settings,
      homeAssistant: options.without ? undefined : home.port,
      dataFolder,
      zone: () => rome,
      prices,
      surplus,
    });
  const lines = () => log.lines.map((line) => line.slice(26));
  const priceAt = async (at: number) => (await prices.series("2026-01-29", "2026-02-02")).at(at);
  const surplusAt = async (at: number) => (await surplus.series("2026-01-31", "2026-01-31")).at(at);
  return { clock, dataFolder, settings, home, start, lines, priceAt, surplusAt };
}

const listed = (value: number) => ({
  unit_of_measurement: "EUR/kWh",
  raw_today: [{ start: "2026-01-31T12:00:00+01:00", end: "2026-01-31T12:15:00+01:00", value }],
});

describe("a price file in the data folder", () => {
  const tariff = { dynamic: { file: "prices.csv" } };

  it("comes into the archive at once and when it changes, its mistakes named by line", async () => {
    const world = await startWorld(tariff);
    const file = join(world.dataFolder, "prices.csv");
    writeFileSync(file, "start,price\n2026-01-31 12:00,0.2\n2026-01-31 13:00,dear\n");
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon)) === 0.2, "the file is read");
    expect(world.lines()).toContain('WARN prices.csv, line 3: found "dear"; allowed: a number such as 0.285');
    writeFileSync(file, "start,price\n2026-01-31 12:00,0.2\n2026-01-31 13:00,0.4\n");
    utimesSync(file, 1, 1);
    await waitFor(async () => {
      world.clock.advanceTo(world.clock.now() + minuteMs);
      return (await world.priceAt(noon + 60 * minuteMs)) === 0.4;
    }, "the change is read");
    await waitFor(
      () => world.lines().filter((line) => line.startsWith("INFO prices were read")).length > 1,
      "it is said",
    );
    expect(world.lines().filter((line) => line.startsWith("INFO prices were read"))).toEqual([
      "INFO prices were read from a file file=prices.csv prices=1 new=1",
      "INFO prices were read from a file file=prices.csv prices=2 new=1",
    ]);
    prices.close();
  });

  it("that is not there is asked for once, and read when it comes", async () => {
    const world = await startWorld(tariff);
    const prices = world.start();
    await waitFor(() => world.lines().length > 0, "it is asked for");
    world.clock.advanceTo(noon + 3 * minuteMs);
    writeFileSync(join(world.dataFolder, "prices.csv"), "start,price\n2026-01-31 12:00,0.2\n");
    await waitFor(async () => {
      world.clock.advanceTo(world.clock.now() + minuteMs);
      return (await world.priceAt(noon)) === 0.2;
    }, "it is read");
    expect(world.lines().filter((line) => line.includes("is not in the data folder: put it there"))).toHaveLength(1);
    prices.close();
  });

  it("of an earlier contract is read too, and nothing after the end", async () => {
    const world = await startWorld({ ...tariff, changes: [{ from: "2026-01-31", dynamic: { entity } }] });
    const file = join(world.dataFolder, "prices.csv");
    writeFileSync(file, "start,price\n2026-01-30 12:00,0.2\n");
    const prices = world.start();
    await waitFor(async () => (await world.priceAt(noon - 86_400_000)) === 0.2, "the file is read");
    expect(world.home.followed()).toEqual([entity]);
    prices.close();
    rmSync(file);
    expect(world.home.followed()).toEqual([]);
    expect(world.clock.now()).toBe(noon);
  });
});

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

  it("that is unavailable for a while is waited for without a word", async () => {
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
      `WARN ${entity} gives no prices: its unit is %, not money per kWh`,
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

  it("that lists nothing is no price until a person says that its state is one", async () => {
    const world = await startWorld(tariff);
    world.home.set(entity, "28.5", { unit_of_measurement: "ct/kWh" });
    const prices = world.start();
    await waitFor(() => world.lines().length > 0, "a person is told");
    expect(world.lines()).toEqual([
      `WARN ${entity} gives no prices: it lists none; if its state is the price of now, set tariff.dynamic.state_is_price`,
    ]);
    world.clock.advanceTo(noon + 6 * minuteMs);
    expect(await world.priceAt(noon)).toBeNull();
    await world.settings.change({ tariff: { dynamic: { state_is_price: true } } });
    world.clock.advanceTo(noon + 8 * minuteMs);
    await waitFor(async () => (await world.priceAt(noon)) === 0.285, "the running quarter hour is kept");
    prices.close();
  });

  it("whose state is the price gives each quarter hour what stands well into it, and none while it is away", async () => {
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
      "WARN the tariff names an entity, but there is no Home Assistant: set home_assistant.url and home_assistant.token",
    ]);
  });
});

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
