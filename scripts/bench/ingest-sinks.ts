import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { searchFilters } from "@heatloop/ha-addon/device/find-devices";
import { bundleProgram } from "./bundle-program.ts";
import { firmwarePrefix } from "./firmware-messages.ts";
import type { Mosquitto } from "./mosquitto.ts";
import { peerFromPyPi } from "./peer-packages.ts";
import { processPath, runProgram } from "./processes.ts";
import { programFlags } from "./program.ts";

export const pahoVersion = "2.2.0";
const deadlineMs = 120_000;

/** What a sink of ours tells its parent once all has come. */
export type Taken = { readonly processorUs: number };

/** A subscriber that takes a number of messages. */
export type Sink = {
  readonly child: ChildProcess;
  /** Resolves once it has subscribed. */
  readonly ready: Promise<unknown>;
  /** Resolves once all messages have come, with its processor time since the first where it knows that. */
  readonly done: Promise<Taken | undefined>;
};
export type StartSink = (broker: Mosquitto, clientId: string, expected: number, qos: 0 | 1) => Sink;

export const sinkNames = ["ours", "mqtt.js", "mosquitto_sub", "paho"] as const;
export type SinkName = (typeof sinkNames)[number];
/** How to start each, or why it cannot be. */
export type Sinks = Readonly<Record<SinkName, StartSink | Error>>;

/** All sinks that this machine has; ours and MQTT.js as one file each, made in a folder. */
export async function ingestSinks(folder: string): Promise<Sinks> {
  return {
    ours: ourSink(await bundleProgram("ingest-sink.ts", folder)),
    "mqtt.js": mqttJsSink(await bundleProgram("mqtt-js-sink.ts", folder)),
    mosquitto_sub: await orWhy(async () => {
      runProgram("mosquitto_sub", ["--help"], processPath, [0, 1]);
      return mosquittoSub;
    }),
    paho: await orWhy(async () => pahoSink(await peerFromPyPi("paho-mqtt", pahoVersion))),
  };
}

async function orWhy(find: () => Promise<StartSink>): Promise<StartSink | Error> {
  try {
    return await find();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function ourSink(file: string): StartSink {
  return (broker, clientId, expected) => {
    const child = fork(file, [broker.url, clientId, String(expected)], { execArgv: [...programFlags] });
    return { child, ready: broker.subscribed(clientId, searchFilters.length), done: toldBy(child) };
  };
}

function mqttJsSink(file: string): StartSink {
  return (broker, clientId, expected, qos) => {
    const words = [broker.url, clientId, `${firmwarePrefix}/#`, String(qos), String(expected)];
    const child = fork(file, words, { execArgv: [...programFlags] });
    return { child, ready: broker.subscribed(clientId, 1), done: toldBy(child) };
  };
}

const mosquittoSub: StartSink = (broker, clientId, expected, qos) => {
  const where = ["-p", String(broker.port), "-i", clientId, "-q", String(qos)];
  const what = ["-t", `${firmwarePrefix}/#`, "-C", String(expected)];
  return ending(spawn("mosquitto_sub", [...where, ...what], { stdio: "ignore", env: processPath }), broker, clientId);
};

function pahoSink(python: string): StartSink {
  const file = join(import.meta.dirname, "paho-sink.py");
  return (broker, clientId, expected, qos) => {
    const words = [file, String(broker.port), clientId, `${firmwarePrefix}/#`, String(qos), String(expected)];
    return ending(spawn(python, words, { stdio: "ignore" }), broker, clientId);
  };
}

function ending(child: ChildProcess, broker: Mosquitto, clientId: string): Sink {
  const done = once(child, "exit", { signal: AbortSignal.timeout(deadlineMs) }).then(() => undefined);
  return { child, ready: broker.subscribed(clientId, 1), done: watched(done) };
}

function toldBy(child: ChildProcess): Promise<Taken> {
  const signal = AbortSignal.timeout(deadlineMs);
  const ended = once(child, "exit", { signal }).then(() => Promise.reject(new Error("a sink has ended")));
  return watched(Promise.race([once(child, "message", { signal }).then(([taken]) => taken as Taken), ended]));
}

/** Its rejection is dealt with where it is awaited, which may be later. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
