import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { type Simulator, startSimulator } from "@heatloop/simulator/simulator";
import { startProgram } from "#test/home-assistant/running-program.ts";
import { startBroker } from "#test/support/broker/broker.ts";
import { type FakeHomeAssistant, startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";

/** A home in which Heatloop was just started: a broker, Home Assistant with rooms, and no heat pump yet. */
export type NewHome = {
  readonly url: string;
  readonly homeAssistant: FakeHomeAssistant;
  /** The ESP32 connects to the broker; `source` is the room temperature that the firmware uses. */
  connectHeatPump(source?: "home_assistant" | "room_thermostat"): Simulator;
  settings(): Promise<Record<string, unknown>>;
  close(): Promise<void>;
};

const temperature = { device_class: "temperature", unit_of_measurement: "°C" };

/** Rooms of all kinds: good ones, one that reads double, one that is silent, and what is none. */
export function furnish(homeAssistant: FakeHomeAssistant, now: number): void {
  const climate = (entity: string, name: string, current: number, at = now) =>
    homeAssistant.setState(
      `climate.${entity}`,
      "heat",
      { friendly_name: name, current_temperature: current, temperature: 21 },
      at,
    );
  climate("living_room", "Living room", 21.2);
  climate("kitchen", "Kitchen", 20.6);
  climate("bedroom", "Bedroom thermostat", 40.4);
  climate("guest_room", "Guest room", 17.5, now - 9 * 3_600_000);
  homeAssistant.setState("sensor.office", "20.9", { ...temperature, friendly_name: "Office" }, now);
  homeAssistant.setState("sensor.outdoor", "4.1", { ...temperature, friendly_name: "Outdoor" }, now);
  homeAssistant.setState("sensor.processor", "51", { ...temperature, friendly_name: "Processor" }, now);
  const areas = ["Living room", "Kitchen", "Bedroom", "Guest room"];
  homeAssistant.store(
    "config/area_registry/list",
    areas.map((name) => ({ area_id: name, name })),
  );
  homeAssistant.store("config/device_registry/list", []);
  homeAssistant.store(
    "config/entity_registry/list",
    areas.map((name) => ({
      entity_id: `climate.${name.toLowerCase().replace(" ", "_")}`,
      platform: "tuya",
      device_id: null,
      area_id: name,
    })),
  );
  homeAssistant.store("energy/get_prefs", {
    energy_sources: [{ type: "grid", stat_energy_from: "sensor.grid", number_energy_price: 0.29 }],
  });
  homeAssistant.store("network", {
    adapters: [{ name: "eth0", default: true, ipv4: [{ address: "192.168.1.10" }] }],
    configured_adapters: [],
  });
}

/** Starts the home; the heat pump connects later. */
export async function startNewHome(): Promise<NewHome> {
  const [broker, homeAssistant] = [await startBroker(), await startFakeHomeAssistant()];
  furnish(homeAssistant, Date.now());
  const program = await startProgram({
    mqtt: { url: broker.url },
    home_assistant: { url: homeAssistant.url, token: homeAssistant.token },
  });
  const url = program.url();
  let simulator: Simulator | undefined;
  return {
    url,
    homeAssistant,
    connectHeatPump(source = "home_assistant") {
      simulator = startSimulator({
        prefix: "ecodan-heatpump",
        language: "en",
        zones: 1,
        rooms: 3,
        seed: 1,
        timeZone: "Europe/Rome",
        hasWatchdog: false,
        settings: { room_source_zone_1: source },
        clock: wallClock({ speed: 1 }),
        openWire: mqttWires({ url: broker.url }, () => {}),
      });
      return simulator;
    },
    settings: async () => (await (await fetch(`${url}/api/settings`)).json()) as Record<string, unknown>,
    async close() {
      await simulator?.close();
      await program.close();
      await homeAssistant.stop();
      await broker.close();
    },
  };
}
