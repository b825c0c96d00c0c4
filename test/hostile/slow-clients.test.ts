import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { highestResidentMb } from "#scripts/bench/highest-resident.ts";
import { bundleInto, type Program, startProgram } from "#scripts/bench/program.ts";
import { writeLongArchive } from "#test/support/archives/long-archive.ts";
import { exampleParts } from "#test/support/examples/web.ts";
import { waitFor } from "#test/support/wait-for.ts";

const deadlineMs = 120_000;

/** Asks for a path and reads nothing of the answer; `answered` once something has come. */
function clientThatDoesNotRead(url: string, path: string) {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  let answered = false;
  let ended = false;
  // Without a reader the socket takes a little and then no more.
  socket.on("readable", () => (answered = true));
  socket.on("close", () => (ended = true));
  socket.on("error", () => (ended = true));
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  onTestFinished(() => {
    socket.destroy();
  });
  return {
    answered: () => answered,
    ended: () => ended,
    readOn() {
      socket.removeAllListeners("readable");
      socket.resume();
    },
    leave: () => socket.destroy(),
  };
}

describe("the bundled program with a heap of 96 MB, and twenty clients that ask for months of minutes and don't read", () => {
  let folder: string;
  let program: Program;
  const path = "/api/devices/pump/minutes.csv?from=2025-01-01&to=2025-03-31";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "heatloop-slow-"));
    await bundleInto(folder);
    writeLongArchive(join(folder, "archive"), "pump", "2025-01-01", "2025-03-31");
    program = await startProgram(folder, "mqtt://127.0.0.1:1", {
      flags: ["--max-old-space-size=96"],
      environment: { MALLOC_ARENA_MAX: "1" },
      settings: { time_zone: "UTC", devices: [{ prefix: "pump" }] },
    });
    await program.logged("logs a heat pump");
  });

  afterAll(async () => {
    program?.child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  it("stays small, answers others, and gives the whole file to one who reads", async () => {
    const clients = Array.from({ length: 20 }, () => clientThatDoesNotRead(program.url, path));
    await waitFor(() => clients.filter((client) => client.answered()).length >= 6, "six are answered", deadlineMs);
    expect((await fetch(`${program.url}/api/health`)).ok).toBe(true);
    for (const { leave } of clients) leave();
    const whole = await (await fetch(`${program.url}${path}`)).text();
    expect(whole.trimEnd().split("\n")).toHaveLength(1 + 90 * 1440);
    expect(highestResidentMb(program.pid)).toBeLessThan(220);
  }, 300_000);
});

describe("downloads that nobody reads", () => {
  it("give way after a minute to those that wait, in the order in which they came", async () => {
    const parts = await exampleParts();
    parts.view.minuteLines = async function* () {
      for (;;) yield `${"x".repeat(64 * 1024)}\n`;
    };
    const web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
    onTestFinished(async () => {
      await web.close();
      await parts.clean();
    });
    const path = "/api/devices/ecodan-heatpump/minutes.csv";
    const ask = () => clientThatDoesNotRead(web.url, path);
    const first = Array.from({ length: 6 }, ask);
    await waitFor(() => first.every((client) => client.answered()), "six are answered");
    const next = ask();
    expect((await fetch(`${web.url}/api/health`)).ok).toBe(true);
    expect(next.answered()).toBe(false);
    parts.clock.advanceTo(parts.clock.now() + 61_000);
    for (const { readOn } of first) readOn();
    await waitFor(() => first.every((client) => client.ended()), "those that stalled are hung up on");
    await waitFor(() => next.answered(), "the next has its turn");
  });

  it("go on whenever their client reads", async () => {
    const parts = await exampleParts();
    let pieces = 0;
    parts.view.minuteLines = async function* () {
      for (; pieces < 400; pieces += 1) yield `${"x".repeat(64 * 1024)}\n`;
    };
    const web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
    onTestFinished(async () => {
      await web.close();
      await parts.clean();
    });
    const answer = await fetch(`${web.url}/api/devices/ecodan-heatpump/minutes.csv`);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    let length = 0;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      length += read.value.length;
      // Each read takes less than a minute, all of them take hours.
      parts.clock.advanceTo(parts.clock.now() + 50);
    }
    expect(length).toBe(400 * (64 * 1024 + 1));
  });
});
