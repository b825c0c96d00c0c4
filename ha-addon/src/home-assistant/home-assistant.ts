import type { Clock, Stop } from "@heatloop/core/time/clock";
import { z } from "zod";
import type { Log } from "../base/log.ts";
import { watchersOf } from "../base/watchers.ts";
import { followEntities } from "./entities.ts";
import type { EntityState } from "./entity-state.ts";
import { type HomeAssistantMessage, openSession, type Session } from "./session.ts";
import { TokenRefused } from "./socket.ts";

export type TemperatureUnit = "°C" | "°F";

export type HomeAssistantConfig = {
  readonly timeZone: string;
  readonly temperatureUnit: TemperatureUnit;
  /** ISO 639-1, perhaps with a region: de, pt-BR. */
  readonly language: string;
};

/** Home Assistant, as the program's features need it. */
export type HomeAssistant = {
  connected(): boolean;
  /** Follows entities; `take` gets undefined for one that does not exist (any more). Kept over reconnects. */
  follow(entities: readonly string[], take: (entity: string, state: EntityState | undefined) => void): Stop;
  /** Time zone and unit system of the installation, once known. */
  config(): HomeAssistantConfig | undefined;
  /** Sends one websocket command; rejects with what Home Assistant says against it, or where it is away. */
  send(message: HomeAssistantMessage): Promise<unknown>;
  /** Called at each connection, the first one included if it is already there. */
  onConnected(work: () => void): Stop;
  close(): Promise<void>;
};

export type HomeAssistantStatus = {
  readonly connected: boolean;
  /** Since when it is so, ms since the epoch. */
  readonly since: number;
  /** Why it is away, for a person; null before anything went wrong. */
  readonly lastError: string | null;
};

const leastRetryMs = 1_000;
const longestRetryMs = 60_000;
/** Home Assistant notifies its owner of each refused token, and may ban the address. */
const refusedRetryMs = 5 * 60_000;

const answeredConfig = z.object({
  time_zone: z.string(),
  language: z.string().default("en"),
  unit_system: z.object({ temperature: z.enum(["°C", "°F"]) }),
});

/**
 * Connects to Home Assistant in the background and stays connected, with growing pauses of at most a minute: it may be
 * away at the start and vanish at any time. `url` as `http://host:8123`; under the Supervisor `http://supervisor/core` with
 * its token. Says once when it is gone, back, or refuses the token. `random` (0 to 1) spreads the retries.
 */
export function connectHomeAssistant(parts: {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly random?: () => number;
}): HomeAssistant & { status(): HomeAssistantStatus } {
  const { clock, log } = parts;
  const random = parts.random ?? Math.random;
  const follows = new Set<{ begin(session: Session): void; end(): void }>();
  const watchers = watchersOf<[]>(log, "a connection to Home Assistant");
  let session: Session | undefined;
  let opening: Session | undefined;
  let since = clock.now();
  let lastError: string | null = null;
  let config: HomeAssistantConfig | undefined;
  let closed = false;
  let failures = 0;
  let said: "nothing" | "connected" | "gone" | "refused" = "nothing";
  let stopRetry: Stop = () => undefined;

  function say(what: typeof said, speak: () => void): void {
    if (said !== what) speak();
    said = what;
  }

  async function connect(): Promise<void> {
    let opened: Session | undefined;
    try {
      opened = await openSession({ ...parts, ended: (why) => lost(opened, why) });
      opening = opened;
      if (closed) return opened.close();
      config = configOf(await opened.send({ type: "get_config" }));
    } catch (error) {
      opened?.close();
      if (!closed) failed(error);
      return;
    } finally {
      opening = undefined;
    }
    if (!closed) begin(opened);
  }

  function begin(opened: Session): void {
    session = opened;
    since = clock.now();
    say("connected", () => log.info("connected to Home Assistant", { version: opened.version }));
    opened.subscribe(
      { type: "subscribe_events", event_type: "core_config_updated" },
      () => refresh(opened),
      () => {},
    );
    for (const follow of follows) follow.begin(opened);
    watchers.tell();
  }

  function refresh(from: Session): void {
    const asked = from.send({ type: "get_config" }).then((answer) => {
      if (session === from) config = configOf(answer);
    });
    asked.catch((error: unknown) => log.warn("Home Assistant's settings are not understood", { why: String(error) }));
  }

  function lost(from: Session | undefined, why: string): void {
    // A session that ends before it began makes its first command fail, which is the one that is counted.
    if (closed || session === undefined || session !== from) return;
    session = undefined;
    for (const follow of follows) follow.end();
    if (clock.now() - since > longestRetryMs) failures = 0;
    since = clock.now();
    failed(new Error(why));
  }

  function failed(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    lastError = why;
    let waitMs = refusedRetryMs;
    if (error instanceof TokenRefused) {
      say("refused", () =>
        log.error(
          "Home Assistant refuses the token: make a long-lived one there (your profile, Security), set it as home_assistant.token and restart; trying again every 5 minutes",
        ),
      );
    } else {
      say("gone", () => log.warn("Home Assistant is away; trying again", { why }));
      waitMs = Math.min(longestRetryMs, leastRetryMs * 2 ** failures) * (0.5 + random() / 2);
      failures = Math.min(failures + 1, 10);
    }
    stopRetry = clock.after(waitMs, () => void connect());
  }

  void connect();

  return {
    connected: () => session !== undefined,
    status: () => ({ connected: session !== undefined, since, lastError }),
    config: () => config,
    follow(entities, take) {
      let stop: Stop = () => undefined;
      const followers = watchersOf<Parameters<typeof take>>(log, "a state of Home Assistant");
      followers.add(take);
      const follow = {
        begin(opened: Session): void {
          const failed = (why: Error) =>
            log.warn("Home Assistant refuses to tell of entities", { entity: entities.join(", "), why: why.message });
          stop = followEntities({ session: opened, clock, entities, take: followers.tell, failed });
        },
        end(): void {
          stop();
          stop = () => undefined;
        },
      };
      follows.add(follow);
      if (session !== undefined) follow.begin(session);
      return () => {
        follows.delete(follow);
        follow.end();
      };
    },
    async send(message) {
      if (session === undefined) throw new Error("Home Assistant is not connected");
      return session.send(message);
    },
    onConnected(work) {
      const stop = watchers.add(work);
      if (session !== undefined) work();
      return stop;
    },
    async close() {
      closed = true;
      stopRetry();
      opening?.close();
      session?.close();
      session = undefined;
      for (const follow of follows) follow.end();
    },
  };
}

function configOf(answer: unknown): HomeAssistantConfig {
  const { time_zone: timeZone, unit_system: units, language } = answeredConfig.parse(answer);
  return { timeZone, temperatureUnit: units.temperature, language };
}
