import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { problemText } from "@heatloop/program/http/problem";
import type { Log } from "@heatloop/program/log";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { meaningOfStatus } from "./problem.ts";

/** How much of its clients the server puts up with. */
export type ConnectionLimits = {
  /** Connections at once, websockets included. */
  readonly most: number;
  readonly headersWithinMs: number;
  /** The whole of a request, its body included. */
  readonly requestWithinMs: number;
  /** Of a connection on which nothing moves: between two requests, and while an answer is awaited. */
  readonly idleMs: number;
  readonly silentMs: number;
  /** How often connections past these limits are looked for. */
  readonly lookEachMs: number;
};

/** A home has a handful of pages open, and all that `live-clients.ts` takes leave room for requests; a first report of many years may take minutes before its first byte. */
export const usualConnectionLimits: ConnectionLimits = {
  most: 320,
  headersWithinMs: 10 * secondMs,
  requestWithinMs: 30 * secondMs,
  idleMs: 20 * secondMs,
  silentMs: 10 * minuteMs,
  lookEachMs: 2 * secondMs,
};

/** The limits as Fastify and Node name them. */
export function serverOptions(limits: ConnectionLimits) {
  return {
    requestTimeout: limits.requestWithinMs,
    keepAliveTimeout: limits.idleMs,
    connectionTimeout: limits.silentMs,
    http: { headersTimeout: limits.headersWithinMs, connectionsCheckingInterval: limits.lookEachMs },
  };
}

/**
 * Bounds the connections of a server: idle ones give way to new ones, one too many is hung up on. A websocket that was
 * refused is closed with its answer, and none of them outlives the server.
 */
export function boundConnections(app: FastifyInstance, { most }: ConnectionLimits, log: Log): void {
  const server = app.server as Server;
  const upgrading = new Set<Duplex>();
  let open = 0;
  let warned = false;
  server.maxConnections = most;
  server.on("connection", (socket) => {
    open += 1;
    if (open > most / 2) server.closeIdleConnections();
    socket.once("close", () => {
      open -= 1;
      if (open < most / 2) warned = false;
    });
  });
  server.on("drop", () => {
    if (!warned) log.warn("more connections to the page than Heatloop takes: new ones are hung up on", { most });
    warned = true;
  });
  server.prependListener("upgrade", (_request, socket) => {
    upgrading.add(socket);
    socket.once("close", () => upgrading.delete(socket));
  });
  app.addHook("onResponse", async (request) => {
    if (upgrading.has(request.raw.socket)) request.raw.socket.destroy();
  });
  app.addHook("preClose", async () => {
    for (const socket of upgrading) if (!isWebsocket(app, socket)) socket.destroy();
  });
}

/** For an answer that no hook sees: closes the connection after it where it was to become a websocket. */
export function closeWithAnswer({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.headers.upgrade !== undefined) reply.raw.once("finish", () => raw.socket.destroy());
}

function isWebsocket(app: FastifyInstance, socket: Duplex): boolean {
  for (const client of app.websocketServer.clients) {
    if ((client as unknown as { readonly _socket?: Duplex })._socket === socket) return true;
  }
  return false;
}

/** Answers what is no HTTP request, or not in time, and hangs up. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = brokenRequest(error.code);
  const { title, text } = problemText(status, detail);
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
    () => socket.destroy(),
  );
}

function brokenRequest(code: string | undefined): readonly [status: number, detail: string] {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return [408, `${meaningOfStatus[408]}.`];
  if (code === "HPE_HEADER_OVERFLOW") return [431, "The headers of the request are too large."];
  return [400, "That is no HTTP request."];
}
