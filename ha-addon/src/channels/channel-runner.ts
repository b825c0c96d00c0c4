import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { Delivery } from "./delivery.ts";
import { noAnswerInTime, programEnds } from "./http-outcome.ts";
import type { ChannelMessage } from "./message.ts";
import { begun, type ChannelQueue, type Dropped, ended, hastened, nextStep, withMessage } from "./outbox.ts";

/** So long an attempt may take; chosen: what has not answered by then will not. */
export const deliveredWithinMs = 15 * secondMs;

/** Sends a message once; never rejected, and over soon after `signal` is aborted. */
export type Send = (message: ChannelMessage, signal: AbortSignal) => Promise<Delivery>;

/** Delivers what waits for one channel, one message after the other. */
export type ChannelRunner = {
  tell(message: ChannelMessage, silent: boolean): void;
  /** Tries again at once what waits. */
  hasten(): void;
  /** What is being sent is broken off, and sent again by the next run. */
  stop(): Promise<void>;
  /** The same, and nothing is kept of it: its channel is gone. */
  abandon(): void;
};

/** Begins with what waits. `queue` is kept by the caller; `change` resolves once it is on the disk. */
export function startChannelRunner(parts: {
  readonly channel: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly queue: () => ChannelQueue;
  readonly change: (queue: ChannelQueue) => Promise<void>;
  readonly send: Send;
}): ChannelRunner {
  const { channel, clock, log, queue, change, send } = parts;
  let stopTimer: Stop = () => {};
  let attempt: Promise<void> = Promise.resolve();
  let abort: AbortController | undefined;
  let isStopped = false;
  let isAbandoned = false;

  function step(): void {
    if (isStopped) return;
    stopTimer();
    const next = nextStep(queue(), clock.now());
    settle(next);
    if (next.step.kind === "wait") stopTimer = clock.after(next.step.ms, step);
    if (next.step.kind === "send") attempt = deliver(next.step.message);
  }

  async function deliver(message: ChannelMessage): Promise<void> {
    // On the disk before it is sent: nothing is sent that a restart would not know of.
    await change(begun(queue(), message.id));
    if (isStopped) return;
    abort = new AbortController();
    const delivery = await within(clock, abort, (signal) => send(message, signal));
    if (isAbandoned || (isStopped && delivery.kind === "failed")) return;
    logDelivery(log, channel, queue(), delivery);
    void change(ended(queue(), message.id, delivery, clock.now()));
    step();
  }

  function settle(changed: { readonly queue: ChannelQueue; readonly dropped: readonly Dropped[] }): void {
    if (changed.queue !== queue()) void change(changed.queue);
    for (const each of changed.dropped) logDropped(log, channel, each);
  }

  function breakOff(): void {
    isStopped = true;
    stopTimer();
    abort?.abort(programEnds);
  }

  step();
  return {
    tell(message, silent) {
      settle(withMessage(queue(), message, clock.now(), silent));
      step();
    },
    hasten() {
      void change(hastened(queue()));
      step();
    },
    stop() {
      breakOff();
      return attempt;
    },
    abandon() {
      isAbandoned = true;
      breakOff();
    },
  };
}

/** Sends within the time that an attempt may take. */
export async function within(
  clock: Clock,
  abort: AbortController,
  send: (signal: AbortSignal) => Promise<Delivery>,
): Promise<Delivery> {
  const stop = clock.after(deliveredWithinMs, () => abort.abort(noAnswerInTime));
  try {
    return await send(abort.signal);
  } finally {
    stop();
  }
}

function logDelivery(log: Log, channel: string, before: ChannelQueue, delivery: Delivery): void {
  if (delivery.kind === "failed") {
    log.warn("an alert could not be told by a channel; it is tried again", { channel, why: delivery.why });
  } else if (delivery.kind === "refused") {
    log.warn("an alert could not be told by a channel, which refuses it", { channel, why: delivery.why });
  } else if (before.error !== null) log.info("alerts are told by a channel again", { channel });
}

const reasons: Readonly<Record<Dropped["why"], string>> = {
  too_many: "there are too many",
  too_old: "it could not be delivered within a day",
  over: "it was over before",
};

function logDropped(log: Log, channel: string, { message, why }: Dropped): void {
  const fields = { channel, alert: message.alert, kind: message.kind };
  log[why === "over" ? "info" : "warn"](`an alert is not told by a channel: ${reasons[why]}`, fields);
}
