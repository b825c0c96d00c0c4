import { dateAfter, datesBetween, nextDate, previousDate } from "@heatloop/core/time/local-day";
import { neighbourPeriods } from "@heatloop/core/time/neighbour-periods";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const today = "2026-11-29";

describe("the periods beside one", () => {
  it.each([
    ["a day", "2026-11-01", "2026-11-01", "2026-10-31 2026-10-31", "2026-11-02 2026-11-02"],
    ["a week", "2026-11-09", "2026-11-15", "2026-11-02 2026-11-08", "2026-11-16 2026-11-22"],
    ["a month after a longer one", "2026-02-01", "2026-02-28", "2026-01-01 2026-01-31", "2026-03-01 2026-03-31"],
    ["the month before the running one", "2026-10-01", "2026-10-31", "2026-09-01 2026-09-30", "2026-11-01 2026-11-29"],
    ["the running month", "2026-11-01", "2026-11-29", "2026-10-01 2026-10-31", undefined],
    ["the running heating year", "2026-07-01", "2026-11-29", "2025-07-01 2026-06-30", undefined],
    ["a heating year", "2024-07-01", "2025-06-30", "2023-07-01 2024-06-30", "2025-07-01 2026-06-30"],
    ["a leap year", "2024-01-01", "2024-12-31", "2023-01-01 2023-12-31", "2025-01-01 2025-12-31"],
    ["the running year", "2026-01-01", "2026-11-29", "2025-01-01 2025-12-31", undefined],
    ["any ten days", "2026-03-05", "2026-03-14", "2026-02-23 2026-03-04", "2026-03-15 2026-03-24"],
    ["any days before today", "2026-11-18", "2026-11-27", "2026-11-08 2026-11-17", "2026-11-28 2026-11-29"],
    ["today", "2026-11-29", "2026-11-29", "2026-11-28 2026-11-28", undefined],
  ])("of %s are whole ones of its kind, until today", (_, from, to, before, after) => {
    const { previous, next } = neighbourPeriods({ from, to }, today);
    expect(`${previous.from} ${previous.to}`).toBe(before);
    expect(next && `${next.from} ${next.to}`).toBe(after);
  });

  it("touch any range without a gap, and end today at the latest", () => {
    const days = fc.integer({ min: 0, max: 800 });
    fc.assert(
      fc.property(days, days, (ago, length) => {
        const from = dateAfter(today, -ago - length);
        const to = dateAfter(today, -ago);
        const { previous, next } = neighbourPeriods({ from, to }, today);
        expect(previous.to).toBe(previousDate(from));
        expect(datesBetween(previous.from, previous.to).length).toBeGreaterThan(0);
        if (to >= today) expect(next).toBeUndefined();
        else if (next !== undefined) {
          expect(next.from).toBe(nextDate(to));
          expect(next.to <= today && next.from <= next.to).toBe(true);
        }
      }),
    );
  });
});
