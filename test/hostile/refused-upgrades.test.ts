import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { WebParts } from "@heatloop/ha-addon/web/parts";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { freePort } from "#scripts/base/free-port.ts";
import { exampleParts } from "#test/support/examples/web.ts";
import { startedProgram } from "#test/support/started-program.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** A peer that asks for a websocket and never hangs up by itself; resolves once the server did. */
async function upgrade(url: string, request: Partial<Record<"path" | "headers" | "key" | "from", string>> = {}) {
  const { hostname, port } = new URL(url);
  const { path = "/ws", headers = "", key = "dGhlIHNhbXBsZSBub25jZQ==", from = "127.0.0.1" } = request;
  const socket = connect({ port: Number(port), host: hostname, localAddress: from, allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  let received = "";
  let over = false;
  socket.on("data", (piece) => (received += piece.toString()));
  for (const event of ["end", "error", "close"]) socket.on(event, () => (over = true));
  await once(socket, "connect");
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n${headers}\r\n`,
  );
  return { socket, received: () => received, isOver: () => over };
}

async function web(more: Partial<WebParts> = {}) {
  const parts = await exampleParts();
  const running = await startWeb({ ...parts, ...more, host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await running.close();
    await parts.clean();
  });
  return running;
}

describe("an upgrade that is refused is answered and closed by the server", () => {
  it.each([
    ["of a peer that is not trusted", { trustedPeers: ["172.30.32.2"] }, {}, 403],
    ["of a page of another site", {}, { headers: "Sec-Fetch-Site: cross-site\r\n" }, 403],
    ["to an address that is none", {}, { path: "/%zz" }, 400],
    ["to nothing", {}, { path: "/nowhere" }, 404],
    ["to a device with an id that none can have", {}, { path: `/api/devices/${"x".repeat(300)}/status` }, 414],
    ["with a key that is none", {}, { key: "x" }, 400],
  ] as const)("%s", async (_name, more, request, status) => {
    const { url } = await web(more);
    const peer = await upgrade(url, request);
    await waitFor(peer.isOver, "the server has closed");
    expect(peer.received()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it("to what is no websocket too, in its own way", async () => {
    const { url } = await web();
    const peer = await upgrade(url, { path: "/api/devices" });
    await waitFor(peer.isOver, "the server has closed");
  });
});

it("a websocket that never answers the goodbye does not keep the server from ending", async () => {
  const { url, close } = await web();
  const peer = await upgrade(url);
  await waitFor(() => peer.received().includes("snapshot"), "it was let in");
  peer.socket.pause();
  await close();
});

describe("SIGTERM ends the program", () => {
  async function started(environment: Readonly<Record<string, string>> = {}) {
    const options = { mqtt: { url: `mqtt://127.0.0.1:${await freePort()}` } };
    const program = startedProgram({ options, environment });
    return { program, url: await program.url() };
  }

  it("after ten upgrades of a peer that is not trusted, within its 5 s", async () => {
    const { program, url } = await started({
      SUPERVISOR_TOKEN: "a-token-of-the-supervisor",
      HEATLOOP_HOST: "127.0.0.1",
    });
    const foreign = { from: "127.0.0.2" };
    const peers = await Promise.all(Array.from({ length: 10 }, () => upgrade(url, foreign)));
    await waitFor(() => peers.every((peer) => peer.isOver()), "every refusal is closed");
    program.child.kill("SIGTERM");
    expect(await program.ended()).toMatchObject({ code: 0 });
  });

  it("while pages hold on: one reads nothing, one sends half a request, one sits there", async () => {
    const { program, url } = await started();
    const reader = await upgrade(url);
    await waitFor(() => reader.received().includes("snapshot"), "it was let in");
    reader.socket.pause();
    await new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
      socket.once("open", resolve).once("error", reject);
    });
    const half = await opened(url, "PUT /api/settings HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\n{");
    const idle = await opened(url, "");
    program.child.kill("SIGTERM");
    expect(await program.ended()).toMatchObject({ code: 0, written: expect.stringContaining("Heatloop has ended") });
    for (const socket of [half, idle]) await waitFor(() => socket.closed || socket.readableEnded, "it was hung up on");
  });
});

async function opened(url: string, text: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined).resume();
  await once(socket, "connect");
  if (text !== "") socket.write(text);
  return socket;
}
