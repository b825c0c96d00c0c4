import { commandTopic } from "@heatloop/core/catalogue/topics";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { type Device, startDevice } from "@heatloop/ha-addon/device/device";
import { type RunningRoomFeed, startRoomFeed } from "@heatloop/ha-addon/room-feed/room-feed";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { settingsOf, start, startHome } from "./room-feed-world.ts";

export const prefix = "ecodan-heatpump";
const stepMs = 10_000;

/** A simulated heat pump whose ESP32 has the room watchdog, and the room feed of its first zone as the app runs it. */
export async function startWatchdogWorld(options: { readonly roomThermostat?: boolean } = {}) {
  const clock = simulatedClock(start);
  const encoder = new TextEncoder();
  const home = startHome(clock.now);
  let isBrokerThere = true;
  const sent: string[] = [];
  const wires = directWires((topic, payload) => {
    if (isBrokerThere) device.take({ topic, payload: encoder.encode(payload), retained: false }, clock.now());
  });
  const device: Device = startDevice({
    prefix,
    mqtt: {
      async publish(topic, payload) {
        if (!isBrokerThere) return false;
        sent.push(`${topic.slice(prefix.length + 1)} ${payload}`);
        wires.send(topic, payload);
        return true;
      },
    },
    zone: () => zoneOf("Europe/Rome") as Zone,
    at: clock.now(),
  });
  const simulation = startSimulation({
    startAt: start,
    prefix,
    hasWatchdog: true,
    roomThermostats: [options.roomThermostat ?? true],
    settings: { room_source_zone_1: "home_assistant" },
    openWire: wires.open,
  });
  home.climate("climate.living_room", 21);
  home.climate("climate.kitchen", 20.6);

  function startFeed(): RunningRoomFeed {
    const kept = { read: async () => undefined, write: async () => {} };
    return startRoomFeed({
      clock,
      log: recordingLog("debug"),
      homeAssistant: home.port,
      settings: settingsOf({}, [{ entity: "climate.living_room" }, { entity: "climate.kitchen" }]),
      device: {
        id: device.id,
        mayBeFed: () => true,
        send: device.send,
        value: (point) => device.snapshot.value(point, clock.now()),
        online: () => device.snapshot.online(clock.now()),
        onReading: device.onReading,
      },
      zone: 1,
      language: () => "en",
      sourceStateFile: kept,
      roomStateFile: kept,
      onChange: () => {},
      onTransition: () => {},
    });
  }

  async function pass(minutes: number): Promise<void> {
    const end = clock.now() + minutes * 60_000;
    while (clock.now() < end) {
      home.report();
      clock.advanceTo(clock.now() + stepMs);
      simulation.advanceTo(clock.now());
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const world = {
    home,
    simulation,
    sent,
    feed: undefined as RunningRoomFeed | undefined,
    startFeed() {
      world.feed = startFeed();
    },
    stopFeed() {
      world.feed?.stop();
      world.feed = undefined;
    },
    reason: () => world.feed?.view().reason,
    setBroker(isThere: boolean) {
      isBrokerThere = isThere;
    },
    /** What another feeder sends, with its name where it says one. */
    feedByHand(valueC: number, name?: string) {
      if (name !== undefined) wires.send(commandTopic(prefix, "room_feeder_zone_1", "en") ?? "", name);
      wires.send(commandTopic(prefix, "room_feedback_zone_1", "en") ?? "", String(valueC));
    },
    choose: (source: string) => simulation.home.settings.set("room_source_zone_1", source),
    source: () => simulation.home.settings.choice("room_source_zone_1"),
    fedC: () => simulation.home.settings.number("room_feedback_zone_1"),
    state: () => device.snapshot.value("room_watchdog_zone_1", clock.now()),
    second: () => device.snapshot.value("room_watchdog_second_feeder_zone_1", clock.now()),
    pass,
  };
  // It has run for hours without a feed before the world begins.
  world.choose("home_assistant");
  world.startFeed();
  await pass(15);
  return world;
}
