import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure, Goal } from "./figure.ts";
import { firmwareMessages } from "./firmware-messages.ts";
import { ingestSinks, type SinkName, type Sinks, type StartSink, sinkNames } from "./ingest-sinks.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { endProcess } from "./processes.ts";
import { openRawPublisher, type Packets, packetsOf } from "./raw-publisher.ts";
import { inTurns, once } from "./turns.ts";

const rounds = 7;
const messagesPerLap = 20_000;
const laps = { 0: 12, 1: 6 } as const;

type Result = { readonly messagesPerS: number; readonly processorUs: number | undefined };
type Rounds = readonly Readonly<Partial<Record<SinkName, Result>>>[];
type Measurements = { readonly sinks: Sinks; readonly rounds: Rounds };

/**
 * Messages a second from a publisher through a real Mosquitto to the last one in the minute, against subscribers that
 * throw them away, and the processor time of one beside MQTT.js, on which ours stands. What is published is what a
 * simulated firmware said in its first hours, again and again.
 */
export function ingestFigures(qos: 0 | 1): Figure[] {
  const measured = once(() => measure(qos));
  const rate = (peer: SinkName, goal?: Goal): Figure => ({
    name: `ingest_qos_${qos}_messages_per_s_vs_${peer.replace(".", "_")}`,
    against: peer === "mqtt.js" ? "a bare MQTT.js subscriber" : peer,
    ...(goal === undefined ? {} : { goal }),
    measure: async () => turnsOf(await measured(), peer, ({ messagesPerS }) => messagesPerS),
  });
  return [
    rate("mqtt.js", { of: "ratio", is: ">=", limit: 0.88 }),
    rate("paho", { of: "ratio", is: ">=", limit: 1.2 }),
    rate("mosquitto_sub"),
    {
      name: `ingest_qos_${qos}_processor_us_per_message`,
      against: "a bare MQTT.js subscriber",
      measure: async () => turnsOf(await measured(), "mqtt.js", ({ processorUs = Number.NaN }) => processorUs),
    },
  ];
}

function turnsOf({ sinks, rounds }: Measurements, peer: SinkName, value: (result: Result) => number) {
  for (const needed of [sinks.ours, sinks[peer]]) if (needed instanceof Error) throw needed;
  const of = (result: Result | undefined) => (result === undefined ? Number.NaN : value(result));
  return rounds.map((round) => ({ ours: of(round.ours), peer: of(round[peer]) }));
}

async function measure(qos: 0 | 1): Promise<Measurements> {
  const packets = packetsOf(firmwareMessages(messagesPerLap), qos);
  const folder = await mkdtemp(join(tmpdir(), "heatloop-ingest-"));
  const broker = await startMosquitto();
  try {
    const sinks = await ingestSinks(folder);
    let client = 0;
    const run = (start: StartSink) => () => ingest({ broker, packets, qos, clientId: `sink-${++client}.`, start });
    const there = sinkNames.flatMap((name) => {
      const start = sinks[name];
      return start instanceof Error ? [] : [[name, run(start)] as const];
    });
    return { sinks, rounds: await inTurns(rounds, Object.fromEntries(there)) };
  } finally {
    await broker.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ingest(parts: {
  readonly broker: Mosquitto;
  readonly packets: Packets;
  readonly qos: 0 | 1;
  readonly clientId: string;
  readonly start: StartSink;
}): Promise<Result> {
  const { broker, packets, qos } = parts;
  const expected = packets.count * laps[qos];
  const { child, ready, done } = parts.start(broker, parts.clientId, expected, qos);
  try {
    await Promise.race([ready, done]);
    const publisher = await openRawPublisher(broker.port, qos);
    const startedAt = performance.now();
    for (let lap = 0; lap < laps[qos]; lap += 1) await publisher.send(packets);
    const taken = await done;
    const seconds = (performance.now() - startedAt) / 1000;
    publisher.close();
    const processorUs = taken === undefined ? undefined : taken.processorUs / expected;
    return { messagesPerS: expected / seconds, processorUs };
  } finally {
    await endProcess(child);
  }
}
