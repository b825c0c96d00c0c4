import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { searchFilters } from "@heatloop/ha-addon/device/find-devices";
import { tracesLeftOut } from "../bundling/plugins.ts";
import { bundleProgram } from "./bundle-program.ts";
import { firmwarePrefix } from "./firmware-messages.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { peerFromPyPi } from "./peer-packages.ts";
import { endProcess, processPath, runProgram } from "./processes.ts";
import { programFlags } from "./program.ts";

/** Of paho-mqtt, the usual client of MQTT in Python. */
export const pahoVersion = "2.2.0";
const deadlineMs = 120_000;

/** What a sink reports to its parent each time that a lap of messages has come: its processor time since the last one. */
export type Lap = { readonly processorUs: number };

/** A subscriber at a broker of its own. */
export type Sink = {
  readonly broker: Mosquitto;
  /** Gets ready for a lap; what it hands back resolves `came` once all messages of it have. */
  nextLap(): Promise<{ readonly came: Promise<Lap | undefined> }>;
  close(): Promise<void>;
};

export const sinkNames = ["ours", "mqtt.js", "mosquitto_sub", "paho"] as const;
export type SinkName = (typeof sinkNames)[number];
/** Each that this machine has, or why it cannot be started. */
export type Sinks = Readonly<Record<SinkName, Sink | Error>>;

/** Starts all; ours and MQTT.js as one file each, made in a folder. A lap is of `messages`. */
export async function startSinks(folder: string, messages: number, qos: 0 | 1): Promise<Sinks> {
  return {
    ours: await orWhy(async (broker) => {
      const file = await bundleProgram("ingest-sink.ts", folder, [tracesLeftOut()]);
      const words = [broker.url, "sink", String(messages)];
      return forked(broker, file, words, searchFilters.length);
    }),
    "mqtt.js": await mqttJsSink(folder, messages, qos),
    mosquitto_sub: await orWhy(async (broker) => mosquittoSub(broker, messages, qos)),
    paho: await orWhy(async (broker) => {
      const python = await peerFromPyPi("paho-mqtt", pahoVersion);
      return paho(python, broker, messages, qos);
    }),
  };
}

/** A bare MQTT.js subscriber that counts, or why it cannot be started. */
export function mqttJsSink(folder: string, messages: number, qos: 0 | 1): Promise<Sink | Error> {
  return orWhy(async (broker) => {
    const file = await bundleProgram("mqtt-js-sink.ts", folder);
    const words = [String(broker.port), "sink", `${firmwarePrefix}/#`, String(qos), String(messages)];
    return forked(broker, file, words, 1);
  });
}

async function orWhy(start: (broker: Mosquitto) => Promise<Sink>): Promise<Sink | Error> {
  const broker = await startMosquitto();
  try {
    return await start(broker);
  } catch (error) {
    await broker.close();
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The same flags for both: with more room for young objects either is slower here. */
async function forked(broker: Mosquitto, file: string, words: readonly string[], filters: number): Promise<Sink> {
  const child = fork(file, words, { execArgv: [...programFlags] });
  await broker.subscribed("sink", filters);
  return {
    broker,
    nextLap: async () => ({ came: watched(event(child, "message").then((lap) => lap as Lap)) }),
    close: () => closed(child, broker),
  };
}

/** It can't count laps, but is so small that one is started for each. */
async function mosquittoSub(broker: Mosquitto, messages: number, qos: 0 | 1): Promise<Sink> {
  runProgram("mosquitto_sub", ["--help"], processPath, [0, 1]);
  let child: ChildProcess | undefined;
  let laps = 0;
  return {
    broker,
    async nextLap() {
      laps += 1;
      const id = `sub-${laps}.`;
      const where = ["-p", String(broker.port), "-i", id, "-q", String(qos)];
      const what = ["-t", `${firmwarePrefix}/#`, "-C", String(messages)];
      child = spawn("mosquitto_sub", [...where, ...what], { stdio: "ignore", env: processPath });
      const came = watched(once(child, "exit", { signal: AbortSignal.timeout(deadlineMs) }).then(() => undefined));
      await Promise.race([broker.subscribed(id, 1), came]);
      return { came };
    },
    close: () => closed(child, broker),
  };
}

async function paho(python: string, broker: Mosquitto, messages: number, qos: 0 | 1): Promise<Sink> {
  const file = join(import.meta.dirname, "paho-sink.py");
  const words = [file, String(broker.port), "sink", `${firmwarePrefix}/#`, String(qos), String(messages)];
  const child = spawn(python, words, { stdio: ["ignore", "pipe", "inherit"] });
  await broker.subscribed("sink", 1);
  const { stdout } = child;
  return {
    broker,
    nextLap: async () => ({ came: watched(event(child, "data", stdout).then(() => undefined)) }),
    close: () => closed(child, broker),
  };
}

/** What comes with the next event; rejects where the child ends before, or nothing comes. */
async function event(child: ChildProcess, name: string, from: NodeJS.EventEmitter = child): Promise<unknown> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(deadlineMs)]);
  const ended = once(child, "exit", { signal }).then(() => Promise.reject(new Error("a subscriber has ended")));
  try {
    return await Promise.race([once(from, name, { signal }).then(([what]) => what), watched(ended)]);
  } finally {
    over.abort();
  }
}

async function closed(child: ChildProcess | undefined, broker: Mosquitto): Promise<void> {
  if (child !== undefined) await endProcess(child);
  await broker.close();
}

/** Its rejection is dealt with where it is awaited, which may be later. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
