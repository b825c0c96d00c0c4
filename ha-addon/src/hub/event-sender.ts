import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import type { HomeEvent } from "@heatloop/core/hub/home-events";
import { mostAheadMs, type Telemetry, telemetryPath } from "@heatloop/core/hub/telemetry";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import { parseJson } from "@heatloop/program/json-text";
import type { RunningLog } from "@heatloop/program/log";
import { z } from "zod";
import type { HubAnswer } from "./hub-client.ts";
import type { HubLink } from "./hub-link.ts";
import type { Outbox } from "./outbox.ts";

const usualAtOnce = 200;
/** An event whose time the hub takes for the future is tried again so often. */
const lookedEachMs = minuteMs;
/** What a person has to change, at the hub perhaps, is tried again so seldom. */
const refusedRetryMs = hourMs;
const longestPauseS = 3_600;

const packed = promisify(zstdCompress);

const answerSchema = z.object({
  events: z.object({ stored: z.int() }),
  hub_at: z.iso.datetime().transform((time) => Date.parse(time)),
  slow_down_s: z.number().min(0).max(longestPauseS).catch(0),
});

export type EventSenderParts = {
  readonly clock: Clock;
  readonly log: RunningLog;
  readonly link: Pick<HubLink, "send" | "onChange">;
  readonly outbox: Pick<Outbox, "oldest" | "confirm">;
};

/** Sends the events of an outbox. */
export type EventSender = {
  /** There is a new one. */
  wake(): void;
  /** Breaks off what is being sent; it is sent again by the next run. */
  stop(): Promise<void>;
};

/** How long to wait after a look at the outbox; `isPause`: also where a new event comes. */
type Wait = { readonly ms: number; readonly isPause: boolean };

/** Sends what waits, the oldest first, until the hub has confirmed it; less often where the hub is away or asks for it. */
export function startEventSender(parts: EventSenderParts): EventSender {
  const { clock, log, link } = parts;
  const ended = new AbortController();
  const sendWaiting = waitingSender(parts, ended.signal);
  let stopTimer: Stop = () => {};
  let looking = Promise.resolve();
  let [isLooking, isPaused, hasNew] = [false, false, false];

  const look = inBackground(log, "sending events to the hub", async () => {
    let wait: Wait = { ms: lookedEachMs, isPause: true };
    stopTimer();
    isLooking = true;
    try {
      do {
        hasNew = false;
        wait = await sendWaiting();
      } while (hasNew && !wait.isPause && !ended.signal.aborted);
    } finally {
      isLooking = false;
      isPaused = wait.isPause;
      if (!ended.signal.aborted) stopTimer = clock.after(wait.ms, begin);
    }
  });

  function begin(): void {
    hasNew = true;
    if (!isLooking && !ended.signal.aborted) looking = look();
  }

  const stopLink = link.onChange((isNode) => {
    if (isNode) begin();
  });
  begin();
  return {
    wake() {
      hasNew = true;
      if (!isPaused) begin();
    },
    async stop() {
      ended.abort();
      stopLink();
      stopTimer();
      await looking;
    },
  };
}

function waitingSender({ clock, log, link, outbox }: EventSenderParts, ended: AbortSignal): () => Promise<Wait> {
  let atOnce = usualAtOnce;
  let hubAheadMs = 0;
  let logged = "";

  function refused(why: string): Wait {
    const clean = log.clean(why);
    if (clean !== logged) log.error("the hub refuses events, which wait in the outbox", { why: clean });
    logged = clean;
    return { ms: refusedRetryMs, isPause: true };
  }

  /** What the answer means for what was sent; undefined: the next may be sent at once. */
  function taken(answer: HubAnswer, events: readonly HomeEvent[]): Wait | undefined {
    if (answer.kind === "away") return { ms: answer.waitMs, isPause: true };
    if (answer.kind === "refused" && answer.status === 413 && events.length > 1) {
      atOnce = Math.ceil(events.length / 2);
      return undefined;
    }
    if (answer.kind === "refused") return refused(answer.why);
    const json = parseJson(answer.text);
    const read = json.ok ? answerSchema.safeParse(json.value).data : undefined;
    if (read === undefined) return refused("it does not answer as a hub of this version does: update it");
    logged = "";
    hubAheadMs = read.hub_at - clock.now();
    const confirmed = events.filter(({ at }) => Date.parse(at) <= read.hub_at + mostAheadMs);
    // Where they cannot be taken away, they would be sent again at once, for ever.
    if (!outbox.confirm(confirmed) || confirmed.length === 0) return { ms: lookedEachMs, isPause: true };
    const isAsked = read.slow_down_s > 0 && events.length >= atOnce;
    return isAsked ? { ms: read.slow_down_s * secondMs, isPause: true } : undefined;
  }

  return async () => {
    while (!ended.aborted) {
      const events = outbox.oldest(atOnce, clock.now() + hubAheadMs + mostAheadMs);
      if (events.length === 0) break;
      const body = await packed(JSON.stringify({ devices: [], events } satisfies Telemetry));
      const headers = { "content-encoding": "zstd" };
      const answer = await link.send(telemetryPath, body, "application/json", { headers, ended });
      if (ended.aborted || answer === undefined) break;
      const wait = taken(answer, events);
      if (wait !== undefined) return wait;
    }
    return { ms: lookedEachMs, isPause: false };
  };
}
