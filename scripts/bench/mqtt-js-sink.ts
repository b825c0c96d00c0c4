/**
 * The peer: a bare MQTT.js subscriber with its usual settings that counts what comes. Arguments: port, client id, filter,
 * QoS, and how many messages make a lap, which it reports to its parent; none without it.
 */
import { connect } from "mqtt";
import type { Lap } from "./ingest-sinks.ts";

const [port = "", clientId = "", filter = "", qos = "0", lap = "0"] = process.argv.slice(2);
const messagesPerLap = Number(lap);
let messages = 0;
let atLap = process.cpuUsage();

const client = connect({ protocol: "mqtt", host: "127.0.0.1", port: Number(port), clientId });
client.subscribe(filter, { qos: qos === "1" ? 1 : 0 });
client.on("message", () => {
  messages += 1;
  if (messages % messagesPerLap !== 0) return;
  const { user, system } = process.cpuUsage(atLap);
  atLap = process.cpuUsage();
  process.send?.({ processorUs: user + system } satisfies Lap);
});
