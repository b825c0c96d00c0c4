import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { backoffMs } from "@heatloop/program/backoff";
import type { Log } from "@heatloop/program/log";
import { messageOf } from "@heatloop/program/log";
import { type Watchers, watchersOf } from "../base/watchers.ts";
import { followClockDifference } from "./clock-difference.ts";
import { configOf, type HomeAssistantConfig } from "./config.ts";
import { entityFollows, type Follows, type TakeEntity } from "./follows.ts";
import { type HomeAssistantMessage, openSession, type Session } from "./session.ts";
import { TokenRefused } from "./socket.ts";

/** Home Assistant, as the program's features need it. */
export type HomeAssistant = {
  connected(): boolean;
  /** Follows entities, also after reconnects. */
  follow(entities: readonly string[], take: TakeEntity): Stop;
  /** Time zone and unit system of the installation, once known. */
  config(): HomeAssistantConfig | undefined;
  /** Sends one websocket command; rejects with Home Assistant's reason, or where it is away. */
  send(message: HomeAssistantMessage): Promise<unknown>;
  /** The first event of a subscription, which then ends; rejects as `send` does, or where none comes within 10 s. */
  first(message: HomeAssistantMessage): Promise<unknown>;
  /** Called at each connection, the first one included if it is already there. */
  onConnected(work: () => void): Stop;
  close(): Promise<void>;
};

export type HomeAssistantStatus = {
  readonly connected: boolean;
  /** Since when it is so, ms since the epoch. */
  readonly since: number;
  /** Why it is away, for a person; null while it is connected, and before anything went wrong. */
  readonly lastError: string | null;
  /** How far the machine's clock is ahead of Home Assistant's, ms; null: not known. */
  readonly clockDifferenceMs: number | null;
};

const firstRetryMs = secondMs;
/** Chosen: the rooms are followed again before a person looks, and an attempt costs it next to nothing. */
const longestRetryMs = 5 * secondMs;
const eventWithinMs = 10 * secondMs;
/** Home Assistant notifies its owner of each refused token, and may ban the address. */
const refusedRetryMs = 5 * minuteMs;

type Parts = {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly random?: () => number;
};

/** The connection as it is now; `session` undefined: away. */
type State = {
  readonly parts: Parts;
  readonly follows: Follows;
  readonly watchers: Watchers<[]>;
  session: Session | undefined;
  /** One that is signed in and not used yet. */
  opening: Session | undefined;
  config: HomeAssistantConfig | undefined;
  since: number;
  lastError: string | null;
  clockDifferenceMs: number | null;
  isClosed: boolean;
  /** In a row. */
  failures: number;
  logged: "nothing" | "connected" | "gone" | "refused";
  stopRetry: Stop;
};

/**
 * Connects to Home Assistant in the background and stays connected, with growing pauses of at most 5 s: it may be
 * away at the start and vanish at any time. `url` as `http://host:8123`; under the Supervisor `http://supervisor/core` with
 * its token. Logs once when it is gone, back, or refuses the token. `random` (0 to 1) spreads the retries.
 */
export function connectHomeAssistant(parts: Parts): HomeAssistant & { status(): HomeAssistantStatus } {
  const state: State = {
    parts,
    follows: entityFollows(parts),
    watchers: watchersOf(parts.log, "a connection to Home Assistant"),
    session: undefined,
    opening: undefined,
    config: undefined,
    since: parts.clock.now(),
    lastError: null,
    clockDifferenceMs: null,
    isClosed: false,
    failures: 0,
    logged: "nothing",
    stopRetry: () => undefined,
  };
  void connect(state);

  return {
    connected: () => state.session !== undefined,
    status: () => ({
      connected: state.session !== undefined,
      since: state.since,
      lastError: state.lastError,
      clockDifferenceMs: state.clockDifferenceMs,
    }),
    config: () => state.config,
    follow: (entities, take) => state.follows.add(entities, take, state.session),
    async send(message) {
      if (state.session === undefined) throw new Error("Home Assistant is not connected");
      return state.session.send(message);
    },
    first: (message) => firstEvent(state, message),
    onConnected(work) {
      const stop = state.watchers.add(work);
      if (state.session !== undefined) work();
      return stop;
    },
    async close() {
      state.isClosed = true;
      state.stopRetry();
      state.opening?.close();
      state.session?.close();
      state.session = undefined;
      state.follows.end();
    },
  };
}

function firstEvent({ session, parts }: State, message: HomeAssistantMessage): Promise<unknown> {
  if (session === undefined) return Promise.reject(new Error("Home Assistant is not connected"));
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const stop = session.subscribe(message, resolve, reject);
  const stopWaiting = parts.clock.after(eventWithinMs, () => reject(new Error("Home Assistant does not answer")));
  return promise.finally(() => {
    stop();
    stopWaiting();
  });
}

/** One attempt; where it fails the next one is set for later. */
async function connect(state: State): Promise<void> {
  let opened: Session | undefined;
  try {
    opened = await openSession({ ...state.parts, ended: (why) => sessionEnded(state, opened, why) });
    state.opening = opened;
    if (state.isClosed) return opened.close();
    state.config = configOf(await opened.send({ type: "get_config" }));
  } catch (error) {
    opened?.close();
    if (!state.isClosed) retryLater(state, error);
    return;
  } finally {
    state.opening = undefined;
  }
  if (!state.isClosed) begin(state, opened);
}

function begin(state: State, opened: Session): void {
  const { clock, log } = state.parts;
  state.session = opened;
  state.since = clock.now();
  state.lastError = null;
  if (isNews(state, "connected")) log.info("connected to Home Assistant", { version: opened.version });
  opened.subscribe(
    { type: "subscribe_events", event_type: "core_config_updated" },
    () => refreshConfig(state, opened),
    () => {},
  );
  followClockDifference(opened, clock, (differenceMs) => {
    if (state.session === opened) state.clockDifferenceMs = differenceMs;
  });
  state.follows.begin(opened);
  state.watchers.notify();
}

function refreshConfig(state: State, from: Session): void {
  const asked = from.send({ type: "get_config" }).then((answer) => {
    if (state.session === from) state.config = configOf(answer);
  });
  asked.catch((error: unknown) =>
    state.parts.log.warn("Home Assistant's settings are not understood", { why: String(error) }),
  );
}

function sessionEnded(state: State, from: Session | undefined, why: string): void {
  // A session that ends before it began makes its first command fail, which is the one that is counted.
  if (state.isClosed || state.session === undefined || state.session !== from) return;
  const now = state.parts.clock.now();
  state.session = undefined;
  state.clockDifferenceMs = null;
  state.follows.end();
  if (now - state.since > longestRetryMs) state.failures = 0;
  state.since = now;
  retryLater(state, new Error(why));
}

function retryLater(state: State, error: unknown): void {
  const { clock, log, random = Math.random } = state.parts;
  const why = messageOf(error);
  state.lastError = why;
  let waitMs = refusedRetryMs;
  if (error instanceof TokenRefused) {
    if (isNews(state, "refused")) log.error(refusedSentence);
  } else {
    if (isNews(state, "gone")) log.warn("Home Assistant is away; trying again", { why });
    waitMs = backoffMs(state.failures, firstRetryMs, longestRetryMs) * (0.5 + random() / 2);
    state.failures += 1;
  }
  state.stopRetry = clock.after(waitMs, () => void connect(state));
}

const refusedSentence =
  "Home Assistant refuses the token: make a long-lived one there (your profile, Security), set it as home_assistant.token and restart; trying again every 5 minutes";

/** Whether the log has something else last; it has this from now on. */
function isNews(state: State, what: State["logged"]): boolean {
  const before = state.logged;
  state.logged = what;
  return before !== what;
}
