import type { Clock, Stop } from "@heatloop/core/time/clock";
import { ERR_CONNECTION_LOST } from "home-assistant-js-websocket";
import { type SignedIn, signIn } from "./socket.ts";

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

const openWithinMs = 30_000;
const pingMs = 30_000;
const pongWithinMs = 15_000;

/**
 * Connects and signs in; `url` as `http://host:8123`, under the Supervisor `http://supervisor/core`. Rejects with
 * `TokenRefused` or another Error. `ended` is called once, when the connection is lost: closed, silent (no pong), or
 * because something came that is not Home Assistant's.
 */
export async function openSession(parts: {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly ended: (why: string) => void;
}): Promise<Session> {
  let over: string | undefined;
  let stopPings: Stop = () => undefined;
  const abandoned = new Set<(error: Error) => void>();

  function end(why: string): void {
    over ??= why;
    stopPings();
    for (const abandon of abandoned) abandon(new Error(`${lost}: ${why}`));
    abandoned.clear();
  }

  function lose(why: string): void {
    if (over !== undefined) return;
    end(why);
    parts.ended(why);
  }

  /** What was asked is answered, or given up with the connection. */
  function answered<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (over !== undefined) return reject(new Error(`${lost}: ${over}`));
      abandoned.add(reject);
      work()
        .then(resolve, (error: unknown) => reject(asError(error)))
        .finally(() => abandoned.delete(reject));
    });
  }

  const { connection, close } = await opened(parts, lose);
  stopPings = parts.clock.every(pingMs, () => {
    const stopWaiting = parts.clock.after(pongWithinMs, () => {
      lose("it does not answer any more");
      close();
    });
    answered(() => connection.ping()).then(stopWaiting, stopWaiting);
  });
  if (over !== undefined) stopPings();

  return {
    version: connection.haVersion,
    send: (message) => answered(() => connection.sendMessagePromise<unknown>({ ...message })),
    subscribe(message, take, refused) {
      let stopped = false;
      const started = answered(() =>
        connection.subscribeMessage<unknown>(
          (event) => stopped || over !== undefined || take(event),
          { ...message },
          once,
        ),
      );
      started.catch((error: unknown) => stopped || over !== undefined || refused(asError(error)));
      return () => {
        stopped = true;
        started.then((unsubscribe) => (over === undefined ? unsubscribe() : undefined)).catch(() => undefined);
      };
    },
    close() {
      end("it was closed here");
      close();
    },
  };
}

const once = { resubscribe: false };
const lost = "the connection to Home Assistant is lost";

async function opened(
  parts: { readonly url: string; readonly token: string; readonly clock: Clock },
  lose: (why: string) => void,
): Promise<SignedIn> {
  const late = new AbortController();
  const stopWaiting = parts.clock.after(openWithinMs, () => late.abort());
  try {
    return await signIn({ ...parts, lost: lose, signal: late.signal });
  } finally {
    stopWaiting();
  }
}

/** The library rejects with numbers, Home Assistant with `{ code, message }`. */
function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  if (error === ERR_CONNECTION_LOST) return new Error(lost);
  const { code, message } = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>;
  return new Error([code, message].filter((part) => part !== undefined && part !== null).join(": ") || String(error));
}
