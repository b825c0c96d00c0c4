import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { secondMs } from "@heatloop/core/time/durations";
import { startWeb } from "@heatloop/ha-addon/web/web";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { exampleParts } from "#test/support/examples/web.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { frameBytes } from "./frames.ts";
import { fuzzRuns, fuzzTimeoutMs } from "./runs.ts";

const opening =
  "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

const strangers = 10;
const framesOfEach = 5;
const batch = fc.array(fc.array(frameBytes(true), { minLength: framesOfEach, maxLength: framesOfEach }), {
  minLength: strangers,
  maxLength: strangers,
});
/** Far above what is left of 100,000 frames, far below what each of them would leave. */
const mostLeftBytes = 30_000_000;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Opens a websocket, writes bytes, and says no more; resolves once the server has closed it. */
async function say(port: number, frames: readonly Buffer[]): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  // It may be hung up on before it has said all.
  const closed = new Promise((resolve) => socket.on("error", () => undefined).on("close", resolve));
  socket.resume().end(Buffer.concat([Buffer.from(opening), ...frames]));
  await closed;
}

async function world() {
  const parts = await exampleParts();
  const web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await web.close();
    await parts.clean();
  });
  const page = new WebSocket(`${web.url.replace("http", "ws")}/ws`);
  onTestFinished(() => page.terminate());
  let newest = "";
  page.on("message", (data) => {
    const text = String(data);
    if (text.includes('"flow_temperature_c"')) newest = text;
  });
  await waitFor(() => newest.includes('"snapshot"'), "the page has its snapshot");
  return {
    url: web.url,
    port: Number(new URL(web.url).port),
    /** Something changes, and the page is told of it. */
    async change(flowC: number) {
      parts.view.set("ecodan-heatpump", "flow_temperature", flowC);
      parts.clock.advanceTo(parts.clock.now() + secondMs);
      await waitFor(() => newest.includes(`"flow_temperature_c":${flowC}`), `the page is told of ${flowC} °C`);
    },
  };
}

it(
  "whatever clients send over the websocket: a page is told of each change, and nothing of them is left",
  async () => {
    const { url, port, change } = await world();
    let flowC = 100;
    const round = async (frames: readonly (readonly Buffer[])[]) => {
      await Promise.all(frames.map((each) => say(port, each)));
      flowC = flowC === 100 ? 20 : flowC + 0.5;
      await change(flowC);
    };
    await fc.assert(fc.asyncProperty(batch, round), fuzzRuns({ usual: 20, whole: 20 }));
    const before = heldBytes();
    const runs = fuzzRuns({ usual: 40, whole: 100_000 / strangers / framesOfEach });
    await fc.assert(fc.asyncProperty(batch, round), runs);
    expect(heldBytes() - before).toBeLessThan(mostLeftBytes);
    const stats = (await (await fetch(`${url}/api/stats`)).json()) as { readonly live_clients: number };
    expect(stats.live_clients).toBe(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  },
  fuzzTimeoutMs,
);

it("a client that pings without end and reads nothing is cut off, before much waits for it", async () => {
  const { port, change } = await world();
  const socket = connect({ port, host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  let isClosed = false;
  socket
    .on("error", () => undefined)
    .on("close", () => {
      isClosed = true;
    });
  socket.pause().write(opening);
  const ping = Buffer.concat([Buffer.from([0x89, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125)]);
  const many = Buffer.concat(Array.from({ length: 1_000 }, () => ping));
  const before = heldBytes();
  for (let written = 0; !isClosed; written += many.length) {
    expect(written, "it may write on and on").toBeLessThan(100_000_000);
    socket.write(many);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(heldBytes() - before).toBeLessThan(mostLeftBytes);
  await change(20);
});
