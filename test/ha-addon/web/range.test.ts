import { zoneOf } from "@heatloop/core/time/local-day";
import { checkedRange, datesOf, type RangeQuery } from "@heatloop/ha-addon/web/range";
import { mistakeLine } from "@heatloop/program/mistakes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const now = Date.parse("2026-11-21T10:30:00+01:00");

function rules(zoneName = "Europe/Rome", at = now) {
  const zone = zoneOf(zoneName);
  if (zone === undefined) throw new Error(zoneName);
  return { now: at, zone, usualDays: 0, longestDays: 31 };
}

function isoRange(query: RangeQuery, by = rules()): string {
  const range = checkedRange(query, by);
  if (!range.ok) return range.mistakes.map(mistakeLine).join("\n");
  return `${by.zone.isoOf(range.value.fromMs)} ${by.zone.isoOf(range.value.toMs)}`;
}

describe("the range of a query", () => {
  it.each<[string, RangeQuery, string]>([
    ["nothing is today", {}, "2026-11-21T00:00:00+01:00 2026-11-22T00:00:00+01:00"],
    [
      "a date is its whole day",
      { from: "2026-11-19", to: "2026-11-19" },
      "2026-11-19T00:00:00+01:00 2026-11-20T00:00:00+01:00",
    ],
    ["to alone is its day", { to: "2026-11-10" }, "2026-11-10T00:00:00+01:00 2026-11-11T00:00:00+01:00"],
    ["from alone ends today", { from: "2026-11-20" }, "2026-11-20T00:00:00+01:00 2026-11-22T00:00:00+01:00"],
    [
      "instants are taken as they are",
      { from: "2026-11-20T08:00Z", to: "2026-11-20T10:30:15.5+02:00" },
      "2026-11-20T09:00:00+01:00 2026-11-20T09:30:15+01:00",
    ],
    [
      "a plus that became a space",
      { from: "2026-11-20T08:00:00 01:00", to: "2026-11-20" },
      "2026-11-20T08:00:00+01:00 2026-11-21T00:00:00+01:00",
    ],
  ])("%s", (_name, query, range) => {
    expect(isoRange(query)).toBe(range);
  });

  it.each([
    ["Europe/Rome", "2026-03-29", 23],
    ["Europe/Rome", "2026-10-25", 25],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
    ["Asia/Kathmandu", "2026-03-29", 24],
  ])("in %s the %s has %d hours", (zoneName, date, hours) => {
    const range = checkedRange({ from: date, to: date }, rules(zoneName));
    expect(range.ok && (range.value.toMs - range.value.fromMs) / 3_600_000).toBe(hours);
  });

  it.each<[RangeQuery, string]>([
    [
      { from: "yesterday" },
      "from: found a text that is not shown here; allowed: a date such as 2026-01-31, or an instant",
    ],
    [{ from: "2026-02-30" }, 'from: found "2026-02-30"'],
    [{ from: "2026-11-20T08:00:00" }, "from: found"],
    [{ from: "2026-02-30T08:00:00Z" }, "from: found"],
    [{ from: "2026-11-20T25:00:00Z" }, "from: found"],
    [{ from: "" }, "from: found an empty text"],
    [{ from: "1789000000" }, "from: found"],
    [{ to: "0000-01-01" }, 'to: found "0000-01-01"; allowed: a date such as 2026-01-31, or an instant'],
    [{ to: "0001-12-31T23:59:59Z" }, "to: found"],
    [{ from: "1999-12-31", to: "2000-01-01" }, "from: found"],
    [{ from: "9999-12-31" }, "from: found"],
    [
      { from: "2026-11-22" },
      'from: found "2026-11-22"; allowed: a time that has begun; now is 2026-11-21T10:30:00+01:00',
    ],
    [{ to: "2026-11-23" }, 'to: found "2026-11-23"; allowed: at most today, 2026-11-21'],
    [{ from: "2026-11-20", to: "2026-11-19" }, 'to: found "2026-11-19"; allowed: a time after from'],
    [{ from: "2026-11-20T08:00Z", to: "2026-11-20T08:00Z" }, "to: found"],
    [{ from: "2026-10-01", to: "2026-11-19" }, "allowed: at most 31 days before to"],
  ])("%j is refused: %s", (query, line) => {
    expect(isoRange(query)).toContain(line);
  });

  it("names what is wrong with both ends at once", () => {
    expect(isoRange({ from: "x", to: "y" }).split("\n")).toHaveLength(2);
  });

  it("of the longest number of days is allowed also where one of them has 25 hours", () => {
    expect(isoRange({ from: "2026-10-01", to: "2026-10-31" })).toMatch(/^2026-10-01.* 2026-11-01/);
  });

  it("of any text is a range that goes forward and has begun, or a mistake", () => {
    const text = fc.option(
      fc.oneof(
        fc.string(),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      ),
      {
        nil: undefined,
      },
    );
    fc.assert(
      fc.property(text, text, (from, to) => {
        const range = checkedRange({ from, to }, rules());
        if (range.ok) {
          expect(range.value.fromMs).toBeLessThan(range.value.toMs);
          expect(range.value.fromMs).toBeLessThanOrEqual(now);
        } else {
          expect(range.mistakes.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("gives the dates that it touches", () => {
    const { zone } = rules();
    const range = checkedRange({ from: "2026-11-18T23:30:00+01:00", to: "2026-11-20T00:00:00+01:00" }, rules());
    expect(range.ok && datesOf(range.value, zone)).toEqual({ from: "2026-11-18", to: "2026-11-19" });
  });
});
