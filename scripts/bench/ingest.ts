import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { searchFilters } from "@heatloop/ha-addon/device/find-devices";
import { type Figure, median } from "./figure.ts";
import { firmwareMessages, firmwarePrefix } from "./firmware-messages.ts";
import type { Told } from "./ingest-sink.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { endProcess, processPath } from "./processes.ts";
import { programFlags } from "./program.ts";
import { openRawPublisher, type Packets, packetsOf } from "./raw-publisher.ts";

const rounds = 5;
const messagesPerLap = 20_000;
const laps = { 0: 12, 1: 6 } as const;
const deadlineMs = 120_000;

type Sink = {
  readonly child: ChildProcess;
  /** Resolves once it has subscribed. */
  readonly ready: Promise<unknown>;
  /** Resolves once all messages have come. */
  readonly done: Promise<unknown>;
};
type StartSink = (broker: Mosquitto, clientId: string, expected: number, qos: 0 | 1) => Sink;

/**
 * Messages a second from a publisher through a real Mosquitto to the last one in the minute, against `mosquitto_sub`
 * that throws them away. What is published is what a simulated firmware said in its first hours, again and again.
 */
export function ingestFigure(qos: 0 | 1): Figure {
  return {
    name: `ingest_qos_${qos}_messages_per_s`,
    goal: { of: "ratio", is: ">=", limit: qos === 0 ? 0.8 : 1 },
    async measure() {
      const packets = packetsOf(firmwareMessages(messagesPerLap), qos);
      const broker = await startMosquitto();
      try {
        const results: { ours: number; peer: number }[] = [];
        for (let round = 0; round < rounds; round += 1) {
          const ours = () => messagesPerS(broker, packets, qos, `ours-${round}`, startOurs);
          const peer = () => messagesPerS(broker, packets, qos, `peer-${round}`, startPeer);
          if (round % 2 === 0) results.push({ ours: await ours(), peer: await peer() });
          else results.push({ peer: await peer(), ours: await ours() });
        }
        return median(results, (result) => result.ours / result.peer);
      } finally {
        await broker.close();
      }
    },
  };
}

async function messagesPerS(
  broker: Mosquitto,
  packets: Packets,
  qos: 0 | 1,
  clientId: string,
  start: StartSink,
): Promise<number> {
  const expected = packets.count * laps[qos];
  const { child, ready, done } = start(broker, clientId, expected, qos);
  try {
    await Promise.race([ready, done]);
    const publisher = await openRawPublisher(broker.port, qos);
    const startedAt = performance.now();
    for (let lap = 0; lap < laps[qos]; lap += 1) await publisher.send(packets);
    await done;
    const seconds = (performance.now() - startedAt) / 1000;
    publisher.close();
    return expected / seconds;
  } finally {
    await endProcess(child);
  }
}

const startOurs: StartSink = (broker, clientId, expected) => {
  const file = join(import.meta.dirname, "ingest-sink.ts");
  const child = fork(file, [broker.url, clientId, String(expected)], { execArgv: [...programFlags] });
  return { child, ready: broker.subscribed(clientId, searchFilters.length), done: watched(told(child)) };
};

async function told(child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(deadlineMs);
  const ended = once(child, "exit", { signal }).then(() => Promise.reject(new Error("our sink has ended")));
  const [{ valuesOfMinutes }] = (await Promise.race([once(child, "message", { signal }), ended])) as [Told];
  if (valuesOfMinutes === 0) throw new Error("the messages came, but the minutes hold no values");
}

const startPeer: StartSink = (broker, clientId, expected, qos) => {
  const where = ["-p", String(broker.port), "-i", clientId, "-q", String(qos)];
  const what = ["-t", `${firmwarePrefix}/#`, "-C", String(expected)];
  const child = spawn("mosquitto_sub", [...where, ...what], { stdio: "ignore", env: processPath });
  const done = once(child, "exit", { signal: AbortSignal.timeout(deadlineMs) });
  return { child, ready: broker.subscribed(clientId, 1), done: watched(done) };
};

/** Its rejection is dealt with where it is awaited, which may be later. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
