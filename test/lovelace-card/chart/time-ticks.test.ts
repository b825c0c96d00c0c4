import { localTime } from "@heatloop/lovelace-card/chart/local-time";
import { timeTicks } from "@heatloop/lovelace-card/chart/time-ticks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const hour = 3_600_000;
const day = 24 * hour;

function calendarOf(timeZone = "Europe/Rome", language = "en-GB", firstWeekday = 1) {
  const format = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
  return { timeZone, language, firstWeekday, time: (at: number) => format.format(at) };
}

const labels = (from: string, to: string, most: number, calendar = calendarOf()) =>
  timeTicks({ from: Date.parse(from), to: Date.parse(to) }, calendar, most).map(
    ({ label, strong }) => label + (strong ? "!" : ""),
  );

describe("the marks of the time axis", () => {
  it.each([
    ["2026-11-21T06:07:00Z", "2026-11-21T06:34:00Z", 3, ["07:10", "07:20", "07:30"]],
    ["2026-11-21T03:30:00Z", "2026-11-21T09:30:00Z", 6, ["05:00", "06:00", "07:00", "08:00", "09:00", "10:00"]],
    ["2026-11-20T09:30:00Z", "2026-11-21T09:30:00Z", 4, ["12:00", "18:00", "21 Nov!", "06:00"]],
    [
      "2026-11-14T09:30:00Z",
      "2026-11-21T09:30:00Z",
      7,
      ["Sun 15", "Mon 16!", "Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21"],
    ],
    ["2026-10-22T09:30:00Z", "2026-11-21T09:30:00Z", 5, ["26 Oct", "2 Nov", "9 Nov", "16 Nov"]],
    ["2025-11-21T09:30:00Z", "2026-11-21T09:30:00Z", 6, ["2026!", "Mar", "May", "Jul", "Sept", "Nov"]],
    ["2020-11-21T09:30:00Z", "2026-11-21T09:30:00Z", 6, ["2021!", "2022!", "2023!", "2024!", "2025!", "2026!"]],
  ])("from %s to %s, at most %d", (from, to, most, expected) => {
    expect(labels(from, to, most)).toEqual(expected);
  });

  it("are at the hours of the wall in the nights when the clocks change", () => {
    // The night of 29 March has no 02:00; that of 25 October has it twice.
    expect(labels("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z", 7)).toEqual([
      "29 Mar!",
      "01:00",
      "03:00",
      "04:00",
      "05:00",
      "06:00",
      "07:00",
    ]);
    expect(labels("2026-10-24T22:00:00Z", "2026-10-25T04:00:00Z", 7)).toEqual([
      "25 Oct!",
      "01:00",
      "02:00",
      "02:00",
      "03:00",
      "04:00",
      "05:00",
    ]);
    expect(labels("2026-03-28T11:00:00Z", "2026-03-29T22:00:00Z", 7)).toEqual([
      "12:00",
      "18:00",
      "29 Mar!",
      "06:00",
      "12:00",
      "18:00",
      "30 Mar!",
    ]);
    expect(labels("2026-10-24T10:00:00Z", "2026-10-25T23:00:00Z", 7)).toEqual([
      "12:00",
      "18:00",
      "25 Oct!",
      "06:00",
      "12:00",
      "18:00",
      "26 Oct!",
    ]);
  });

  it("begin weeks and days where the person's do", () => {
    const sunday = calendarOf("America/New_York", "en-US", 0);
    expect(labels("2026-10-22T09:30:00Z", "2026-11-21T09:30:00Z", 5, sunday)).toEqual([
      "Oct 25",
      "Nov 1",
      "Nov 8",
      "Nov 15",
    ]);
    expect(labels("2026-11-20T12:00:00Z", "2026-11-22T12:00:00Z", 2, calendarOf("Asia/Kolkata"))).toEqual([
      "21 Nov",
      "22 Nov",
    ]);
  });

  it("are within the span, in order, and not more than fit, in any zone and at any length", () => {
    const zones = ["Europe/Rome", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"];
    const from = fc.integer({ min: Date.parse("2025-01-01"), max: Date.parse("2027-01-01") });
    const length = fc.double({ min: Math.log(10 * 60_000), max: Math.log(3 * 365 * day), noNaN: true }).map(Math.exp);
    const times = new Map(zones.map((zone) => [zone, { ...calendarOf(), timeZone: zone }]));
    fc.assert(
      fc.property(
        fc.constantFrom(...times.values()),
        from,
        length,
        fc.integer({ min: 1, max: 12 }),
        (calendar, start, ms, most) => {
          const at = timeTicks({ from: start, to: start + ms }, calendar, most).map((tick) => tick.at);
          expect(at.length).toBeLessThanOrEqual(most + 2);
          expect(
            at.every(
              (each, index) => each >= start && each <= start + ms && (index === 0 || each > (at[index - 1] ?? 0)),
            ),
          ).toBe(true);
        },
      ),
    );
  });
});

describe("local time", () => {
  it("goes there and back at every hour of two years", () => {
    const { wallAt, atWall } = localTime("Europe/Rome");
    for (let at = Date.parse("2025-01-01T00:00:00Z"); at < Date.parse("2027-01-01T00:00:00Z"); at += hour) {
      // Of the hour that comes twice the first is meant.
      expect([at, at - hour]).toContain(atWall(wallAt(at)));
    }
  });
});
