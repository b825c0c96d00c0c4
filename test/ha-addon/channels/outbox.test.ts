import { dayMs, hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { failed, refused } from "@heatloop/ha-addon/channels/delivery";
import {
  begun,
  type ChannelQueue,
  emptyQueue,
  ended,
  hastened,
  longestTriedMs,
  mostWaiting,
  nextStep,
  reopened,
  waitingCount,
  withMessage,
} from "@heatloop/ha-addon/channels/outbox";
import { describe, expect, it } from "vitest";
import { exampleMessage, newsAt } from "./news-examples.ts";

const raised = exampleMessage();
const cleared = exampleMessage({ kind: "cleared", at: newsAt + 10 * minuteMs });
const other = exampleMessage({ id: "fault/hp", at: newsAt + minuteMs });
const away = failed("there is no connection");
const hung = failed("there was no answer", { mayHaveArrived: true, timedOut: true });

/** A queue with messages, each added at its own time. */
function queueOf(...messages: readonly (typeof raised)[]): ChannelQueue {
  return messages.reduce((queue, message) => withMessage(queue, message, message.at).queue, emptyQueue);
}

/** What is sent at a time; undefined where nothing is. */
function sentAt(queue: ChannelQueue, at: number) {
  const { step } = nextStep(queue, at);
  return step.kind === "send" ? step.message : undefined;
}

/** The queue after an attempt with the message that is first. */
function tried(queue: ChannelQueue, outcome: Parameters<typeof ended>[2], at: number): ChannelQueue {
  const message = sentAt(queue, at);
  if (message === undefined) throw new Error("nothing is to be sent");
  return ended(begun(queue, message.id), message.id, outcome, at);
}

describe("the outbox of a channel", () => {
  it("sends one message at a time, in the order in which things happened", () => {
    const queue = queueOf(raised, other);
    expect(sentAt(queue, newsAt)).toEqual(raised);
    expect(nextStep(begun(queue, raised.id), newsAt).step).toEqual({ kind: "idle" });
    const next = tried(queue, { kind: "delivered" }, newsAt + 5);
    expect([sentAt(next, newsAt + 5), next.deliveredAt]).toEqual([other, newsAt + 5]);
  });

  it("does not tell twice what was delivered, also where the same news comes again", () => {
    const queue = tried(queueOf(raised, raised), { kind: "delivered" }, newsAt);
    expect(waitingCount(withMessage(queue, raised, newsAt).queue)).toBe(0);
  });

  it("tries again after 30 s, then twice as long each time, at most an hour", () => {
    let queue = queueOf(raised);
    let at = newsAt;
    const pauses: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      queue = tried(queue, away, at);
      const { step } = nextStep(queue, at);
      if (step.kind !== "wait") throw new Error(step.kind);
      expect(sentAt(queue, at + step.ms - 1)).toBeUndefined();
      pauses.push(step.ms / secondMs);
      at += step.ms;
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    expect(queue.error?.why).toBe("there is no connection");
  });

  it.each([
    ["longer than its own pause", 2 * hourMs, 2 * hourMs],
    ["shorter than its own pause", 5 * secondMs, 30 * secondMs],
    ["beyond a day", 40 * dayMs, dayMs],
  ])("waits as the other side asks: %s", (_, retryAfterMs, expected) => {
    const queue = tried(queueOf(raised), failed("later", { retryAfterMs }), newsAt);
    expect(nextStep(queue, newsAt).step).toEqual({ kind: "wait", ms: expected });
  });

  it("goes on with the next message where one is refused for good, and says why", () => {
    const queue = tried(queueOf(raised, other), refused("it answers 404"), newsAt);
    expect(sentAt(queue, newsAt)).toEqual(other);
    expect(queue.error).toEqual({ why: "it answers 404", at: newsAt });
    expect(tried(queue, { kind: "delivered" }, newsAt).error).toBeNull();
  });

  it("gives a message up after 24 h", () => {
    const queue = tried(queueOf(raised), away, newsAt);
    expect(nextStep(queue, newsAt + longestTriedMs).step.kind).toBe("send");
    const { step, dropped } = nextStep(queue, newsAt + longestTriedMs + 1);
    expect([step.kind, dropped]).toEqual(["idle", [{ message: raised, why: "too_old" }]]);
  });

  it("holds a hundred messages, and leaves out the oldest that is not being sent", () => {
    const messages = Array.from({ length: mostWaiting }, (_, i) => exampleMessage({ at: newsAt + i }));
    const full = begun(queueOf(...messages), messages[0]?.id ?? "");
    const { queue, dropped } = withMessage(full, other, newsAt + minuteMs);
    expect(dropped).toEqual([{ message: messages[1], why: "too_many" }]);
    expect([waitingCount(queue), queue.waiting[0]?.message]).toEqual([mostWaiting, messages[0]]);
  });

  it("tries at once where what was in the way may have been mended", () => {
    const queue = tried(queueOf(raised), failed("later", { retryAfterMs: hourMs }), newsAt);
    expect(sentAt(queue, newsAt + 1)).toBeUndefined();
    expect(sentAt(hastened(queue), newsAt + 1)).toEqual(raised);
  });

  it("does not wait for ever where the clock was set back", () => {
    const queue = tried(queueOf(raised), away, newsAt);
    expect(sentAt(queue, newsAt - 365 * dayMs)).toEqual(raised);
  });
});

describe("an alert that is over before anybody could be told", () => {
  const attempted = tried(queueOf(raised, cleared), away, newsAt + 10 * minuteMs);

  it("is told with its end while it is younger than an hour", () => {
    const told = tried(attempted, { kind: "delivered" }, newsAt + hourMs);
    expect(sentAt(told, newsAt + hourMs)).toEqual(cleared);
  });

  it("is not told at all after that, and what else waits is", () => {
    const { queue, dropped } = nextStep(withMessage(attempted, other, newsAt + hourMs).queue, newsAt + hourMs + 1);
    expect(dropped.map(({ message, why }) => [message.kind, why])).toEqual([
      ["raised", "over"],
      ["cleared", "over"],
    ]);
    expect(queue.waiting.map(({ message }) => message.alert)).toEqual(["fault/hp"]);
  });

  it("is told where it still lasts, however late", () => {
    expect(sentAt(tried(queueOf(raised), away, newsAt), newsAt + 20 * hourMs)).toEqual(raised);
  });

  it("is told where its beginning was", () => {
    const queue = withMessage(tried(queueOf(raised), { kind: "delivered" }, newsAt), cleared, cleared.at).queue;
    expect(sentAt(queue, newsAt + 5 * hourMs)).toEqual(cleared);
  });

  it.each([
    ["an attempt had no answer", tried(queueOf(raised, cleared), hung, newsAt)],
    ["the program was killed while it was sent", reopened(begun(queueOf(raised, cleared), raised.id))],
  ])("is told where its beginning may have arrived: %s", (_, queue) => {
    expect(sentAt(queue, newsAt + 2 * hourMs)).toEqual(raised);
  });

  it("is told of its later occurrence, when only the earlier one is over", () => {
    const again = exampleMessage({ at: newsAt + 20 * minuteMs });
    const { queue } = nextStep(queueOf(raised, cleared, again), newsAt + 2 * hourMs);
    expect(queue.waiting.map(({ message }) => message)).toEqual([again]);
  });

  it("is not told either where the channel is told of beginnings only", () => {
    const queue = withMessage(queueOf(raised, other), cleared, cleared.at, true).queue;
    expect(waitingCount(queue)).toBe(2);
    expect(sentAt(queue, newsAt + hourMs + 1)).toEqual(other);
    const inTime = tried(tried(queue, { kind: "delivered" }, newsAt), { kind: "delivered" }, newsAt);
    const { step, queue: last, dropped } = nextStep(inTime, newsAt);
    expect([step.kind, last.waiting, dropped]).toEqual(["idle", [], []]);
  });
});
