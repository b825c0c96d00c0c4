import { beforeAll, describe, expect, it } from "vitest";
import { type Month, simulatedMonth } from "./month.ts";
import { expectMonthToMatchItsLedger } from "./month-laws.ts";

describe("a simulated October with its DST night", () => {
  let month: Month;
  beforeAll(async () => {
    month = await simulatedMonth({ from: "2026-10-01", to: "2026-10-31", timeZone: "Europe/Rome", seed: 7 });
  }, 300_000);

  it("has every day, the one of the DST night with its own length", () => {
    expect(month.days).toHaveLength(31);
    expect(month.days.find((day) => day.date === "2026-10-25")?.seconds).toBe(90_000);
    expect(new Set(month.days.filter((day) => day.date !== "2026-10-25").map((day) => day.seconds))).toEqual(
      new Set([86_400]),
    );
  });

  it("agrees every day with the ledger of what the heat pump published", () => {
    expectMonthToMatchItsLedger(month);
  });

  it("books the controller's own totals on the day that they are of", () => {
    for (const day of month.days.slice(1, -1)) {
      const controller = day.controller;
      const own =
        (controller?.heatingElectricityWh ?? 0) +
        (controller?.hotWaterElectricityWh ?? 0) +
        (controller?.coolingElectricityWh ?? 0);
      // The controller's day ends an hour later in summer, and its totals leave out standby.
      const difference = Math.abs(own - (day.electricityWh ?? 0));
      expect(
        difference,
        `${day.date}: the controller says ${own} Wh, the counter ${day.electricityWh} Wh`,
      ).toBeLessThan(3000);
    }
  });
});
