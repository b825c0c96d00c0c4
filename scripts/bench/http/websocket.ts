import { type ChildProcess, spawn } from "node:child_process";
import { once as event } from "node:events";
import { resolve } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import { secondMs } from "@heatloop/core/time/durations";
import { WebSocket } from "ws";
import type { BenchFigure, Measured } from "../figure.ts";
import { firmwarePrefix, firmwareStates } from "../firmware-messages.ts";
import { startMosquitto } from "../mosquitto.ts";
import { endProcess, processorMs, until } from "../processes.ts";
import { programFlags, startProgram } from "../program.ts";
import { openRawPublisher, packetsOf, type RawPublisher } from "../raw-publisher.ts";
import { alternately } from "../turns.ts";

const clients = 200;
const rounds = 7;
const updates = 5;

/** A server whose clients get an update whenever it is told to send one. */
type Sending = { readonly pid: number; readonly url: string; update(): void };

/**
 * Processor time that the bundled program takes to bring a change of a heat pump from the broker to 200 pages, once a
 * second, against a bare `ws` server that sends the same text to as many.
 */
export function websocketFigure(folder: () => Promise<string>): BenchFigure {
  return {
    name: "websocket_200_clients_processor_ms_per_update",
    against: "ws, the same text",
    goal: { of: "ratio", is: "<=", limit: 2 },
    async measure() {
      const home = await folder();
      const broker = await startMosquitto();
      const program = await startProgram(home, broker.url);
      try {
        await program.logged("MQTT connected");
        const publisher = await openRawPublisher(broker.port, 1);
        await publisher.send(packetsOf(firmwareStates(), 1));
        await program.logged("logs a heat pump");
        const url = program.url.replace("http", "ws");
        return await compare({ pid: program.pid, url: `${url}/ws`, update: changes(publisher) });
      } finally {
        await endProcess(program.child);
        await broker.close();
      }
    },
  };
}

/** Publishes another flow temperature each time. */
function changes(publisher: RawPublisher): () => void {
  const flow = firmwareStates().find(({ topic }) => topic.includes("flow_temp"));
  const topic = flow?.topic ?? `${firmwarePrefix}/sensor/feed_temperature/state`;
  let count = 0;
  return () => {
    count += 1;
    publisher.write(packetsOf([{ topic, payload: (30 + (count % 90) / 10).toFixed(1) }], 0));
  };
}

async function compare(ours: Sending): Promise<readonly Measured[]> {
  const pages = await connected(ours.url);
  const text = await nextText(pages, ours);
  const child = spawn(process.execPath, [...programFlags, resolve(import.meta.dirname, "websocket-peer.ts"), text], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  try {
    const peer = { pid: child.pid ?? 0, url: await addressOf(child), update: () => child.send("update") };
    const peerPages = await connected(peer.url);
    await msPerUpdate(ours, pages);
    await msPerUpdate(peer, peerPages);
    return await alternately(rounds, {
      ours: () => msPerUpdate(ours, pages),
      peer: () => msPerUpdate(peer, peerPages),
    });
  } finally {
    await endProcess(child);
    for (const { socket } of pages) socket.terminate();
  }
}

type Page = { readonly socket: WebSocket; changes: number; text: string };

async function connected(url: string): Promise<readonly Page[]> {
  const pages: Page[] = Array.from({ length: clients }, () => ({ socket: new WebSocket(url), changes: 0, text: "" }));
  for (const page of pages) {
    page.socket.on("message", (data) => {
      page.text = data.toString();
      if (page.text.startsWith('{"type":"change"')) page.changes += 1;
    });
  }
  await Promise.all(pages.map(({ socket }) => event(socket, "open")));
  return pages;
}

/** The first text of a change that the pages get. */
async function nextText(pages: readonly Page[], { update }: Sending): Promise<string> {
  await passed(secondMs);
  update();
  await until(() => pages.every((page) => page.changes > 0), "every page has an update");
  return pages.find(({ text }) => text.startsWith('{"type":"change"'))?.text ?? "";
}

/** Milliseconds of processor time, with one update a second. */
async function msPerUpdate({ pid, update }: Sending, pages: readonly Page[]): Promise<number> {
  const before = processorMs(pid);
  const wanted = Math.min(...pages.map(({ changes: count }) => count)) + updates;
  for (let sent = 0; sent < updates; sent += 1) {
    update();
    await passed(secondMs);
  }
  await until(() => pages.every(({ changes: count }) => count >= wanted - 1), "every page has its updates");
  return (processorMs(pid) - before) / updates;
}

async function addressOf(child: ChildProcess): Promise<string> {
  const [text] = (await event(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  return /url=(\S+)/.exec(text.toString())?.[1] ?? "";
}
