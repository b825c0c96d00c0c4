import { spawn } from "node:child_process";
import { once as event } from "node:events";
import { setTimeout as passed } from "node:timers/promises";
import type { BenchFigure } from "./figure.ts";
import { firmwareMessages, firmwarePrefix } from "./firmware-messages.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { startMqttJs } from "./mqtt-js-peer.ts";
import { endProcess, processorMs, processPath } from "./processes.ts";
import { type Program, startProgram } from "./program.ts";
import { openRawPublisher, type Packets, packetsOf } from "./raw-publisher.ts";
import { alternately, once } from "./turns.ts";

const warmUpMs = 20_000;
const rounds = 9;
const turnMs = 5_000;
/** For the messages that are on their way at the end of a turn. */
const arrivalMs = 250;
const messagesPerS = 100;

type Contestant = {
  readonly pid: number;
  readonly publish: (forMs: number) => Promise<void>;
  readonly close: () => Promise<void>;
};
type Shares = { readonly ours: number; readonly mqttJs: number; readonly mosquittoSub: number };

/**
 * Per cent of one core that the bundled program takes at 100 messages a second, beside subscribers that throw them away.
 * Each has a broker of its own and its turn alone: of subscribers that share one, whoever the broker wakes first pays
 * for the sleeping core, twice of what the others take.
 */
export function processorFigures(folder: () => Promise<string>): BenchFigure[] {
  const measured = once(() => measure(folder));
  return [
    {
      name: "processor_percent_at_100_messages_per_s",
      against: "mqtt.js, counting only",
      goal: { of: "ratio", is: "<=", limit: 1.5 },
      measure: async () => (await measured()).map(({ ours, mqttJs }) => ({ ours, peer: mqttJs })),
    },
    {
      name: "processor_percent_vs_mosquitto_sub",
      against: "mosquitto_sub",
      async measure() {
        const shares = await measured();
        if (shares.some(({ mosquittoSub }) => Number.isNaN(mosquittoSub)))
          throw new Error("mosquitto_sub is not installed");
        return shares.map(({ ours, mosquittoSub }) => ({ ours, peer: mosquittoSub }));
      },
    },
  ];
}

async function measure(folder: () => Promise<string>): Promise<Shares[]> {
  const home = await folder();
  const contestants: Contestant[] = [];
  const begun = async (starting: Promise<Contestant>) => {
    const contestant = await starting;
    contestants.push(contestant);
    return contestant;
  };
  try {
    const ours = await begun(withBroker((broker) => startOurs(home, broker)));
    const mqttJs = await begun(withBroker((broker) => startPeer(home, broker)));
    const mosquittoSub = await begun(withBroker(startMosquittoSub)).catch(() => undefined);
    await Promise.all(contestants.map(({ publish }) => publish(warmUpMs)));
    return await alternately(rounds, {
      ours: () => shareOf(ours),
      mqttJs: () => shareOf(mqttJs),
      mosquittoSub: () => (mosquittoSub === undefined ? Number.NaN : shareOf(mosquittoSub)),
    });
  } finally {
    for (const { close } of contestants) await close();
  }
}

/** Per cent of a core that a contestant takes while it gets the messages. */
async function shareOf({ pid, publish }: Contestant): Promise<number> {
  const before = processorMs(pid);
  await publish(turnMs);
  return (100 * (processorMs(pid) - before)) / turnMs;
}

type Subscriber = {
  readonly pid: number;
  /** How many messages it got so far; undefined: it does not say. */
  readonly messages?: () => Promise<number>;
  readonly close: () => Promise<void>;
};

async function withBroker(start: (broker: Mosquitto) => Promise<Subscriber>): Promise<Contestant> {
  const broker = await startMosquitto();
  try {
    const { pid, messages, close } = await start(broker);
    const publishing = await steadyPublisher(broker.port);
    return {
      pid,
      async publish(forMs) {
        const missing = async () => publishing.sent() - ((await messages?.()) ?? publishing.sent());
        const missingBefore = await missing();
        await publishing.publish(forMs);
        await passed(arrivalMs);
        const lost = (await missing()) - missingBefore;
        if (lost > 0) throw new Error(`${lost} messages did not reach the program`);
      },
      async close() {
        publishing.close();
        await close();
        await broker.close();
      },
    };
  } catch (error) {
    await broker.close();
    throw error;
  }
}

async function startOurs(home: string, broker: Mosquitto): Promise<Subscriber> {
  const program = await startProgram(home, broker.url);
  await program.logged("MQTT connected");
  return { pid: program.pid, messages: () => messagesTaken(program), close: () => endProcess(program.child) };
}

async function startPeer(home: string, broker: Mosquitto): Promise<Subscriber> {
  const child = await startMqttJs(home, broker);
  return { pid: child.pid, close: () => endProcess(child) };
}

async function startMosquittoSub(broker: Mosquitto): Promise<Subscriber> {
  const where = ["-p", String(broker.port), "-i", "mosquitto-sub", "-t", `${firmwarePrefix}/#`];
  const child = spawn("mosquitto_sub", where, { stdio: "ignore", env: processPath });
  await event(child, "spawn");
  await broker.subscribed("mosquitto-sub", 1);
  return { pid: child.pid as number, close: () => endProcess(child) };
}

async function messagesTaken({ url }: Program): Promise<number> {
  const stats = (await (await fetch(`${url}/api/stats`)).json()) as { readonly mqtt_messages: number };
  return stats.mqtt_messages;
}

type SteadyPublisher = { sent(): number; publish(forMs: number): Promise<void>; close(): void };

async function steadyPublisher(port: number): Promise<SteadyPublisher> {
  const packets = firmwareMessages(10_000).map((message) => packetsOf([message], 0));
  const publisher = await openRawPublisher(port, 0);
  let sent = 0;
  return {
    sent: () => sent,
    async publish(forMs) {
      const startedAt = performance.now();
      const sentBefore = sent;
      for (let elapsedMs = 0; elapsedMs < forMs; elapsedMs = performance.now() - startedAt) {
        const due = sentBefore + Math.floor((elapsedMs / 1000) * messagesPerS);
        for (; sent < due; sent += 1) publisher.write(packets[sent % packets.length] as Packets);
        await passed(1000 / messagesPerS);
      }
    },
    close: () => publisher.close(),
  };
}
