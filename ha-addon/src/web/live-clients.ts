import type { WebSocket } from "ws";
import type { JsonObject } from "./changes.ts";

/** Chosen: more pages than a house of flats has open; what they hold is 20 kB each. */
const mostClients = 200;
/** A client that reads slower than this is cut off and may come again. */
const longestQueueBytes = 1024 * 1024;

/** The websockets of the pages that are open. */
export type LiveClients = {
  /** Takes a client until it closes, then calls `gone`; false: there are too many, and it was refused. */
  add(socket: WebSocket, gone: () => void): boolean;
  count(): number;
  /** Sends all of them a message; one that does not keep up is cut off. */
  send(message: JsonObject): void;
  /** Cuts off who did not answer the last ping, and pings the others. */
  ping(): void;
  /** Closes all of them. */
  close(): void;
};

export function liveClients(): LiveClients {
  const answeredPing = new Map<WebSocket, boolean>();
  return {
    add(socket, gone) {
      if (answeredPing.size >= mostClients) {
        socket.close(1013, "too many pages are open");
        return false;
      }
      answeredPing.set(socket, true);
      socket.on("pong", () => {
        if (answeredPing.has(socket)) answeredPing.set(socket, true);
      });
      socket.on("close", () => {
        if (answeredPing.delete(socket)) gone();
      });
      return true;
    },
    count: () => answeredPing.size,
    send(message) {
      // Encoded once for all of them.
      const text = Buffer.from(JSON.stringify(message));
      for (const socket of answeredPing.keys()) {
        if (socket.bufferedAmount > longestQueueBytes) socket.terminate();
        else socket.send(text, { binary: false });
      }
    },
    ping() {
      for (const [socket, isAlive] of answeredPing) {
        if (!isAlive) {
          socket.terminate();
          continue;
        }
        answeredPing.set(socket, false);
        socket.ping();
      }
    },
    close() {
      for (const socket of answeredPing.keys()) socket.close(1001, "Heatloop stops");
    },
  };
}
