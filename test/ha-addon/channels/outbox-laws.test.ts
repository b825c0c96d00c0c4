import { failed, refused } from "@heatloop/ha-addon/channels/delivery";
import type { ChannelMessage } from "@heatloop/ha-addon/channels/message";
import {
  begun,
  type ChannelQueue,
  type Dropped,
  emptyQueue,
  ended,
  mostWaiting,
  nextStep,
  queueSchema,
  reopened,
  withMessage,
} from "@heatloop/ha-addon/channels/outbox";
import fc from "fast-check";
import { expect, it } from "vitest";
import { exampleMessage, newsAt } from "./news-examples.ts";

const kinds = ["raised", "cleared", "reminded"] as const;
const outcomes = {
  delivered: { kind: "delivered" },
  refused: refused("no"),
  failed: failed("away"),
  hung: failed("no answer", { mayHaveArrived: true }),
  later: failed("later", { retryAfterMs: 3_600_000 }),
} as const;

const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ news: fc.constantFrom(...kinds), alert: fc.constantFrom("a", "b", "c") }) },
  {
    weight: 4,
    arbitrary: fc.record({ attempt: fc.constantFrom(...(Object.keys(outcomes) as (keyof typeof outcomes)[])) }),
  },
  { weight: 2, arbitrary: fc.record({ passMs: fc.integer({ min: 1, max: 5 * 3_600_000 }) }) },
  { weight: 1, arbitrary: fc.constantFrom("kill while idle" as const, "kill while sending" as const) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** What a world saw: every message in its order, what was sent, and what became of it. */
function lived(happenings: readonly Happening[]) {
  let queue: ChannelQueue = emptyQueue;
  let at = newsAt;
  const added: ChannelMessage[] = [];
  const sent: string[] = [];
  const done: string[] = [];
  const dropped: Dropped[] = [];
  const unclear = new Set<string>();

  function begin(): string | undefined {
    const next = nextStep(queue, at);
    ({ queue } = next);
    dropped.push(...next.dropped);
    if (next.step.kind !== "send") return undefined;
    queue = begun(queue, next.step.message.id);
    expect(nextStep(queue, at).step.kind).toBe("idle");
    expect(done).not.toContain(next.step.message.id);
    sent.push(next.step.message.id);
    return next.step.message.id;
  }

  /** Another process reads what this one left on the disk. */
  function restart(): void {
    queue = reopened(queueSchema.parse(JSON.parse(JSON.stringify(queue))));
  }

  for (const each of happenings) {
    at += 1;
    if (typeof each === "string") {
      const id = each === "kill while sending" ? begin() : undefined;
      if (id !== undefined) unclear.add(id);
      restart();
    } else if ("passMs" in each) at += each.passMs;
    else if ("news" in each) {
      const message = exampleMessage({ kind: each.news, id: each.alert, at });
      added.push(message);
      const changed = withMessage(queue, message, at);
      ({ queue } = changed);
      dropped.push(...changed.dropped);
    } else {
      const id = begin();
      if (id === undefined) continue;
      const outcome = outcomes[each.attempt];
      queue = ended(queue, id, outcome, at);
      if (outcome.kind !== "failed") done.push(id);
      else if (outcome.mayHaveArrived) unclear.add(id);
    }
  }
  return { queue, added, sent, done, dropped, unclear };
}

it("loses no message: each was confirmed, given up for a reason, or still waits; and it is one of these only", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 300, size: "max" }), (happenings) => {
      const { queue, added, done, dropped } = lived(happenings);
      const fates = [
        ...done,
        ...dropped.map(({ message }) => message.id),
        ...queue.waiting.map(({ message }) => message.id),
      ];
      expect(fates.toSorted()).toEqual(added.map(({ id }) => id).toSorted());
      expect(queue.waiting.length).toBeLessThanOrEqual(mostWaiting);
    }),
    { numRuns: 300 },
  );
});

it("sends in the order of what happened, and never again what was confirmed", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 300, size: "max" }), (happenings) => {
      const { added, sent, done } = lived(happenings);
      const order = sent.map((id) => added.findIndex((message) => message.id === id));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(new Set(done).size).toBe(done.length);
    }),
    { numRuns: 300 },
  );
});

it("tells the end of everything whose beginning may have arrived", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 300, size: "max" }), (happenings) => {
      const { added, dropped, unclear } = lived(happenings);
      const over = dropped.filter(({ why }) => why === "over").map(({ message }) => message);
      for (const end of over.filter(({ kind }) => kind === "cleared")) {
        const index = added.findIndex(({ id }) => id === end.id);
        const before = added.slice(0, index).filter(({ alert }) => alert === end.alert);
        const beginning = before.findLast(({ kind }) => kind === "raised");
        expect(over).toContainEqual(beginning);
      }
      expect(over.filter(({ id }) => unclear.has(id))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
