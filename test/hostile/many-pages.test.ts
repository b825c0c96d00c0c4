import { once } from "node:events";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { exampleParts } from "#test/support/examples/web.ts";
import { waitFor } from "#test/support/wait-for.ts";

async function web() {
  const parts = await exampleParts();
  const running = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await running.close();
    await parts.clean();
  });
  const clients = async () => {
    const stats = (await (await fetch(`${running.url}/api/stats`)).json()) as { live_clients: number };
    return stats.live_clients;
  };
  return { ...running, clients, log: parts.log };
}

/** A page's websocket; `closed` is the code with which it was closed, once it was. */
function page(url: string) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
  onTestFinished(() => socket.terminate());
  let closed: number | undefined;
  let received = 0;
  socket.on("error", () => undefined);
  socket.on("message", () => (received += 1));
  socket.on("close", (code) => (closed = code));
  return { socket, closed: () => closed, received: () => received };
}

describe("the websocket", () => {
  it("takes a bounded number of pages, asks the others to come again, and takes new ones once some went", async () => {
    const { url, clients } = await web();
    const pages = Array.from({ length: 230 }, () => page(url));
    await waitFor(
      () => pages.every((each) => each.received() > 0 || each.closed() !== undefined),
      "each got its answer",
    );
    expect(pages.filter((each) => each.closed() === 1013)).toHaveLength(30);
    expect(await clients()).toBe(200);
    for (const each of pages) each.socket.terminate();
    await waitFor(async () => (await clients()) === 0, "all are gone");
    const late = page(url);
    await waitFor(() => late.received() > 0, "a new page is let in");
  });

  it.each([
    ["a message that is too long", (socket: WebSocket) => socket.send("x".repeat(100_000)), 1009],
    [
      "what is no websocket frame",
      (socket: WebSocket) =>
        (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.alloc(64, 0xff)),
      1002,
    ],
  ])("closes on %s and serves the others", async (_name, misbehave, code) => {
    const { url, log } = await web();
    const [bad, good] = [page(url), page(url)];
    await waitFor(() => bad.received() > 0 && good.received() > 0, "both are let in");
    misbehave(bad.socket);
    await waitFor(() => bad.closed() !== undefined, "it is closed");
    expect([1006, code]).toContain(bad.closed());
    good.socket.ping();
    await once(good.socket, "pong");
    expect(log.lines).toEqual([]);
  });

  it("ignores what pages send: ten thousand messages are read and change nothing", async () => {
    const { url, log } = await web();
    const loud = page(url);
    await waitFor(() => loud.received() > 0, "it is let in");
    for (let i = 0; i < 10_000; i += 1) loud.socket.send(i % 2 === 0 ? "not json" : Buffer.from([0, 255]));
    loud.socket.ping();
    await once(loud.socket, "pong");
    expect([loud.closed(), log.lines]).toEqual([undefined, []]);
  });
});
