import { hourMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { cellMs, closedSlots, growingSlots, slotsByDate } from "@heatloop/core/time/slots";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slotSeries } from "#test/core/examples/example-slots.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const at = (text: string) => Date.parse(text);

describe("slots without an end", () => {
  const open = (text: string, value = 1) => ({ start: at(text), end: null, value });
  const lengthsMin = (texts: readonly string[]) =>
    closedSlots(
      texts.map((text) => open(text)),
      rome,
    ).map(({ start, end }) => (end - start) / 60_000);

  test.each([
    ["hours", ["2026-01-31T00:00Z", "2026-01-31T01:00Z", "2026-01-31T02:00Z"], [60, 60, 60]],
    ["quarter hours", ["2026-01-31T00:00Z", "2026-01-31T00:15Z", "2026-01-31T00:30Z"], [15, 15, 15]],
    ["quarter hours with one missing", ["2026-01-31T00:00Z", "2026-01-31T00:15Z", "2026-01-31T00:45Z"], [15, 15, 15]],
    ["hours with half a day missing", ["2026-01-31T00:00Z", "2026-01-31T01:00Z", "2026-01-31T13:00Z"], [60, 60, 60]],
    ["one alone", ["2026-01-31T00:00Z"], [60]],
    [
      "hours of one day, quarter hours of the next",
      ["2025-09-30T20:00Z", "2025-09-30T21:00Z", "2025-09-30T22:00Z", "2025-09-30T22:15Z"],
      [60, 60, 15, 15],
    ],
  ])("hold until the next, no longer than their day's step: %s", (_what, texts, lengths) => {
    expect(lengthsMin(texts)).toEqual(lengths);
  });

  test("keep their order, and an end that is given", () => {
    const reported = { start: at("2026-01-31T10:00Z"), end: at("2026-01-31T16:00Z"), value: 3 };
    expect(closedSlots([reported, open("2026-01-31T00:00Z")], rome).map(({ value }) => value)).toEqual([3, 1]);
    expect(closedSlots([reported], rome)).toEqual([reported]);
  });
});

describe("a series", () => {
  const series = slotSeries([
    { start: 0, end: hourMs, value: 1 },
    { start: hourMs / 2, end: 2 * hourMs, value: 2 },
  ]);

  test("knows its values, the later slot where two overlap, and null outside", () => {
    expect([-1, 0, hourMs / 2 - 1, hourMs / 2, 2 * hourMs - 1, 2 * hourMs].map((time) => series.at(time))).toEqual([
      null,
      1,
      1,
      2,
      2,
      null,
    ]);
  });
});

test("a slot is cut at midnight into pieces of one local date", () => {
  const slot = { start: at("2026-03-28T20:00Z"), end: at("2026-03-30T00:00Z"), value: 1 };
  const pieces = slotsByDate(slot, rome);
  expect(pieces.map(({ start, end }) => [rome.dateOf(start), (end - start) / hourMs])).toEqual([
    ["2026-03-28", 3],
    ["2026-03-29", 23],
    ["2026-03-30", 2],
  ]);
});

test("what was added last is what a series has, for any slots", () => {
  const slot = fc
    .record({ from: fc.nat(40), length: fc.integer({ min: 1, max: 20 }), value: fc.nat(3) })
    .map(({ from, length, value }) => ({ start: from * cellMs, end: (from + length) * cellMs, value }));
  fc.assert(
    fc.property(fc.array(slot, { minLength: 1 }), (slots) => {
      const series = growingSlots();
      for (const each of slots) {
        series.add(each);
        expect(series.has(each)).toBe(true);
      }
      for (let cell = 0; cell < 60; cell += 1) {
        const last = slots.findLast(({ start, end }) => start <= cell * cellMs && cell * cellMs < end);
        expect(series.at(cell * cellMs + 1)).toBe(last?.value ?? null);
      }
    }),
  );
});
