/**
 * A simulated heat pump with its ESP32, as a process of its own: `node esp32.ts`, with a line of JSON in stdin that says where its
 * broker is. Prints what its connection says. SIGTERM ends it.
 */
import { once } from "node:events";
import { createInterface } from "node:readline";
import { wallClock } from "@heatloop/simulator/clock";
import { type BrokerAddress, mqttWires } from "@heatloop/simulator/mqtt";
import { startSimulator } from "@heatloop/simulator/simulator";

const [line] = await once(createInterface({ input: process.stdin }), "line");
const wires = mqttWires(JSON.parse(line) as BrokerAddress, (sentence) => console.log(sentence));
const simulator = startSimulator({ clock: wallClock(), openWire: wires });
process.on("SIGTERM", async () => {
  await simulator.close();
  process.exit();
});
