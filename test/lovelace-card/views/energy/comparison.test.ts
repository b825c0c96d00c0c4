import { comparedFigures } from "@heatloop/core/house/compare-periods";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import { type DateRange, rangeAround } from "@heatloop/lovelace-card/range/date-range";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { comparedRanges } from "@heatloop/lovelace-card/views/energy/compared-ranges";
import type { ComparisonShown, FigureChange } from "@heatloop/lovelace-card/views/energy/comparison";
import { comparedLines, incomparableTexts } from "@heatloop/lovelace-card/views/energy/comparison-words";
import { describe, expect, it } from "vitest";
import { fakeHome } from "#test/lovelace-card/support/fake-home.ts";

const today = "2026-11-21";

describe("what a range is compared with", () => {
  const picked: DateRange = { from: "2026-11-01", to: "2026-11-10", unit: undefined };

  it.each<[string, DateRange, string, readonly string[]]>([
    ["a week", rangeAround("week", "2026-11-10", 1), "2026-11-09 2026-11-15", ["2026-11-02 2026-11-08"]],
    ["this week", rangeAround("week", today, 1), "2026-11-16 2026-11-21", ["2026-11-09 2026-11-15"]],
    [
      "a month",
      rangeAround("month", "2026-10-10", 1),
      "2026-10-01 2026-10-31",
      ["2025-10-01 2025-10-31", "2026-09-01 2026-09-30"],
    ],
    [
      "this month",
      rangeAround("month", today, 1),
      "2026-11-01 2026-11-21",
      ["2025-11-01 2025-11-30", "2026-10-01 2026-10-31"],
    ],
    [
      "a February of a leap year",
      rangeAround("month", "2024-02-10", 1),
      "2024-02-01 2024-02-29",
      ["2023-02-01 2023-02-28", "2024-01-01 2024-01-31"],
    ],
    ["a year", rangeAround("year", "2025-11-10", 1), "2025-01-01 2025-12-31", ["2024-01-01 2024-12-31"]],
    ["this year", rangeAround("year", today, 1), "2026-01-01 2026-11-21", ["2025-01-01 2025-11-21"]],
    ["a heating year", rangeAround("season", "2026-01-10", 1), "2025-07-01 2026-06-30", ["2024-07-01 2025-06-30"]],
    ["this heating year", rangeAround("season", today, 1), "2026-07-01 2026-11-21", ["2025-07-01 2025-11-21"]],
    ["ten picked days", picked, "2026-11-01 2026-11-10", ["2026-10-22 2026-10-31"]],
  ])("of %s is the time before with the like sun", (_, range, after, befores) => {
    const found = comparedRanges(range, today, 1);
    const text = ({ from, to }: DateRange) => `${from} ${to}`;
    expect([found && text(found.after), found?.befores.map(text)]).toEqual([after, befores]);
  });

  it("of a year that runs on a leap day ends on 28 February", () => {
    const found = comparedRanges(rangeAround("year", "2028-02-29", 1), "2028-02-29", 1);
    expect(found?.befores).toEqual([{ from: "2027-01-01", to: "2027-02-28", unit: undefined }]);
  });

  it.each<[string, DateRange]>([
    ["a day", rangeAround("day", today, 1)],
    ["six picked days", { from: "2026-11-01", to: "2026-11-06", unit: undefined }],
    ["a month that is yet to come", rangeAround("month", "2026-12-10", 1)],
  ])("of %s is nothing", (_, range) => {
    expect(comparedRanges(range, today, 1)).toBeUndefined();
  });
});

describe("a comparison in words", () => {
  const words = { formats: formatsOf(fakeHome([]).hass), texts: english };
  const [october, november] = [rangeAround("month", "2026-10-10", 1), rangeAround("month", today, 1)];
  const change = (of: Partial<FigureChange> = {}): FigureChange => ({
    days_before: 12,
    days_after: 18,
    before: 1000,
    after: 900,
    difference: -100,
    uncertainty: 40,
    verdict: "less",
    ...of,
  });
  const shownOf = (changes: Record<string, FigureChange | null>): ComparisonShown => ({
    before: october,
    unknown: [],
    answer: { outdoor_before_c: null, outdoor_after_c: null, changes: changes as never },
  });
  const none = {
    heating_w: null,
    heating_electricity_w: null,
    heating_cop: null,
    hot_water_cop: null,
    starts: null,
    short_runs: null,
    run_minutes: null,
  };
  const lineOf = (figure: keyof typeof none, of: FigureChange | null) => {
    const named = { ...none, [figure]: of };
    const at = ["heating_electricity_w", "heating_w", "heating_cop", "hot_water_cop", "starts", "short_runs"];
    const line = comparedLines(shownOf(named), words)[at.includes(figure) ? at.indexOf(figure) : 6];
    return [line?.name, line?.said, ...(line?.notes ?? [])].join("; ").replaceAll("\u00a0", " ");
  };
  const days = "18 days against 12 equally cold ones";

  it.each([
    [
      "heating_electricity_w",
      change(),
      `Electricity for heating; 10 % less; 21.6 kWh a day instead of 24.0 kWh, difference -2.4 ± 1.0 kWh; ${days}`,
    ],
    [
      "heating_w",
      change({ after: 1100, difference: 100, verdict: "more" }),
      `Heat for heating; 10 % more; 26.4 kWh a day instead of 24.0 kWh, difference +2.4 ± 1.0 kWh; ${days}`,
    ],
    [
      "heating_w",
      change({ after: 999, difference: -1, verdict: "no_change" }),
      `Heat for heating; No change; 24.0 kWh a day instead of 24.0 kWh, difference 0.0 ± 1.0 kWh; ${days}`,
    ],
    [
      "heating_cop",
      change({ before: 3.5, after: 4.2, difference: 0.7, uncertainty: 0.21, verdict: "more" }),
      `COP of heating; 20 % more; 4.20 instead of 3.50, difference +0.70 ± 0.21; ${days}`,
    ],
    [
      "short_runs",
      change({ before: 0, after: 3, difference: 3, uncertainty: 1, verdict: "more" }),
      `Short runs; 3.0 more; 3.0 a day instead of 0.0, difference +3.0 ± 1.0; ${days}`,
    ],
    [
      "run_minutes",
      change({ before: 60, after: 45, difference: -15, uncertainty: 8, verdict: "less" }),
      `Mean run; 25 % less; 45 min instead of 60 min, difference -15 ± 8 min; ${days}`,
    ],
    ["starts", null, "Starts; Too few equally cold days in both"],
  ] as const)("has %s with how much and how sure", (figure, of, text) => {
    expect(lineOf(figure, of)).toBe(text);
  });

  it("has the weather of both where they are not comparable, in the units of the house", () => {
    const answer = { outdoor_before_c: { from: -3.2, to: 4 }, outdoor_after_c: { from: 9, to: 15 }, changes: null };
    const texts = (unit: string) =>
      incomparableTexts({ before: october, answer, unknown: [] }, november, { ...words, unit });
    expect(texts("°C").map((text) => text.replaceAll("\u00a0", " "))).toEqual([
      "Not comparable: hardly any days were equally cold in both.",
      "October 2026: -3 °C to 4 °C outdoors",
      "November 2026: 9 °C to 15 °C outdoors",
    ]);
    expect(texts("°F")[1]?.replaceAll("\u00a0", " ")).toBe("October 2026: 26 °F to 39 °F outdoors");
  });

  it("says of which time no whole day is known", () => {
    const answer = { outdoor_before_c: { from: 0, to: 4 }, outdoor_after_c: null, changes: null };
    const said = incomparableTexts({ before: october, answer, unknown: [] }, november, { ...words, unit: "°C" });
    expect(said).toEqual(["No whole day of November 2026 is known."]);
  });

  it("has a line for each figure that the app compares", () => {
    const names = comparedLines(shownOf(none), words).map(({ name }) => name);
    expect(new Set(names).size).toBe(comparedFigures.length);
  });
});
