/**
 * The peer: a bare MQTT.js subscriber with its usual settings that counts what comes. Arguments: URL, client id, filter,
 * QoS, and how many messages it tells its parent of; 0 is none.
 */
import { connect } from "mqtt";
import type { Taken } from "./ingest-sinks.ts";

const [url = "", clientId = "", filter = "", qos = "0", expected = "0"] = process.argv.slice(2);
const messagesExpected = Number(expected);
let messages = 0;
let atFirst = process.cpuUsage();

const client = connect(url, { clientId });
client.subscribe(filter, { qos: qos === "1" ? 1 : 0 });
client.on("message", () => {
  messages += 1;
  if (messages === 1) atFirst = process.cpuUsage();
  if (messages !== messagesExpected) return;
  const { user, system } = process.cpuUsage(atFirst);
  process.send?.({ processorUs: user + system } satisfies Taken);
});
