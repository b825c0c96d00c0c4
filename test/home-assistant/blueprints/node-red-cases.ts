import { expect, test } from "vitest";
import { hasNodeRed, startNodeRed } from "#test/node-red/node-red.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { type BlueprintHouse, home } from "./blueprint-house.ts";

const rooms = [
  { name: "Living room", topic: "climate.living_room", field: "current_temperature" },
  { name: "Kitchen", topic: "sensor.kitchen" },
  { name: "Bedroom", topic: "sensor.bedroom" },
];

export function nodeRedCases(started: () => BlueprintHouse): void {
  const fed = () => started().sent("number/auto-adaptive__current_room_temperature_feedback_z1");
  const waitForFed = (temperature: string) => waitFor(() => fed().at(-1) === temperature, `${temperature} °C is fed`);

  async function report(temperatures: Readonly<Record<string, number>>): Promise<void> {
    for (const [room, temperature] of Object.entries(temperatures)) {
      await started().report(`rooms/${room}/status`, "online");
      await started().report(`rooms/${room}`, temperature);
    }
  }

  test.skipIf(!hasNodeRed())(
    "feeds the mean of the rooms that Home Assistant has, over its restart",
    async () => {
      await started().use([]);
      await report({ living_room: 20, kitchen: 21, bedroom: 22.9 });
      await started().waitForState("sensor.bedroom", "22.9");
      const nodeRed = await startNodeRed({
        with: "heatloop-home-assistant.json",
        credentials: {
          "heatloop-home-assistant": {
            host: started().homeAssistant.url,
            access_token: started().homeAssistant.accessToken,
          },
        },
        settings: {
          HEATLOOP_MQTT_HOST: "127.0.0.1",
          HEATLOOP_MQTT_PORT: started().broker.port,
          HEATLOOP_EVERY_S: 1,
          HEATLOOP_ROOMS: JSON.stringify(rooms),
        },
      });
      try {
        await waitForFed("21.3");
        expect(started().messages.last(`${home.prefix}/text/room_feeder_z1/command`)).toBe("Node-RED");
        await started().report("rooms/bedroom/status", "offline");
        await waitForFed("20.5");
        await report({ kitchen: 0 });
        const before = fed().length;
        await started().homeAssistant.restart();
        await report({ living_room: 20, kitchen: 21.4, bedroom: 22.2 });
        await waitForFed("21.2");
        for (const temperature of fed().slice(before)) expect(Number(temperature)).toBeGreaterThan(19);
      } finally {
        await nodeRed.close();
      }
    },
    120_000,
  );
}
