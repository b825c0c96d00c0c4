import { rangeLimits } from "@heatloop/lovelace-card/range/range-limits";
import { describe, expect, it } from "vitest";

const today = "2026-11-21";

describe("the limits of a range", () => {
  it.each([
    ["a day before", "2026-11-20", "2026-11-20", { isNow: false, back: true, on: true, until: "2026-11-20" }],
    ["today", "2026-11-21", "2026-11-21", { isNow: true, back: true, on: false, until: "2026-11-21" }],
    ["this month", "2026-11-01", "2026-11-30", { isNow: true, back: true, on: false, until: "2026-11-21" }],
    ["this week, to today", "2026-11-15", "2026-11-21", { isNow: true, back: true, on: false, until: "2026-11-21" }],
    ["last year", "2025-01-01", "2025-12-31", { isNow: false, back: true, on: true, until: "2025-12-31" }],
    ["tomorrow", "2026-11-22", "2026-11-22", { isNow: false, back: true, on: false, until: undefined }],
    [
      "the day after the first",
      "2016-11-22",
      "2016-11-22",
      { isNow: false, back: true, on: true, until: "2016-11-22" },
    ],
    ["the first day", "2016-11-21", "2016-11-21", { isNow: false, back: false, on: true, until: "2016-11-21" }],
    ["the first year", "2016-01-01", "2016-12-31", { isNow: false, back: false, on: true, until: "2016-12-31" }],
    ["long ago", "1999-01-01", "1999-12-31", { isNow: false, back: false, on: true, until: "1999-12-31" }],
  ] as const)("of %s", (_, from, to, { isNow, back, on, until }) => {
    const known = until === undefined ? undefined : { from, to: until };
    expect(rangeLimits({ from, to }, today)).toEqual({ isNow, canGoBack: back, canGoOn: on, known });
  });

  it("begin ten years ago on a leap day too", () => {
    expect(rangeLimits({ from: "2018-03-01", to: "2018-03-01" }, "2028-02-29").canGoBack).toBe(true);
    expect(rangeLimits({ from: "2018-02-28", to: "2018-02-28" }, "2028-02-29").canGoBack).toBe(false);
  });
});
