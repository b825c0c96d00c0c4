import type { Clock, Stop } from "@heatloop/core/time/clock";
import { type Connection, ERR_CONNECTION_LOST } from "home-assistant-js-websocket";
import { type SignedIn, signIn } from "./socket.ts";

/** A message to Home Assistant's websocket, without its id. */
export type HomeAssistantMessage = { readonly type: string; readonly [key: string]: unknown };

/** One connection from its first byte to its end; nothing of it lives on in the next one. */
export type Session = {
  readonly version: string;
  /** Sends a command; rejects with Home Assistant's reason, or once the connection is lost. */
  send(message: HomeAssistantMessage): Promise<unknown>;
  /** Begins a subscription; `refused` is called where Home Assistant refuses it. */
  subscribe(message: HomeAssistantMessage, take: (event: unknown) => void, refused: (why: Error) => void): Stop;
  close(): void;
};

/** Chosen: Home Assistant on a small machine may take this long to answer while it starts. */
const openWithinMs = 30_000;
/** Chosen: a dead connection is noticed within 45 s, together with the wait for the answer. */
const pingMs = 30_000;
/** Chosen: more than a busy Home Assistant takes to answer a ping. */
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
  const commands = commandsOfConnection();
  let stopPings: Stop = () => undefined;

  function end(why: string): void {
    stopPings();
    commands.end(why);
  }

  function lose(why: string): void {
    if (commands.isOver()) return;
    end(why);
    parts.ended(why);
  }

  const { connection, close } = await opened(parts, lose);
  stopPings = pingRegularly(parts.clock, commands, connection, () => {
    lose("it does not answer any more");
    close();
  });
  if (commands.isOver()) stopPings();

  return {
    version: connection.haVersion,
    send: (message) => commands.run(() => connection.sendMessagePromise<unknown>({ ...message })),
    subscribe: (message, take, refused) => subscribe(commands, connection, { message, take, refused }),
    close() {
      end("it was closed here");
      close();
    },
  };
}

/** The commands of a connection: each is answered, or rejects with the end of the connection. */
type Commands = {
  run<T>(command: () => Promise<T>): Promise<T>;
  isOver(): boolean;
  end(why: string): void;
};

function commandsOfConnection(): Commands {
  const unanswered = new Set<(error: Error) => void>();
  let over: string | undefined;
  return {
    run(command) {
      return new Promise((resolve, reject) => {
        if (over !== undefined) return reject(new Error(`${lost}: ${over}`));
        unanswered.add(reject);
        command()
          .then(resolve, (error: unknown) => reject(asError(error)))
          .finally(() => unanswered.delete(reject));
      });
    },
    isOver: () => over !== undefined,
    end(why) {
      over ??= why;
      for (const reject of unanswered) reject(new Error(`${lost}: ${why}`));
      unanswered.clear();
    },
  };
}

function pingRegularly(clock: Clock, commands: Commands, connection: Connection, silent: () => void): Stop {
  return clock.every(pingMs, () => {
    const stopWaiting = clock.after(pongWithinMs, silent);
    commands.run(() => connection.ping()).then(stopWaiting, stopWaiting);
  });
}

function subscribe(
  commands: Commands,
  connection: Connection,
  how: {
    readonly message: HomeAssistantMessage;
    readonly take: (event: unknown) => void;
    readonly refused: (why: Error) => void;
  },
): Stop {
  let stopped = false;
  const isOver = () => stopped || commands.isOver();
  const started = commands.run(() =>
    connection.subscribeMessage<unknown>((event) => isOver() || how.take(event), { ...how.message }, once),
  );
  started.catch((error: unknown) => isOver() || how.refused(asError(error)));
  return () => {
    stopped = true;
    started.then((unsubscribe) => (commands.isOver() ? undefined : unsubscribe())).catch(() => undefined);
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
