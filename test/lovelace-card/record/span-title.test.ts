import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import type { Locale } from "@heatloop/lovelace-card/home-assistant/hass";
import { spanTitle } from "@heatloop/lovelace-card/record/span-title";
import { describe, expect, it } from "vitest";

function formats(language: string, time_format: string) {
  const locale: Locale = {
    ...{ language, time_format, number_format: "language", time_zone: "server", first_weekday: "language" },
  };
  return formatsOf({ locale, config: { time_zone: "Europe/Rome", unit_system: { temperature: "°C" } } });
}

describe("the dates of a span", () => {
  it.each([
    ["en-GB", "24", "2026-11-20T13:05Z", "2026-11-20T17:30Z", "20 Nov 2026, 14:05 – 18:30"],
    ["en", "12", "2026-11-20T13:05Z", "2026-11-20T17:30Z", "Nov 20, 2026, 2:05 PM – 6:30 PM"],
    ["de", "24", "2026-11-20T21:00Z", "2026-11-21T05:00Z", "20. Nov., 22:00 – 21. Nov., 6:00"],
    ["en", "12", "2026-11-12T08:00Z", "2026-11-19T08:00Z", "Nov 12 – 19, 2026"],
    ["it", "24", "2025-12-12T08:00Z", "2026-11-19T08:00Z", "12 dic 2025 – 19 nov 2026"],
  ])("in %s with %s hours, from %s to %s", (language, hours, from, to, expected) => {
    const title = spanTitle({ from: Date.parse(from), to: Date.parse(to) }, formats(language, hours));
    expect(title.replace(/\s/g, " ")).toBe(expected);
  });
});
