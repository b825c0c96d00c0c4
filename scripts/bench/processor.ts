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
import { once } from "./turns.ts";

const warmUpMs = 20_000;
const windows = 9;
const windowMs = 5_000;
const messagesPerS = 100;
/** Messages of a quarter of a second may be on their way. */
const mostOnTheirWay = messagesPerS / 4;

type Contestant = "ours" | "mqtt.js" | "mosquitto_sub";
type Shares = Readonly<Record<Contestant, number>>;

/**
 * Per cent of one core that the bundled program takes at 100 messages a second, beside subscribers that throw them away.
 * All get the same messages at the same time; waking up 100 times a second is most of what they take.
 */
export function processorFigures(folder: () => Promise<string>): BenchFigure[] {
  const measured = once(() => measure(folder));
  const turnsOf = (shares: readonly Shares[], peer: Contestant) =>
    shares.map((share) => ({ ours: share.ours, peer: share[peer] }));
  return [
    {
      name: "processor_percent_at_100_messages_per_s",
      against: "mqtt.js, counting only",
      goal: { of: "ratio", is: "<=", limit: 1.5 },
      measure: async () => turnsOf(await measured(), "mqtt.js"),
    },
    {
      name: "processor_percent_vs_mosquitto_sub",
      against: "mosquitto_sub",
      async measure() {
        const shares = await measured();
        if (shares.some((share) => Number.isNaN(share.mosquitto_sub)))
          throw new Error("mosquitto_sub is not installed");
        return turnsOf(shares, "mosquitto_sub");
      },
    },
  ];
}

async function measure(folder: () => Promise<string>): Promise<Shares[]> {
  const home = await folder();
  const broker = await startMosquitto();
  const where = ["-p", String(broker.port), "-i", "mosquitto-sub", "-t", `${firmwarePrefix}/#`];
  const mosquittoSub = spawn("mosquitto_sub", where, { stdio: "ignore", env: processPath });
  try {
    await Promise.race([event(mosquittoSub, "spawn"), event(mosquittoSub, "error")]).catch(() => {});
    const bare = await startMqttJs(home, broker);
    const program = await startProgram(home, broker.url);
    try {
      const pids = { ours: program.pid, "mqtt.js": bare.pid, mosquitto_sub: mosquittoSub.pid };
      return await sharesAtLoad(program, broker, pids);
    } finally {
      await endProcess(program.child);
      await endProcess(bare);
    }
  } finally {
    await endProcess(mosquittoSub);
    await broker.close();
  }
}

async function sharesAtLoad(program: Program, broker: Mosquitto, pids: Pids): Promise<Shares[]> {
  await program.said("MQTT connected");
  if (pids.mosquitto_sub !== undefined) await broker.subscribed("mosquitto-sub", 1);
  const publishing = await publishSteadily(broker.port);
  try {
    await program.said("found a heat pump");
    await passed(warmUpMs);
    const missing = async () => publishing.sent() - (await messagesTaken(program.url));
    const missingBefore = await missing();
    const shares: Shares[] = [];
    for (let window = 0; window < windows; window += 1) shares.push(await sharesOf(pids));
    const lost = (await missing()) - missingBefore;
    if (lost > mostOnTheirWay) throw new Error(`${lost} messages did not reach the program`);
    return shares;
  } finally {
    publishing.stop();
  }
}

type Pids = Readonly<Record<Contestant, number | undefined>>;

/** Per cent of a core that processes take in the next seconds. */
async function sharesOf(pids: Pids): Promise<Shares> {
  const usedMs = () => {
    const of = (pid: number | undefined) => (pid === undefined ? Number.NaN : processorMs(pid));
    return { ours: of(pids.ours), "mqtt.js": of(pids["mqtt.js"]), mosquitto_sub: of(pids.mosquitto_sub) };
  };
  const before = usedMs();
  const startedAt = performance.now();
  await passed(windowMs);
  const elapsedMs = performance.now() - startedAt;
  const after = usedMs();
  const share = (name: Contestant) => (100 * (after[name] - before[name])) / elapsedMs;
  return { ours: share("ours"), "mqtt.js": share("mqtt.js"), mosquitto_sub: share("mosquitto_sub") };
}

async function messagesTaken(url: string): Promise<number> {
  const stats = (await (await fetch(`${url}/api/stats`)).json()) as { readonly mqtt_messages: number };
  return stats.mqtt_messages;
}

async function publishSteadily(port: number): Promise<{ sent(): number; stop(): void }> {
  const packets = firmwareMessages(10_000).map((message) => packetsOf([message], 0));
  const publisher = await openRawPublisher(port, 0);
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * messagesPerS);
    for (; sent < due; sent += 1) publisher.write(packets[sent % packets.length] as Packets);
  }, 1000 / messagesPerS);
  return {
    sent: () => sent,
    stop() {
      clearInterval(timer);
      publisher.close();
    },
  };
}
