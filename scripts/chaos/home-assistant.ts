/** The stand-in of Home Assistant as a part of the run: its sensors are what the thermostats publish by MQTT. */
import { minuteMs } from "@heatloop/core/time/durations";
import { connect } from "mqtt";
import { z } from "zod";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { startPart, tellReady } from "./part-program.ts";

const { clock, argument } = startPart();
const { brokerUrl, port, prefix } = z
  .object({ brokerUrl: z.string(), port: z.number(), prefix: z.string() })
  .parse(argument);
const homeAssistant = await startFakeHomeAssistant({ port, clock: clock.now });
const rooms = new Set<string>();

const client = connect(brokerUrl, { keepalive: 60, reconnectPeriod: 500, connectTimeout: 5_000, queueQoSZero: false });
client.on("connect", () => {
  client.subscribe([`${prefix}-thermostats/+/temperature`, `${prefix}-thermostats/+/availability`]);
  client.publish("homeassistant/status", "online");
});
client.on("message", (topic, payload) => {
  const [, room = "", kind] = topic.split("/");
  rooms.add(room);
  if (kind === "temperature") show(room, payload.toString());
  else if (payload.toString() !== "online") show(room, "unavailable");
});
// Home Assistant's MQTT integration takes everything back while it has no broker.
client.on("close", () => {
  for (const room of rooms) show(room, "unavailable");
});
client.on("error", () => {});

function show(room: string, state: string): void {
  const attributes = { device_class: "temperature", unit_of_measurement: "°C", state_class: "measurement" };
  homeAssistant.setState(`sensor.${room}_temperature`, state, attributes);
}

clock.every(minuteMs, homeAssistant.endMinute);
tellReady();
