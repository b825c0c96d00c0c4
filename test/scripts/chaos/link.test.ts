import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Link, startLink } from "#scripts/chaos/link.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** A server that answers with what it gets, behind a link. */
async function echo(): Promise<Link> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const link = await startLink((server.address() as AddressInfo).port);
  onTestFinished(async () => {
    await link.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return link;
}

function openTo(link: Link) {
  const socket = connect(link.port, "127.0.0.1");
  const seen = { received: "", isClosed: false };
  socket.on("data", (bytes: Buffer) => {
    seen.received += bytes.toString();
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    seen.isClosed = true;
  });
  onTestFinished(() => void socket.destroy());
  return { socket, seen };
}

async function connected(link: Link) {
  const opened = openTo(link);
  await once(opened.socket, "connect");
  return opened;
}

describe("a link", () => {
  it("passes everything on while it is well", async () => {
    const { socket, seen } = await connected(await echo());
    const text = "x".repeat(1_000_000);
    socket.write(text);
    await waitFor(() => seen.received.length === text.length, "all came back");
  });

  it("breaks connections when it is cut, lets none through, and is well again", async () => {
    const link = await echo();
    const before = await connected(link);
    link.set({ kind: "cut" });
    await waitFor(() => before.seen.isClosed, "it was cut");
    const meanwhile = openTo(link);
    await waitFor(() => meanwhile.seen.isClosed, "another one is cut at once");
    link.set({ kind: "well" });
    const { socket, seen } = await connected(link);
    socket.write("hello");
    await waitFor(() => seen.received === "hello", "it passes on again");
  });

  it("says nothing while it is silent, and has it all afterwards", async () => {
    const link = await echo();
    const { socket, seen } = await connected(link);
    link.set({ kind: "silent" });
    socket.write("hello");
    const other = await connected(await echo());
    other.socket.write("sent later, and back");
    await waitFor(() => other.seen.received !== "", "another link passes on");
    expect(seen).toEqual({ received: "", isClosed: false });
    link.set({ kind: "well" });
    await waitFor(() => seen.received === "hello", "it comes back");
  });

  it.each([{ kind: "late", ms: 30 } as const, { kind: "trickle", bytesPerS: 20_000 } as const])(
    "loses and mixes nothing up while it is slow: $kind",
    async (state) => {
      const link = await echo();
      link.set(state);
      const { socket, seen } = await connected(link);
      const text = Array.from({ length: 500 }, (_, i) => `${i},`).join("");
      for (const piece of text.match(/.{1,100}/g) ?? []) socket.write(piece);
      await waitFor(() => seen.received === text, "all came back");
    },
  );
});
