import { spawn } from "node:child_process";
import { setTimeout as passed } from "node:timers/promises";
import { type Figure, median } from "./figure.ts";
import { firmwareMessages, firmwarePrefix } from "./firmware-messages.ts";
import { startMosquitto } from "./mosquitto.ts";
import { endProcess, processorMs, processPath } from "./processes.ts";
import { startProgram } from "./program.ts";
import { openRawPublisher, type Packets, packetsOf } from "./raw-publisher.ts";

const warmUpMs = 5_000;
const windows = 5;
const windowMs = 5_000;
const messagesPerS = 100;
/** Messages of a quarter of a second may be on their way. */
const mostOnTheirWay = messagesPerS / 4;

/**
 * Per cent of one core that the bundled program takes at 100 messages a second, and mosquitto_sub beside it. A core
 * that gives mosquitto_sub 0.2 % gives the program the 1 % of the goal; waking up 100 times a second is most of both.
 */
export function processorFigure(folder: () => Promise<string>): Figure {
  return {
    name: "processor_percent_at_100_messages_per_s",
    goal: { of: "ratio", is: "<=", limit: 5 },
    async measure() {
      const broker = await startMosquitto();
      const where = ["-p", String(broker.port), "-i", "peer", "-t", `${firmwarePrefix}/#`];
      const peer = spawn("mosquitto_sub", where, { stdio: "ignore", env: processPath });
      try {
        const program = await startProgram(await folder(), broker.url);
        try {
          await program.said("MQTT connected");
          await broker.subscribed("peer", 1);
          const publishing = await publishSteadily(broker.port);
          await program.said("found a heat pump");
          await passed(warmUpMs);
          const missing = async () => publishing.sent() - (await messagesTaken(program.url));
          const missingBefore = await missing();
          const shares: { ours: number; peer: number }[] = [];
          for (let window = 0; window < windows; window += 1) shares.push(await sharesOf(program.pid, peer.pid ?? 0));
          const lost = (await missing()) - missingBefore;
          publishing.stop();
          if (lost > mostOnTheirWay) throw new Error(`${lost} messages did not reach the program`);
          return median(shares, ({ ours }) => ours);
        } finally {
          await endProcess(program.child);
        }
      } finally {
        await endProcess(peer);
        await broker.close();
      }
    },
  };
}

/** Per cent of a core that two processes take in the next seconds. */
async function sharesOf(ours: number, peer: number): Promise<{ readonly ours: number; readonly peer: number }> {
  const before = { ours: processorMs(ours), peer: processorMs(peer), at: performance.now() };
  await passed(windowMs);
  const elapsedMs = performance.now() - before.at;
  const share = (nowMs: number, beforeMs: number) => (100 * (nowMs - beforeMs)) / elapsedMs;
  return { ours: share(processorMs(ours), before.ours), peer: share(processorMs(peer), before.peer) };
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
