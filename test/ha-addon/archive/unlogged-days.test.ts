import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { periodEnergy } from "@heatloop/core/energy/period-energy";
import type { Minute } from "@heatloop/core/minute/minute";
import { describe, expect, test } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { archiveOf, csvOf, later, rome } from "#test/support/examples/archive.ts";

const reportedTotals = {
  heating_heat_yesterday: 24,
  heating_electricity_yesterday: 7.5,
  dhw_heat_yesterday: 6,
  dhw_electricity_yesterday: 2.25,
};
const totals = { heatingHeatWh: 24_000, heatingElectricityWh: 7500, hotWaterHeatWh: 6000, hotWaterElectricityWh: 2250 };

/** A whole day of heating; `points` are those of each minute. */
function wholeDay(date: string, points: Minute["points"] = {}): string {
  const minutes: Minute[] = [];
  for (let at = rome.startOf(date); at < rome.endOf(date); at += 60_000) {
    minutes.push(wholeMinute(at, "heating", { heatWh: 30, electricityWh: 0 }, points));
  }
  return csvOf(minutes);
}

const range = ["pump", "2026-01-01", "2026-01-31", later] as const;

describe("a day on which nothing was logged", () => {
  test("has what the controller reported of it on the day after, and nothing that was not seen", async () => {
    const { open } = archiveOf({
      "2026-01-05.csv": wholeDay("2026-01-05"),
      "2026-01-07.csv": wholeDay("2026-01-07", reportedTotals),
    });
    const { days, problems } = await open().daysAndProblems(...range);
    expect(days.map(({ date, loggedMinutes }) => [date, loggedMinutes])).toEqual([
      ["2026-01-05", 1440],
      ["2026-01-06", 0],
      ["2026-01-07", 1440],
    ]);
    const day = days[1];
    expect(day).toMatchObject({
      coveredS: 0,
      coverage: 0,
      complete: false,
      heatWh: null,
      electricityWh: null,
      cop: null,
    });
    expect(day?.controller).toMatchObject(totals);
    expect(day?.sources.electricity).toMatchObject({ source: "controller", wh: 9750 });
    expect(day?.sources.heat?.source).toBe("controller");
    expect(day?.gaps).toEqual([{ startAt: rome.startOf("2026-01-06"), seconds: 86_400, cause: "program_off" }]);
    expect(problems.map(({ problem }) => problem)).toEqual(["there is no minute of 2026-01-06"]);
  });

  test("counts in the electricity of a period, and not as a day that was logged", async () => {
    const { open } = archiveOf({
      "2026-01-05.csv": wholeDay("2026-01-05"),
      "2026-01-07.csv": wholeDay("2026-01-07", reportedTotals),
    });
    const { days } = await open().daysAndProblems(...range);
    const period = periodEnergy({ from: "2026-01-05", to: "2026-01-07", zone: rome, now: later, days });
    expect(period.days).toMatchObject({ all: 3, logged: 2, complete: 2 });
    expect(period.sources.electricity?.wh).toBe(9750);
  });

  test("is none of the days where the day after has no report either", async () => {
    const { open } = archiveOf({
      "2026-01-05.csv": wholeDay("2026-01-05"),
      "2026-01-08.csv": wholeDay("2026-01-08"),
    });
    const { days } = await open().daysAndProblems(...range);
    expect(days.map(({ date }) => date)).toEqual(["2026-01-05", "2026-01-08"]);
  });

  test("is the same from what was kept, and is made again when it is logged after all", async () => {
    const files = {
      "2026-01-05.csv": wholeDay("2026-01-05"),
      "2026-01-07.csv": wholeDay("2026-01-07", reportedTotals),
    };
    const { open, home } = archiveOf(files);
    const fresh = await open().daysAndProblems(...range);
    for (let i = 0; i < 2; i += 1) expect(await open(true).daysAndProblems(...range)).toEqual(fresh);
    writeFileSync(join(home, "2026-01-06.csv"), wholeDay("2026-01-06"));
    const { days } = await open(true).daysAndProblems(...range);
    expect(days.map(({ loggedMinutes }) => loggedMinutes)).toEqual([1440, 1440, 1440]);
  });
});
