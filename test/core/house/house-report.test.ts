import { dayEvents } from "@heatloop/core/events/day-events";
import { houseReport } from "@heatloop/core/house/house-report";
import { datesBetween } from "@heatloop/core/time/local-day";
import { describe, expect, it } from "vitest";
import { heatingDay, rome } from "#test/core/examples/example-days.ts";

const to = "2026-01-30";
const outdoorOf = (date: string) => (Number(date.slice(8)) % 12) - 2;

/** The house as the days from one date to the 30th show it, for a report of the last three days. */
function houseLearnedFrom(from: string, degreeDays: string) {
  const dates = datesBetween(from, to);
  const nothing = dayEvents({ date: to, zone: rome, minutes: [] });
  const events = dates.map((date) => {
    const meanC = outdoorOf(date);
    return [date, { ...nothing, date, outdoor: { meanC, lowestC: meanC, highestC: meanC, minutes: 1440 } }] as const;
  });
  return houseReport({
    from: "2026-01-28",
    to,
    zone: rome,
    now: rome.endOf(to),
    days: dates.map((date) => heatingDay(date, (17 - outdoorOf(date)) * 2.5, 10)),
    events: new Map(events),
    setup: { designTemperatureC: null, degreeDays },
  });
}

describe("degree days of a report", () => {
  it("as the owner counts them are the same however much is known of the house", () => {
    const [early, late] = [houseLearnedFrom("2026-01-28", "20/15"), houseLearnedFrom("2026-01-01", "20/15")];
    const chosen = { name: "20/15", baseC: 20, limitC: 15, kelvinDays: 18 + 17 + 16 };
    expect(early).toMatchObject({ model: { house: null }, degreeDays: { days: 3, baseC: 15.5, chosen } });
    expect(late?.model.house?.baseTemperatureC).toBeCloseTo(17, 6);
    expect(late?.degreeDays).toMatchObject({ days: 3, chosen });
    expect(late?.degreeDays.baseC).toBeCloseTo(17, 6);
    expect(late?.degreeDays.kelvinDays).toBeCloseTo(15 + 14 + 13, 6);
  });

  it("may be counted as a country does", () => {
    expect(houseLearnedFrom("2026-01-28", "FR")?.degreeDays.chosen).toMatchObject({
      name: "FR",
      baseC: 18,
      kelvinDays: 45,
    });
  });
});
