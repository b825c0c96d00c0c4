import type { Clock, Stop } from "@heatloop/core/clock";
import {
  type Connection,
  createConnection,
  createLongLivedTokenAuth,
  ERR_CANNOT_CONNECT,
  ERR_CONNECTION_LOST,
  ERR_INVALID_AUTH,
} from "home-assistant-js-websocket";

/** A message to Home Assistant's websocket, without its id. */
export type HomeAssistantMessage = { readonly type: string; readonly [key: string]: unknown };

/** One connection from its first byte to its end; nothing of it lives on in the next one. */
export type Session = {
  readonly version: string;
  /** Sends a command; rejects with what Home Assistant says against it, or once the connection is lost. */
  send(message: HomeAssistantMessage): Promise<unknown>;
  /** Begins a subscription; `refused` is called where Home Assistant does not want it. */
  subscribe(message: HomeAssistantMessage, take: (event: unknown) => void, refused: (why: Error) => void): Stop;
  close(): void;
};

/** Home Assistant answered and does not know the token. */
export class TokenRefused extends Error {}

const openWithinMs = 30_000;
const pingMs = 30_000;
const pongWithinMs = 15_000;

/**
 * Connects and signs in; `url` as `http://host:8123`, under the Supervisor `http://supervisor/core`. Rejects with
 * `TokenRefused` or another Error. `ended` is called once, when the connection is lost; a peer that has gone silent is
 * noticed by its missing pong.
 */
export async function openSession(parts: {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly ended: (why: string) => void;
}): Promise<Session> {
  const connection = await open(parts);
  let over = false;
  const abandoned = new Set<(error: Error) => void>();

  function end(): void {
    over = true;
    stopPings();
    connection.close();
    for (const abandon of abandoned) abandon(new Error("the connection to Home Assistant is lost"));
    abandoned.clear();
  }

  function lose(why: string): void {
    if (over) return;
    end();
    parts.ended(why);
  }

  /** What was asked is answered, or given up with the connection. */
  function answered<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (over) return reject(new Error("the connection to Home Assistant is lost"));
      abandoned.add(reject);
      work()
        .then(resolve, (error: unknown) => reject(asError(error)))
        .finally(() => abandoned.delete(reject));
    });
  }

  // Closing at once keeps the library from connecting again by itself: each connection is a new session.
  connection.addEventListener("disconnected", () => lose("the connection was closed"));
  const stopPings = parts.clock.every(pingMs, () => {
    const stopWaiting = parts.clock.after(pongWithinMs, () => lose("it does not answer any more"));
    answered(() => connection.ping()).then(stopWaiting, stopWaiting);
  });

  return {
    version: connection.haVersion,
    send: (message) => answered(() => connection.sendMessagePromise<unknown>({ ...message })),
    subscribe(message, take, refused) {
      let stopped = false;
      const started = answered(() =>
        connection.subscribeMessage<unknown>(
          (event) => stopped || over || take(event),
          { ...message },
          {
            resubscribe: false,
          },
        ),
      );
      started.catch((error: unknown) => stopped || over || refused(asError(error)));
      return () => {
        stopped = true;
        started.then((unsubscribe) => (over ? undefined : unsubscribe())).catch(() => undefined);
      };
    },
    close: end,
  };
}

async function open(parts: {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
}): Promise<Connection> {
  const auth = createLongLivedTokenAuth(parts.url.trim().replace(/\/+$/, ""), parts.token);
  let late = false;
  return new Promise((resolve, reject) => {
    const stopWaiting = parts.clock.after(openWithinMs, () => {
      late = true;
      reject(new Error("it does not answer"));
    });
    createConnection({ auth, setupRetry: 0 }).then(
      (connection) => {
        stopWaiting();
        if (late) connection.close();
        else resolve(connection);
      },
      (error: unknown) => {
        stopWaiting();
        reject(asError(error));
      },
    );
  });
}

/** The library rejects with numbers, Home Assistant with `{ code, message }`. */
function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  if (error === ERR_INVALID_AUTH) return new TokenRefused("the token is refused");
  if (error === ERR_CANNOT_CONNECT) return new Error("it cannot be reached");
  if (error === ERR_CONNECTION_LOST) return new Error("the connection to Home Assistant is lost");
  const { code, message } = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
  return new Error([code, message].filter((part) => part !== undefined && part !== null).join(": ") || String(error));
}
