import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { newNodePace, savedMinutes, unitsPerMinute } from "@heatloop/hub/nodes/node-pace";
import fc from "fast-check";
import { expect, test } from "vitest";

const start = Date.parse("2026-12-01T12:00:00Z");
const saved = unitsPerMinute * savedMinutes;
const unitMs = minuteMs / unitsPerMinute;

/** [node, units, seconds since the start, ms to wait] */
type Sent = readonly [string, number, number, number];

test.each<readonly [string, readonly Sent[]]>([
  [
    "ten minutes at once, then each minute's",
    [
      ["a", saved, 0, 0],
      ["a", 1, 0, unitMs],
      ["a", unitsPerMinute, 60, 0],
      ["a", 1, 60, unitMs],
    ],
  ],
  [
    "what is refused costs nothing",
    [
      ["a", saved, 0, 0],
      ["a", 10, 0, 10 * unitMs],
      ["a", 10, 0, 10 * unitMs],
      ["a", 10, 1, 0],
    ],
  ],
  [
    "no more than ten minutes are saved",
    [
      ["a", 1, 0, 0],
      ["a", saved, 3600, 0],
      ["a", 1, 3600, unitMs],
    ],
  ],
  [
    "each node has its own",
    [
      ["a", saved, 0, 0],
      ["b", saved, 0, 0],
      ["b", 1, 0, unitMs],
    ],
  ],
  [
    "a clock that was an hour ahead keeps nobody waiting",
    [
      ["a", saved, 3600, 0],
      ["a", saved, 0, 0],
    ],
  ],
])("%s", (_name, sent) => {
  const pace = newNodePace();
  for (const [node, units, atS, waitMs] of sent) {
    expect(pace.take(node, units, start + atS * secondMs)).toBeCloseTo(waitMs, 6);
  }
});

test("however a node sends, what is taken in any span is no more than is saved and the span's, and who waits is taken", () => {
  const sends = fc.array(fc.record({ units: fc.integer({ min: 1, max: 200 }), afterMs: fc.nat(20_000) }), {
    minLength: 50,
    maxLength: 300,
  });
  fc.assert(
    fc.property(sends, (all) => {
      const pace = newNodePace();
      let now = start;
      let taken = 0;
      for (const { units, afterMs } of all) {
        now += afterMs;
        const waitMs = pace.take("a", units, now);
        if (waitMs > 0) {
          now += Math.ceil(waitMs);
          expect(pace.take("a", units, now)).toBe(0);
        }
        taken += units;
        expect(taken).toBeLessThanOrEqual(saved + (now - start) / unitMs + 1e-6);
      }
    }),
  );
});

test("a node that floods is not forgotten for others' sake, however many there are", () => {
  const pace = newNodePace();
  expect(pace.take("flood", saved, start)).toBe(0);
  for (let node = 0; node < 25_000; node += 1) expect(pace.take(`home ${node}`, 1, start)).toBe(0);
  expect(pace.take("flood", 1, start)).toBeGreaterThan(0);
});
