import { roomFeedStates } from "@heatloop/core/room-feed/room-feed";
import { hourMs, secondMs } from "@heatloop/core/time/durations";
import { type FeedTransition, feedSpans, rowMs } from "@heatloop/lovelace-card/views/rooms/feed-history";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const now = Date.parse("2026-11-21T10:30:00Z");
const span = { from: now - 24 * hourMs, to: now };
const ago = (hours: number) => now - hours * hourMs;
const rowsBetween = (from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / rowMs) }, (_, index) => from + index * rowMs);

function transition(
  hours: number,
  from: string,
  to: string,
  durationS: number | null,
  zone: 1 | 2 | null = null,
): FeedTransition {
  return { time: new Date(ago(hours)).toISOString(), from, to, duration_s: durationS, zone };
}

/** Spans as "state from-to", in hours ago. */
function told(of: Partial<Parameters<typeof feedSpans>[0]>): string[] {
  const usual = {
    now: { state: "ok", since: ago(1) },
    transitions: [],
    rowTimes: rowsBetween(span.from, now),
  } as const;
  return feedSpans({ ...usual, span, zone: 1, isOnlyZone: true, ...of }).map(
    ({ state, from, to }) => `${state} ${(now - from) / hourMs}-${(now - to) / hourMs}`,
  );
}

describe("the states of a room feed over a day", () => {
  const cases: readonly { name: string; of: Partial<Parameters<typeof feedSpans>[0]>; spans: readonly string[] }[] = [
    { name: "the state of now alone, where nothing changed", of: {}, spans: ["ok 1-0"] },
    { name: "a state older than the day", of: { now: { state: "ok", since: ago(60) } }, spans: ["ok 24-0"] },
    {
      name: "states along their transitions, the first one cut at the day's beginning",
      of: { transitions: [transition(3, "ok", "holding", 30 * 3600), transition(1, "holding", "ok", 2 * 3600)] },
      spans: ["ok 1-0", "holding 3-1", "ok 24-3"],
    },
    {
      name: "a second of difference between a transition and the state's beginning",
      of: {
        now: { state: "ok", since: ago(1) + 1.5 * secondMs },
        transitions: [transition(1, "holding", "ok", 7200 + 1.5)],
      },
      spans: [`ok ${1 - 1.5 / 3600}-0`, `holding 3-${1 - 1.5 / 3600}`],
    },
    {
      name: "what was before a start of the program, until its log broke off",
      of: {
        transitions: [transition(5, "ok", "fallback", 3600)],
        rowTimes: [...rowsBetween(span.from, ago(4)), ...rowsBetween(ago(1), now)],
      },
      spans: ["ok 1-0", "fallback 5-4", "ok 6-5"],
    },
    {
      name: "what was before a start of the program in its own zone, where there are two",
      of: {
        transitions: [transition(5, "ok", "fallback", 3600, 1), transition(2, "ok", "holding", 3600, 2)],
        isOnlyZone: false,
      },
      spans: ["ok 1-0", "fallback 5-1", "ok 6-5"],
    },
    {
      name: "the state before by a transition of its own zone, where the other one's was nearer",
      of: {
        now: { state: "ok", since: ago(1) + secondMs },
        transitions: [transition(1, "holding", "ok", 7200, 1), transition(1 - 1 / 3600, "fallback", "ok", 600, 2)],
        isOnlyZone: false,
      },
      spans: [`ok ${1 - 1 / 3600}-0`, `holding ${3 - 1 / 3600}-${1 - 1 / 3600}`],
    },
    {
      name: "nothing before a start of the program where there are two zones, and transitions do not name theirs",
      of: { transitions: [transition(5, "ok", "fallback", 3600)], isOnlyZone: false },
      spans: ["ok 1-0"],
    },
    {
      name: "the way back of one zone among the transitions of two",
      of: {
        isOnlyZone: false,
        transitions: [
          transition(4, "ok", "holding", 3600),
          transition(2, "degraded", "fallback", 600),
          transition(1, "holding", "ok", 3 * 3600),
        ],
      },
      spans: ["ok 1-0", "holding 4-1", "ok 5-4"],
    },
    {
      name: "no state that is not known, and none of an unknown length",
      of: { transitions: [transition(1, "dreaming", "ok", 3600)], rowTimes: [] },
      spans: ["ok 1-0"],
    },
  ];
  it.each(cases)("shows $name", ({ of, spans }) => {
    expect(told(of)).toEqual(spans);
  });

  it("ends, goes back in time without overlaps and stays within the day, whatever the log has", () => {
    const state = fc.constantFrom(...roomFeedStates);
    const instant = fc.integer({ min: span.from - hourMs, max: now });
    const transitions = fc
      .array(
        fc.record({
          time: instant.map((at) => new Date(at).toISOString()),
          from: fc.oneof(state, fc.constant(null)),
          to: fc.oneof(state, fc.constant(null)),
          duration_s: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.constant(null)),
          zone: fc.constantFrom(1 as const, 2 as const, null),
        }),
        { maxLength: 30 },
      )
      .map((list) => list.sort((one, other) => Date.parse(one.time) - Date.parse(other.time)));
    const situation = fc.record({ state, since: instant, transitions, isOnlyZone: fc.boolean() });
    fc.assert(
      fc.property(situation, ({ state, since, transitions, isOnlyZone }) => {
        const rowTimes = rowsBetween(span.from, now);
        const spans = feedSpans({ now: { state, since }, transitions, rowTimes, span, zone: 1, isOnlyZone });
        let before = span.to;
        for (const { from, to } of spans) {
          expect(from).toBeGreaterThanOrEqual(span.from);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(before);
          before = from;
        }
      }),
    );
  });
});
