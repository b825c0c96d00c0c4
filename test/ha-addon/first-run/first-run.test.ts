import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { type FirstRunParts, firstRunFinder } from "@heatloop/ha-addon/first-run/first-run";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { defaultSettings } from "@heatloop/ha-addon/settings/settings";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it, onTestFinished } from "vitest";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

async function home(change: Partial<FirstRunParts> = {}) {
  const fake = await startFakeHomeAssistant();
  onTestFinished(() => fake.stop());
  const clock = systemClock();
  const log = recordingLog();
  const homeAssistant = connectHomeAssistant({ url: fake.url, token: fake.token, clock, log });
  onTestFinished(() => homeAssistant.close());
  await waitFor(() => homeAssistant.connected(), "Home Assistant is connected");
  const folder = temporaryFolder();
  const parts: FirstRunParts = {
    clock,
    homeAssistant,
    broker: () => ({ url: "mqtt://core-mosquitto:1883" }),
    settings: { current: () => defaultSettings },
    stateFile: openStateFiles(folder, log)("first-run"),
    machineZone: () => "UTC",
    ownAddresses: () => [],
    heatPumpNames: () => ["ecodan-heatpump"],
    ...change,
  };
  return { fake, folder, parts, finder: firstRunFinder(parts), homeAssistant };
}

const temperature = { device_class: "temperature", unit_of_measurement: "°C" };

describe("a first run", () => {
  it("offers Home Assistant's rooms with area and the age of what their device reported", async () => {
    const { fake, finder } = await home();
    const now = Date.now();
    fake.store("config/area_registry/list", [{ area_id: "bath", name: "Bath" }]);
    fake.store("config/device_registry/list", [{ id: "d1", area_id: "bath", name: "TRV", model: "TS0601" }]);
    fake.store("config/entity_registry/list", [
      { entity_id: "climate.bath", platform: "tuya", device_id: "d1", area_id: null },
    ]);
    fake.setState("climate.bath", "heat", { current_temperature: 43, friendly_name: "Bath" }, now - 2 * hourMs);
    // The same again: only a template knows.
    fake.setState("climate.bath", "heat", { current_temperature: 43, friendly_name: "Bath" }, now - minuteMs / 2);
    fake.setState("sensor.door", "on", { device_class: "door" });
    fake.setState("sensor.outdoor", "4.5", temperature);
    const { rooms } = await finder.now();
    expect(rooms.map(({ entity, offered }) => [entity, offered])).toEqual([
      ["climate.bath", true],
      ["sensor.outdoor", false],
    ]);
    expect(rooms[0]).toMatchObject({ area: "Bath", temperatureC: 21.5, suggestedScale: 0.5, chosen: true });
    expect(rooms[0]?.ageS).toBeGreaterThanOrEqual(29);
    expect(rooms[0]?.ageS).toBeLessThan(minuteMs / 1000 + 30);
  });

  it("knows the age of a steady room of MQTT by its messages", async () => {
    const { fake, finder } = await home();
    const now = Date.now();
    fake.setState("sensor.bedroom", "19.5", temperature, now - 3 * hourMs);
    fake.setMqtt("sensor.bedroom", [{ at: now - 5_000, retain: false }]);
    fake.store("config/entity_registry/list", [
      { entity_id: "sensor.bedroom", platform: "mqtt", device_id: "device of sensor.bedroom" },
    ]);
    const [room] = (await finder.now()).rooms;
    expect(room?.ageS).toBeLessThan(minuteMs / 1000);
    expect(room?.suspicions).toEqual([]);
  });

  it("names the address of Home Assistant's own machine for the Supervisor's broker", async () => {
    const { fake, finder } = await home();
    expect(await finder.now()).toMatchObject({
      broker: { address: null },
      yaml: expect.stringContaining("!secret mqtt_broker"),
    });
    fake.setConfig({ internalUrl: "http://192.168.1.9:8123" });
    expect(await finder.now()).toMatchObject({ broker: { address: "192.168.1.9", from: "home_assistant" } });
    fake.store("network", {
      adapters: [
        { name: "docker0", default: false, ipv4: [{ address: "172.17.0.1" }] },
        { name: "eth0", default: true, ipv4: [{ address: "192.168.1.10" }] },
      ],
      configured_adapters: [],
    });
    const found = await finder.now();
    expect(found.broker).toMatchObject({ address: "192.168.1.10", others: [] });
    expect(found.yaml).toContain("  broker: 192.168.1.10\n  port: 1883\n");
  });

  it("puts the certificate of its own connection into the block, and says where it has none", async () => {
    const folder = temporaryFolder();
    const caFile = join(folder, "ca.crt");
    writeFileSync(caFile, "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n");
    const url = "mqtts://broker.example.net:8883";
    const withFile = await home({ broker: () => ({ url, caFile }) });
    const found = await withFile.finder.now();
    expect(found).toMatchObject({ needsCa: false, broker: { tls: true, address: "broker.example.net" } });
    expect(found.yaml).toContain("  certificate_authority: |\n    -----BEGIN CERTIFICATE-----\n    QUJD\n");
    for (const caFileOrNone of [undefined, join(folder, "gone.crt")]) {
      const without = await firstRunFinder({ ...withFile.parts, broker: () => ({ url, caFile: caFileOrNone }) }).now();
      expect(without).toMatchObject({
        needsCa: true,
        yaml: expect.stringContaining("!secret mqtt_certificate_authority"),
      });
    }
  });

  it("guesses the tariff by Home Assistant's energy dashboard, and none where that names no price", async () => {
    const { fake, finder } = await home();
    fake.setConfig({ currency: "CHF" });
    expect((await finder.now()).tariff).toBeNull();
    const grid = (price: object) => fake.store("energy/get_prefs", { energy_sources: [{ type: "solar" }, price] });
    grid({ type: "grid", stat_energy_from: "sensor.grid", entity_energy_price: null, number_energy_price: null });
    expect((await finder.now()).tariff).toBeNull();
    grid({ type: "grid", stat_energy_from: "sensor.grid", entity_energy_price: "sensor.nordpool" });
    expect((await finder.now()).tariff).toEqual({
      currency: "CHF",
      dynamic: { entity: "sensor.nordpool", state_is_price: true },
    });
    grid({ type: "grid", flow_from: [{ stat_energy_from: "sensor.grid", number_energy_price: 0.27 }] });
    expect((await finder.now()).tariff).toEqual({ currency: "CHF", price_per_kwh: 0.27 });
  });

  it("takes the time zone of Home Assistant, else of the machine", async () => {
    const { fake, parts, finder, homeAssistant } = await home();
    expect((await finder.now()).timeZone).toEqual({ guess: "Europe/Rome", from: "home_assistant" });
    fake.setConfig({ timeZone: "Mars/Olympus" });
    await waitFor(() => homeAssistant.config()?.timeZone === "Mars/Olympus", "the new zone");
    expect((await finder.now()).timeZone).toEqual({ guess: "UTC", from: "machine" });
    const alone = firstRunFinder({ ...parts, homeAssistant: undefined, machineZone: () => "Europe/Vienna" });
    expect((await alone.now()).timeZone).toEqual({ guess: "Europe/Vienna", from: "machine" });
  });

  it("is well without Home Assistant, and while that is away", async () => {
    const { fake, finder, parts, homeAssistant } = await home();
    await fake.stop();
    await waitFor(() => !homeAssistant.connected(), "away");
    expect(await finder.now()).toMatchObject({ rooms: [], tariff: null, broker: { address: null } });
    const alone = firstRunFinder({ ...parts, homeAssistant: undefined, broker: () => undefined });
    expect(await alone.now()).toMatchObject({ rooms: [], tariff: null, broker: undefined, yaml: null });
  });

  it("is done once rooms are set, or a person said later, also after a restart", async () => {
    const { parts, finder, folder } = await home();
    expect((await finder.now()).done).toBe(false);
    const withRooms = {
      ...defaultSettings,
      rooms: [{ entity: "climate.a", zone: 1, weight: 1, offset: 0, scale: 1 }],
    } as const;
    expect((await firstRunFinder({ ...parts, settings: { current: () => withRooms as never } }).now()).done).toBe(true);
    await finder.later();
    expect(JSON.parse(readFileSync(join(folder, "first-run.json"), "utf8"))).toEqual({ later: true });
    const restarted = firstRunFinder({ ...parts, stateFile: openStateFiles(folder, recordingLog())("first-run") });
    expect((await restarted.now()).done).toBe(true);
  });
});
