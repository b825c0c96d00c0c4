import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { minuteMs } from "@heatloop/core/time/durations";
import { dateAfter, nextDate } from "@heatloop/core/time/local-day";
import { systemClock } from "@heatloop/program/clock";
import { yearZone } from "../archive-zone.ts";
import type { BenchFigure, Measured } from "../figure.ts";
import { firmwareStates } from "../firmware-messages.ts";
import { type Mosquitto, startMosquitto } from "../mosquitto.ts";
import { endProcess } from "../processes.ts";
import { type Program, programFlags, startProgram } from "../program.ts";
import { openRawPublisher, packetsOf } from "../raw-publisher.ts";
import { alternately, once } from "../turns.ts";
import { dayRows } from "./day-rows.ts";
import { type AskedServer, requestsPerProcessorS } from "./load.ts";
import { startNginx } from "./nginx.ts";

const rounds = 9;
const turnMs = 1_500;
const device = "ecodan-heatpump";

type Row = "latest" | "days" | "not_modified" | "static";
type Results = Readonly<Record<Row, readonly Measured[] | Error>>;

/**
 * Requests that the bundled program answers in a second of its processor time, against a plain node:http server that
 * sends the same body, and against nginx that sends the same file.
 */
export function httpFigures(folder: () => Promise<string>): BenchFigure[] {
  const measured = once(() => measure(folder));
  const figure = (row: Row, against: string, limit: number): BenchFigure => ({
    name: `http_${row}_requests_per_processor_s`,
    against,
    goal: { of: "ratio", is: ">=", limit },
    async measure() {
      const result = (await measured())[row];
      if (result instanceof Error) throw result;
      return result;
    },
  });
  return [
    figure("latest", "node:http, the same body", 0.9),
    figure("days", "node:http, the same body", 0.9),
    figure("not_modified", "nginx, 304 of a file", 0.65),
    figure("static", "nginx, the same file", 0.65),
  ];
}

async function measure(folder: () => Promise<string>): Promise<Results> {
  const home = await folder();
  const broker = await startMosquitto();
  const scratch = await mkdtemp(join(tmpdir(), "heatloop-http-"));
  try {
    await writeDays(join(home, "archive", device));
    const program = await startProgram(home, broker.url, { settings: { time_zone: yearZone.name } });
    try {
      await withHeatPump(program, broker);
      return await compare(program, scratch);
    } finally {
      await endProcess(program.child);
    }
  } finally {
    await broker.close();
    for (const made of [scratch, join(home, "archive"), join(home, "data")])
      await rm(made, { recursive: true, force: true });
  }
}

/** The 40 days before today, a row a minute. */
async function writeDays(home: string): Promise<void> {
  const today = yearZone.dateOf(systemClock().now());
  for (let date = dateAfter(today, -40); date < today; date = nextDate(date)) {
    await mkdir(join(home, date.slice(0, 4)), { recursive: true });
    await writeFile(join(home, date.slice(0, 4), `${date}.csv`), dayRows(date, yearZone));
  }
}

/** Publishes what the firmware says when it connects, and waits until the program has it. */
async function withHeatPump(program: Program, broker: Mosquitto): Promise<void> {
  await program.logged("MQTT connected");
  const publisher = await openRawPublisher(broker.port, 1);
  await publisher.send(packetsOf(firmwareStates(), 1));
  await program.logged("logs a heat pump");
  publisher.close();
}

async function compare(program: Program, scratch: string): Promise<Results> {
  const ours = (path: string, headers = {}): AskedServer => ({ pid: program.pid, url: program.url, path, headers });
  const today = yearZone.dateOf(systemClock().now());
  const finished = `/api/devices/${device}/days?from=${dateAfter(today, -32)}&to=${dateAfter(today, -3)}`;
  const { etag } = await bodyOf(program.url + finished);
  const page = await bodyOf(`${program.url}/page.js`);
  await writeFile(join(scratch, "page.js"), page.body);
  const plain = (path: string) => againstNode(ours(path), scratch);
  return {
    latest: await plain(`/api/devices/${device}/readings/latest`),
    days: await plain(`/api/devices/${device}/days`),
    not_modified: await againstNginx(ours(finished, { "If-None-Match": etag }), scratch, 304),
    static: await againstNginx(ours("/page.js"), scratch, 200),
  };
}

async function againstNode(ours: AskedServer, scratch: string): Promise<readonly Measured[]> {
  const { body, type } = await bodyOf(ours.url + ours.path);
  const file = join(scratch, "body");
  await writeFile(file, body);
  const words = [...programFlags, resolve(import.meta.dirname, "peer.ts"), file, type];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const peer = { pid: child.pid ?? 0, url: await urlOf(child), path: "/" };
    return await inTurns(ours, peer, 200);
  } finally {
    await endProcess(child);
  }
}

async function againstNginx(ours: AskedServer, scratch: string, status: number): Promise<readonly Measured[] | Error> {
  const nginx = await startNginx(scratch).catch((error: Error) => error);
  if (nginx instanceof Error) return nginx;
  try {
    const { etag } = await bodyOf(`${nginx.url}/page.js`);
    const headers = status === 304 ? { "If-None-Match": etag } : {};
    return await inTurns(ours, { pid: nginx.pid, url: nginx.url, path: "/page.js", headers }, status);
  } finally {
    await nginx.close();
  }
}

async function inTurns(ours: AskedServer, peer: AskedServer, status: number): Promise<readonly Measured[]> {
  // What runs often is compiled first.
  for (const server of [ours, peer]) await requestsPerProcessorS(server, status, 2 * turnMs);
  return alternately(rounds, {
    ours: () => requestsPerProcessorS(ours, status, turnMs),
    peer: () => requestsPerProcessorS(peer, status, turnMs),
  });
}

async function bodyOf(url: string): Promise<{ readonly body: string; readonly type: string; readonly etag: string }> {
  const answer = await fetch(url, { headers: { "accept-encoding": "identity" } });
  if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}`);
  return {
    body: await answer.text(),
    type: answer.headers.get("content-type") ?? "",
    etag: answer.headers.get("etag") ?? "",
  };
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let text = "";
    child.stdout?.on("data", (piece: Buffer) => {
      text += piece.toString();
      const url = /url=(\S+)/.exec(text)?.[1];
      if (url !== undefined) done(url);
    });
    child.once("exit", () => failed(new Error("the node:http server ended")));
    setTimeout(() => failed(new Error("the node:http server does not listen")), minuteMs).unref();
  });
}
