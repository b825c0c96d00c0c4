import { describe, expect, it } from "vitest";
import { archiveOf, day, hourWh, later } from "#test/support/examples/archive.ts";

describe("a file of the archive with a day's rows, then a hundred thousand lines and more that are none", () => {
  it.each([
    [90_000, "and 89980 more of this day"],
    [8_000_000, /^and 10\d{4} more of this day$/],
  ])("%d of them: has the day, and how many lines are wrong", async (count, more) => {
    const { open } = archiveOf({ "2026-01-01.csv": `${day("2026-01-01")}${"x\n".repeat(count)}` });
    const { days, problems } = await open().daysAndProblems("pump", "2026-01-01", "2026-01-31", later);
    expect(days.map(({ date, heatWh }) => [date, heatWh])).toEqual([["2026-01-01", hourWh]]);
    expect(problems).toHaveLength(21);
    expect(problems[0]).toMatchObject({ line: 62, problem: expect.stringContaining("the header has") });
    expect(problems.at(-1)?.problem).toMatch(more);
  });

  it("is read no further where its time does not come first either", async () => {
    const text = `covered_s,time,heat_wh\n60,2026-01-01T00:00:00+01:00,30\n${"x\n".repeat(8_000_000)}`;
    const { days, problems } = await archiveOf({ "2026-01-01.csv": text })
      .open()
      .daysAndProblems("pump", "2026-01-01", "2026-01-31", later);
    expect(days.map(({ date, loggedMinutes }) => [date, loggedMinutes])).toEqual([["2026-01-01", 1]]);
    expect(problems).toHaveLength(21);
  });
});
