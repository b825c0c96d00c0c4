import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchFigure, Goal } from "./figure.ts";
import { firmwareMessages } from "./firmware-messages.ts";
import { type Sink, type SinkName, type Sinks, sinkNames, startSinks } from "./ingest-sinks.ts";
import { openRawPublisher, type Packets, packetsOf } from "./raw-publisher.ts";
import { alternately, once } from "./turns.ts";

const roundsBefore = 5;
const rounds = 31;
const messagesPerLap = 20_000;

type Result = { readonly messagesPerS: number; readonly processorUs: number };
type Measurements = {
  readonly sinks: Sinks;
  readonly rounds: readonly Readonly<Partial<Record<SinkName, Result>>>[];
};

/**
 * Messages a second from a publisher through a real Mosquitto to the last one in the minute, against subscribers that
 * throw them away, and the processor time of a message beside MQTT.js, on which ours stands. What is published is what a
 * simulated firmware published in its first hours. All subscribers run all the time, each at a broker of its own, and get a
 * lap in turn; the first laps, in which code is still being compiled, don't count.
 */
export function ingestFigures(qos: 0 | 1): BenchFigure[] {
  const measured = once(() => measure(qos));
  const rate = (peer: SinkName, goal?: Goal): BenchFigure => ({
    name: `ingest_qos_${qos}_messages_per_s_vs_${peer.replace(".", "_")}`,
    against: nameOf(peer),
    ...(goal === undefined ? {} : { goal }),
    measure: async () => turnsOf(await measured(), peer, ({ messagesPerS }) => messagesPerS),
  });
  return [
    rate("mqtt.js", { of: "ratio", is: ">=", limit: 0.88 }),
    rate("paho", { of: "ratio", is: ">=", limit: 1.2 }),
    rate("mosquitto_sub"),
    {
      name: `ingest_qos_${qos}_processor_us_per_message`,
      against: nameOf("mqtt.js"),
      measure: async () => turnsOf(await measured(), "mqtt.js", ({ processorUs }) => processorUs),
    },
  ];
}

function nameOf(peer: SinkName): string {
  return peer === "mosquitto_sub" ? peer : `${peer}, counting only`;
}

function turnsOf({ sinks, rounds }: Measurements, peer: SinkName, value: (result: Result) => number) {
  for (const needed of [sinks.ours, sinks[peer]]) if (needed instanceof Error) throw needed;
  const of = (result: Result | undefined) => (result === undefined ? Number.NaN : value(result));
  return rounds.map((round) => ({ ours: of(round.ours), peer: of(round[peer]) }));
}

async function measure(qos: 0 | 1): Promise<Measurements> {
  const packets = packetsOf(firmwareMessages(messagesPerLap), qos);
  const folder = await mkdtemp(join(tmpdir(), "heatloop-ingest-"));
  const sinks = await startSinks(folder, messagesPerLap, qos);
  const there = sinkNames.flatMap((name) => {
    const sink = sinks[name];
    return sink instanceof Error ? [] : [{ name, sink }];
  });
  try {
    const contestants = Object.fromEntries(there.map(({ name, sink }) => [name, () => lap(sink, packets, qos)]));
    return { sinks, rounds: (await alternately(roundsBefore + rounds, contestants)).slice(roundsBefore) };
  } finally {
    for (const { sink } of there) await sink.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function lap(sink: Sink, packets: Packets, qos: 0 | 1): Promise<Result> {
  const { came } = await sink.nextLap();
  const publisher = await openRawPublisher(sink.broker.port, qos);
  const startedAt = performance.now();
  publisher.write(packets);
  const processorUs = (await came)?.processorUs ?? Number.NaN;
  const seconds = (performance.now() - startedAt) / 1000;
  publisher.close();
  return { messagesPerS: packets.count / seconds, processorUs: processorUs / packets.count };
}
