import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Figure, median } from "./figure.ts";
import { firmwareMessages, firmwarePrefix } from "./firmware-messages.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { endProcess, processPath } from "./processes.ts";
import { programFlags } from "./program.ts";
import { openRawPublisher, type Packets, packetsOf } from "./raw-publisher.ts";

const rounds = 5;
const messagesPerLap = 20_000;
const laps = { 0: 12, 1: 6 } as const;
/** Nine kinds of topics at three depths: see find-devices.ts. */
const filtersOfAddon = 27;
const deadlineMs = 120_000;

type Sink = { readonly child: ChildProcess; readonly done: Promise<unknown> };

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
  start: (broker: Mosquitto, clientId: string, expected: number, qos: 0 | 1) => Promise<Sink>,
): Promise<number> {
  const expected = packets.count * laps[qos];
  const sink = await start(broker, clientId, expected, qos);
  const publisher = await openRawPublisher(broker.port, qos);
  try {
    const startedAt = performance.now();
    for (let lap = 0; lap < laps[qos]; lap += 1) await publisher.send(packets);
    await sink.done;
    return expected / ((performance.now() - startedAt) / 1000);
  } finally {
    publisher.close();
    await endProcess(sink.child);
  }
}

async function startOurs(broker: Mosquitto, clientId: string, expected: number): Promise<Sink> {
  const file = join(import.meta.dirname, "ingest-sink.ts");
  const child = fork(file, [broker.url, clientId, String(expected)], { execArgv: [...programFlags] });
  const done = once(child, "message", { signal: AbortSignal.timeout(deadlineMs) }).then(([told]) => {
    if (!(told.valuesOfMinutes > 0)) throw new Error("the messages came, but the minutes hold no values");
  });
  done.catch(() => {});
  await broker.subscribed(clientId, filtersOfAddon);
  return { child, done };
}

async function startPeer(broker: Mosquitto, clientId: string, expected: number, qos: 0 | 1): Promise<Sink> {
  const where = ["-p", String(broker.port), "-i", clientId, "-q", String(qos)];
  const what = ["-t", `${firmwarePrefix}/#`, "-C", String(expected)];
  const child = spawn("mosquitto_sub", [...where, ...what], { stdio: "ignore", env: processPath });
  const done = once(child, "exit", { signal: AbortSignal.timeout(deadlineMs) });
  done.catch(() => {});
  await broker.subscribed(clientId, 1);
  return { child, done };
}
