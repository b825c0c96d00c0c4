import { clockTimeOf, fileTimeOf, isDayOfYear } from "@heatloop/core/time/calendar";
import { expect, it } from "vitest";

it.each([
  ["12-25", true],
  ["02-29", true],
  ["02-30", false],
  ["13-01", false],
  ["1-1", false],
  ["W05-1", false],
  ["12-25 ", false],
  ["", false],
])("%j as a day of the year: %s", (text, is) => {
  expect(isDayOfYear(text)).toBe(is);
});

it.each([
  ["2026-07-01T12:00:09.999Z", "Europe/Rome", "2026-07-01 14:00:09"],
  ["2026-10-25T01:30:00Z", "Europe/Rome", "2026-10-25 02:30:00"],
  ["2026-01-01T00:00:00Z", "America/St_Johns", "2025-12-31 20:30:00"],
])("%s on the clocks of %s is %s", (instant, zone, shown) => {
  expect(clockTimeOf(Date.parse(instant), zone)).toBe(shown);
});

it("an instant in a file's name is without what some file systems refuse", () => {
  expect(fileTimeOf(Date.parse("2026-11-21T10:30:00.123+01:00"))).toBe("20261121T093000Z");
});
