import { type ChildProcess, spawn } from "node:child_process";
import { once as event } from "node:events";
import { bundleProgram } from "./bundle-program.ts";
import { firmwarePrefix } from "./firmware-messages.ts";
import type { Mosquitto } from "./mosquitto.ts";
import { programFlags } from "./program.ts";

/** Starts the bare MQTT.js subscriber, one file with the program's flags, and hands it back once it has subscribed. */
export async function startMqttJs(folder: string, broker: Mosquitto): Promise<ChildProcess & { readonly pid: number }> {
  const file = await bundleProgram("mqtt-js-sink.ts", folder);
  const id = "bare-mqtt-js";
  const before = broker.filtersOf(id);
  const words = [...programFlags, file, String(broker.port), id, `${firmwarePrefix}/#`, "0"];
  const child = spawn(process.execPath, words, { stdio: "ignore" });
  await event(child, "spawn");
  await broker.subscribed(id, before + 1);
  if (child.pid === undefined) throw new Error("Node cannot be started");
  return Object.assign(child, { pid: child.pid });
}
