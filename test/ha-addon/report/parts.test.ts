import { report } from "@heatloop/core/report";
import { datesBetween } from "@heatloop/core/time/local-day";
import { reportJson } from "@heatloop/ha-addon/report/json/json";
import { type ReportPart, reportPartJson, reportParts } from "@heatloop/ha-addon/report/json/parts";
import { describe, expect, it } from "vitest";
import { dayOf, rome } from "#test/core/examples/example-days.ts";
import { exampleBill, exampleCosts, exampleReport } from "#test/support/examples/report.ts";

/** Every field of `part` with its value, and what `whole` has there. */
function pairsOf(part: unknown, whole: unknown, path = ""): [path: string, part: unknown, whole: unknown][] {
  if (typeof part !== "object" || part === null) return [[path, part, whole]];
  return Object.entries(part).flatMap(([key, value]) =>
    pairsOf(value, (whole as Record<string, unknown> | null)?.[key], `${path}.${key}`),
  );
}

describe("a part of a report", () => {
  it.each([...reportParts])("%s has the fields and the figures of the whole", (part) => {
    const made = exampleReport();
    const pairs = pairsOf(reportPartJson(part, made, rome), reportJson(made, rome));
    expect(pairs.length).toBeGreaterThan(50);
    for (const [path, value, whole] of pairs) expect(value, path).toEqual(whole);
  });

  it("a year of energy by months takes at most 15 kB", () => {
    const range = { from: "2025-12-01", to: "2026-11-30" };
    const dates = datesBetween(range.from, range.to);
    const day = dayOf(range.from, [
      { operation: "heating", minutes: 800, heatWh: 62.517, electricityWh: 17.3 },
      { operation: "hot_water", minutes: 120, heatWh: 80.31, electricityWh: 33.37 },
      { operation: "defrost", minutes: 20, heatWh: -40.7, electricityWh: 10.1 },
      { operation: "standby", minutes: 490, heatWh: 0, electricityWh: 0.21 },
    ]);
    const days = dates.map((date) => ({ ...day, date }));
    const bills = { days: new Map(dates.map((date) => [date, exampleBill()])), options: exampleCosts };
    const now = rome.endOf("2026-12-31");
    const made = report({ device: "ecodan", ...range, zone: rome, now, days, bills, unit: "month" });
    const bytes = (of: unknown) => new TextEncoder().encode(JSON.stringify(of)).length;
    const part: ReportPart = "energy";
    expect(made.periods).toHaveLength(12);
    expect(bytes(reportPartJson(part, made, rome))).toBeLessThan(15_000);
    expect(bytes(reportJson(made, rome))).toBeGreaterThan(30_000);
  });
});
