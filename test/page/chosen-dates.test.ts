import { dateAfter } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datesOfChoice, mistakeOfDates, namedRanges } from "../../ha-addon/web/views/chosen-dates.ts";

describe("dates by name", () => {
  it.each([
    ["yesterday", "2026-03-01", "2026-02-28", "2026-02-28"],
    ["last_7_days", "2026-01-03", "2025-12-28", "2026-01-03"],
    ["this_month", "2026-11-01", "2026-11-01", "2026-11-01"],
    ["last_month", "2026-01-31", "2025-12-01", "2025-12-31"],
    ["last_month", "2028-03-31", "2028-02-01", "2028-02-29"],
    ["heating_season", "2026-06-30", "2025-07-01", "2026-06-30"],
    ["heating_season", "2026-07-01", "2026-07-01", "2026-07-01"],
    ["this_year", "2026-01-01", "2026-01-01", "2026-01-01"],
  ] as const)("%s on %s is %s to %s", (name, today, from, to) => {
    expect(datesOfChoice(name, today)).toEqual({ from, to });
  });

  it("can be asked for on any day", () => {
    const day = fc.integer({ min: 0, max: 30_000 }).map((days) => dateAfter("2010-01-01", days));
    fc.assert(
      fc.property(day, fc.constantFrom(...namedRanges), (today, name) => {
        expect(mistakeOfDates(datesOfChoice(name, today), today)).toBeUndefined();
      }),
    );
  });
});

describe("dates in fields", () => {
  it.each([
    ["2026-11-01", "2026-11-21", undefined],
    ["2026-11-21", "2026-11-21", undefined],
    ["", "2026-11-21", "range_empty"],
    ["2026-11-01", "", "range_empty"],
    ["2026-02-30", "2026-11-21", "range_empty"],
    ["2026-11-02", "2026-11-01", "range_wrong"],
    ["2026-11-01", "2026-11-22", "range_ahead"],
    ["2026-12-24", "2026-12-31", "range_ahead"],
  ])("from %j to %j on 2026-11-21: %s", (from, to, mistake) => {
    expect(mistakeOfDates({ from, to }, "2026-11-21")).toBe(mistake);
  });
});
