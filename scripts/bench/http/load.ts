import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { processorMs } from "../processes.ts";

const connections = 16;

/** A server that is asked for the same thing again and again. */
export type AskedServer = {
  readonly pid: number;
  readonly url: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * How many requests a server answers in a second of its own processor time, from so many connections that are kept: what
 * else the machine does, and how fast the asker is, do not matter. Rejects an answer with another status.
 */
export async function requestsPerProcessorS(server: AskedServer, status: number, forMs: number): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => connected(server.url)));
  const request = Buffer.from(requestOf(server));
  const end = performance.now() + forMs;
  const before = processorMs(server.pid);
  try {
    const counts = await Promise.all(sockets.map((socket) => askUntil(socket, request, status, end)));
    const requests = counts.reduce((sum, count) => sum + count, 0);
    return (requests * 1000) / (processorMs(server.pid) - before);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function connected(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

function requestOf({ url, path, headers = {} }: AskedServer): string {
  const lines = Object.entries({ Host: new URL(url).host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

/** Asks, waits for the whole answer, and asks again, until a time; hands back how often. */
function askUntil(socket: Socket, request: Buffer, status: number, end: number): Promise<number> {
  return new Promise((done, failed) => {
    let count = 0;
    let missing = -1;
    let head = "";
    const take = (bytes: Buffer) => {
      if (missing < 0) {
        head += bytes.toString("latin1");
        const at = head.indexOf("\r\n\r\n");
        if (at < 0) return;
        const found = Number(head.slice(9, 12));
        if (found !== status) return void failed(new Error(`an answer had the status ${found}, not ${status}`));
        missing = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0) - (head.length - at - 4);
      } else missing -= bytes.length;
      if (missing > 0) return;
      count += 1;
      missing = -1;
      head = "";
      if (performance.now() < end) socket.write(request);
      else done(count);
    };
    socket.on("data", take);
    socket.on("error", failed);
    socket.on("close", () => failed(new Error("a connection was closed by the server")));
    socket.write(request);
  });
}
