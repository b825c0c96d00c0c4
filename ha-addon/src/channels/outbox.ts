import { dayMs, hourMs, secondMs } from "@heatloop/core/time/durations";
import { backoffMs } from "@heatloop/program/backoff";
import { z } from "zod";
import type { Delivery } from "./delivery.ts";
import { type ChannelMessage, messageSchema } from "./message.ts";

/** What waits for a channel, in its order, and how its last attempt ended; the schema of what is kept over a restart. */
export const queueSchema = z.object({
  waiting: z.array(
    z.object({
      message: messageSchema,
      /** It is not told, but ends what was raised before. */
      silent: z.boolean(),
      addedAt: z.number(),
      mayHaveArrived: z.boolean(),
    }),
  ),
  /** The message that is being sent. */
  sending: z.string().nullable(),
  failedAttempts: z.int().min(0),
  /** How long is waited, and from when; null: not at all. */
  pause: z.object({ fromAt: z.number(), ms: z.number() }).nullable(),
  /** The newest ids that were delivered or refused: the same news is not told again. */
  told: z.array(z.string()),
  deliveredAt: z.number().nullable(),
  /** Why the last attempt did not end well; null where it did. */
  error: z.object({ why: z.string(), at: z.number() }).nullable(),
});
export type ChannelQueue = Readonly<z.output<typeof queueSchema>>;
type Waiting = ChannelQueue["waiting"][number];

export const emptyQueue: ChannelQueue = {
  waiting: [],
  sending: null,
  failedAttempts: 0,
  pause: null,
  told: [],
  deliveredAt: null,
  error: null,
};

/** Chosen: a house has a few alerts a day; a hundred that nobody could be told of are read on the page. */
export const mostWaiting = 100;
const mostTold = 100;
/** So long a message is tried. */
export const longestTriedMs = dayMs;
/** An alert that began so long ago and is over is no news any more. */
export const staleMs = hourMs;
const firstPauseMs = 30 * secondMs;
const longestPauseMs = hourMs;

/** A message that is not told any more, and why. */
export type Dropped = { readonly message: ChannelMessage; readonly why: "too_many" | "too_old" | "over" };
type Changed = { readonly queue: ChannelQueue; readonly dropped: readonly Dropped[] };

export type OutboxStep =
  /** There is nothing to do until something happens. */
  | { readonly kind: "idle" }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "send"; readonly message: ChannelMessage };

/** The queue with one message more; the oldest goes where there are too many. News that is there already changes nothing. */
export function withMessage(queue: ChannelQueue, message: ChannelMessage, at: number, silent = false): Changed {
  const isKnown = queue.told.includes(message.id) || queue.waiting.some((each) => each.message.id === message.id);
  if (isKnown) return { queue, dropped: [] };
  const waiting = [...queue.waiting, { message, silent, addedAt: at, mayHaveArrived: false }];
  const oldest = waiting.find((each) => each.message.id !== queue.sending);
  if (waiting.length <= mostWaiting || oldest === undefined) return { queue: { ...queue, waiting }, dropped: [] };
  return without(queue, waiting, new Map([[oldest, "too_many"]]));
}

/** What is to be done now, after what need not be told any more was dropped. A message to send is `begun` first. */
export function nextStep(before: ChannelQueue, at: number): Changed & { readonly step: OutboxStep } {
  if (before.sending !== null) return { queue: before, dropped: [], step: { kind: "idle" } };
  const { queue, dropped } = tidied(before, at);
  const [first] = queue.waiting;
  if (first === undefined) return { queue, dropped, step: { kind: "idle" } };
  const restMs = pauseLeftMs(queue, at);
  if (restMs > 0) return { queue, dropped, step: { kind: "wait", ms: restMs } };
  return { queue, dropped, step: { kind: "send", message: first.message } };
}

/** The queue while a message is being sent. */
export function begun(queue: ChannelQueue, id: string): ChannelQueue {
  return { ...queue, sending: id };
}

/** The queue after an attempt: what was delivered or refused is done with, what failed is tried again later. */
export function ended(queue: ChannelQueue, id: string, delivery: Delivery, at: number): ChannelQueue {
  if (delivery.kind === "failed") return afterFailure(queue, id, delivery, at);
  const isDelivered = delivery.kind === "delivered";
  return {
    waiting: queue.waiting.filter((each) => each.message.id !== id),
    sending: null,
    failedAttempts: 0,
    pause: null,
    told: [...queue.told, id].slice(-mostTold),
    deliveredAt: isDelivered ? at : queue.deliveredAt,
    error: isDelivered ? null : { why: delivery.why, at },
  };
}

/** The queue that is tried again at once: what was in the way may have been mended. */
export function hastened(queue: ChannelQueue): ChannelQueue {
  return { ...queue, failedAttempts: 0, pause: null };
}

/** The queue after a restart: whether what was being sent arrived is not known. */
export function reopened(queue: ChannelQueue): ChannelQueue {
  return queue.sending === null ? queue : { ...marked(queue, queue.sending), sending: null };
}

/** How many messages wait to be told. */
export function waitingCount(queue: ChannelQueue): number {
  return queue.waiting.filter(({ silent }) => !silent).length;
}

function afterFailure(
  queue: ChannelQueue,
  id: string,
  { why, mayHaveArrived, retryAfterMs }: Delivery & { readonly kind: "failed" },
  at: number,
): ChannelQueue {
  const ownMs = backoffMs(queue.failedAttempts, firstPauseMs, longestPauseMs);
  return {
    ...(mayHaveArrived ? marked(queue, id) : queue),
    sending: null,
    failedAttempts: queue.failedAttempts + 1,
    pause: { fromAt: at, ms: Math.min(longestTriedMs, Math.max(ownMs, retryAfterMs ?? 0)) },
    error: { why, at },
  };
}

function marked(queue: ChannelQueue, id: string): ChannelQueue {
  const waiting = queue.waiting.map((each) => (each.message.id === id ? { ...each, mayHaveArrived: true } : each));
  return { ...queue, waiting };
}

/** A clock that was set back before the pause began says nothing of how much of it is left. */
function pauseLeftMs({ pause }: ChannelQueue, at: number): number {
  if (pause === null || at < pause.fromAt) return 0;
  return pause.fromAt + pause.ms - at;
}

function tidied(queue: ChannelQueue, at: number): Changed {
  const going = new Map<Waiting, Dropped["why"]>();
  for (const each of queue.waiting) if (at - each.addedAt > longestTriedMs) going.set(each, "too_old");
  for (const each of overUntold(queue.waiting, at)) going.set(each, "over");
  const firstTold = queue.waiting.findIndex((each) => !each.silent && !going.has(each));
  const leading = firstTold < 0 ? queue.waiting : queue.waiting.slice(0, firstTold);
  for (const each of leading) if (each.silent) going.set(each, "over");
  return without(queue, queue.waiting, going);
}

/** Alerts that began long ago and ended before anybody can have been told of them. */
function overUntold(waiting: readonly Waiting[], at: number): readonly Waiting[] {
  return waiting.flatMap((end, index) => {
    if (end.message.kind !== "cleared") return [];
    const before = waiting.slice(0, index).filter((each) => each.message.alert === end.message.alert);
    const episode = before.slice(before.findLastIndex((each) => each.message.kind === "cleared") + 1);
    const raised = episode.find((each) => each.message.kind === "raised");
    if (raised === undefined || at - raised.message.at <= staleMs) return [];
    return episode.some(({ mayHaveArrived }) => mayHaveArrived) ? [] : [...episode, end];
  });
}

/** The queue without what goes; what nobody could have seen is not reported as dropped. */
function without(
  queue: ChannelQueue,
  waiting: readonly Waiting[],
  going: ReadonlyMap<Waiting, Dropped["why"]>,
): Changed {
  if (going.size === 0) return { queue, dropped: [] };
  const kept = waiting.filter((each) => !going.has(each));
  const dropped = [...going].filter(([{ silent }]) => !silent).map(([{ message }, why]) => ({ message, why }));
  return { queue: { ...queue, waiting: kept }, dropped };
}
