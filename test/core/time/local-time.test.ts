import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { instantOf } from "@heatloop/core/time/local-time";
import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";

const rome = zoneOf("Europe/Rome") as Zone;
const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString().slice(0, 16));

describe("a written time", () => {
  test.each([
    ["2026-01-31T14:15:00+01:00", "2026-01-31T13:15"],
    ["2026-01-31 14:15:00+01:00", "2026-01-31T13:15"],
    ["2026-01-31T14:15:00.000+0100", "2026-01-31T13:15"],
    ["2026-01-31T14:15Z", "2026-01-31T14:15"],
    ["2026-01-31 14:15", "2026-01-31T13:15"],
    ["2026-07-31 14:15", "2026-07-31T12:15"],
    [" 2026-07-31T14:15:00 ", "2026-07-31T12:15"],
  ])("%s is the instant %s", (text, instant) => {
    expect(iso(instantOf(text, rome))).toBe(instant);
  });

  test.each([
    "",
    "2026-01-31",
    "14:15",
    "2026-02-30T10:00",
    "2026-01-31T24:00",
    "2026-01-31T12:61Z",
    "1 Jan 2026",
    "now",
  ])("%j is none", (text) => expect(instantOf(text, rome)).toBeUndefined());

  test("that the clock leaps over is none", () => {
    expect(instantOf("2026-03-29 02:30", rome)).toBeUndefined();
    expect(iso(instantOf("2026-03-29 03:00", rome))).toBe("2026-03-29T01:00");
  });

  test("that the clock shows twice is the first, after that the second", () => {
    const first = instantOf("2026-10-25 02:30", rome);
    expect(iso(first)).toBe("2026-10-25T00:30");
    expect(iso(instantOf("2026-10-25 02:30", rome, first))).toBe("2026-10-25T01:30");
    expect(iso(instantOf("2026-10-25 02:00", rome, first))).toBe("2026-10-25T01:00");
  });
});

test("a local time is the instant that luxon finds, in any zone", () => {
  const zones = ["Europe/Rome", "Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];
  const start = Date.parse("2020-01-01T00:00Z") / 60_000;
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 8 * 525_600 }), (name, minute) => {
      const zone = zoneOf(name) as Zone;
      const at = (start + minute) * 60_000;
      const local = DateTime.fromMillis(at, { zone: name });
      const found = instantOf(local.toFormat("yyyy-MM-dd HH:mm"), zone) as number;
      expect([at, ...local.getPossibleOffsets().map((each) => each.toMillis())]).toContain(found);
      expect(DateTime.fromMillis(found, { zone: name }).toFormat("yyyy-MM-dd HH:mm")).toBe(
        local.toFormat("yyyy-MM-dd HH:mm"),
      );
      expect(instantOf(local.toISO() as string, zone)).toBe(at);
    }),
  );
});
