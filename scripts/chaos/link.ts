import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * What a network does. `well`: all goes through; `cut`: connections break and none is made; `silent`: nothing goes
 * through and nobody is told (half-open); `late`: each byte comes so many ms later; `trickle`: so many bytes a second.
 */
export type NetworkState =
  | { readonly kind: "well" | "cut" | "silent" }
  | { readonly kind: "late"; readonly ms: number }
  | { readonly kind: "trickle"; readonly bytesPerS: number };

/** A wire between a client and a server on this machine that can be spoilt, for machines whose kernel has no netem. */
export type Link = {
  readonly port: number;
  state(): NetworkState;
  set(state: NetworkState): void;
  /** Breaks the connections of now, as a router does that has forgotten them. */
  reset(): void;
  close(): Promise<void>;
};

/** Chosen: how often bytes are let through; finer than any wait that is looked at. */
const turnMs = 10;
/** Beyond this a sender has to wait, as with a real network's buffers. */
const mostHeldBytes = 256 * 1024;

type Held = { readonly bytes: Buffer; readonly sinceMs: number };
/** One direction of a connection. */
type Way = { readonly from: Socket; readonly to: Socket; readonly held: Held[]; heldBytes: number; ended: boolean };

/** Starts a wire to `targetPort`; `port` is where it listens, any free one where absent. */
export async function startLink(targetPort: number, port = 0): Promise<Link> {
  const ways = new Set<Way>();
  const sockets = new Set<Socket>();
  let state: NetworkState = { kind: "well" };

  const server = createServer((client) => {
    if (state.kind === "cut") return void client.on("error", () => {}).resetAndDestroy();
    const target = connect(targetPort, "127.0.0.1");
    const both = [client, target];
    for (const socket of both) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        for (const each of both) each.destroy();
      });
    }
    for (const way of [newWay(client, target), newWay(target, client)]) {
      ways.add(way);
      way.from.on("data", (bytes: Buffer) => take(way, bytes));
      way.from.on("end", () => {
        way.ended = true;
        letThrough(way);
      });
      way.from.on("close", () => ways.delete(way));
    }
  }).listen(port, "127.0.0.1");
  await once(server, "listening");

  function take(way: Way, bytes: Buffer): void {
    way.held.push({ bytes, sinceMs: performance.now() });
    way.heldBytes += bytes.length;
    if (way.heldBytes > mostHeldBytes) way.from.pause();
    if (state.kind === "well") letThrough(way);
  }

  function letThrough(way: Way): void {
    const due = takeDue(way, state);
    if (due.length > 0) way.to.write(Buffer.concat(due));
    if (way.heldBytes <= mostHeldBytes && way.from.isPaused()) way.from.resume();
    if (way.ended && way.held.length === 0) way.to.end();
  }

  const turns = setInterval(() => {
    if (state.kind === "late" || state.kind === "trickle") for (const way of ways) letThrough(way);
  }, turnMs);

  const reset = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    state: () => state,
    set(changed) {
      state = changed;
      if (state.kind === "cut") reset();
      for (const way of ways) letThrough(way);
    },
    reset,
    async close() {
      clearInterval(turns);
      reset();
      server.close();
      await once(server, "close");
    },
  };
}

function newWay(from: Socket, to: Socket): Way {
  return { from, to, held: [], heldBytes: 0, ended: false };
}

/** What a network lets through now, taken out of what is held. */
function takeDue(way: Way, state: NetworkState): Buffer[] {
  const due: Buffer[] = [];
  let allowed = state.kind === "trickle" ? Math.max(1, Math.floor((state.bytesPerS * turnMs) / 1000)) : Infinity;
  if (state.kind === "silent" || state.kind === "cut") allowed = 0;
  const before = state.kind === "late" ? performance.now() - state.ms : Infinity;
  while (allowed > 0) {
    const first = way.held[0];
    if (first === undefined || first.sinceMs > before) break;
    const bytes = first.bytes.subarray(0, allowed);
    if (bytes.length < first.bytes.length) way.held[0] = { ...first, bytes: first.bytes.subarray(allowed) };
    else way.held.shift();
    way.heldBytes -= bytes.length;
    allowed -= bytes.length;
    due.push(bytes);
  }
  return due;
}
