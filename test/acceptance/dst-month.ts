import { beforeAll, expect, it } from "vitest";
import { type Month, simulatedMonth } from "./month.ts";
import { expectMonthToMatchItsLedger } from "./month-laws.ts";

/** What is right in a simulated month of 31 days in Rome with a night in which the clocks change. */
export function expectOfDstMonth(of: {
  readonly from: string;
  readonly to: string;
  readonly seed: number;
  /** The local date of that night, and the seconds that it has. */
  readonly night: string;
  readonly nightS: number;
}): void {
  let month: Month;
  beforeAll(async () => {
    month = await simulatedMonth({ ...of, timeZone: "Europe/Rome" });
  }, 300_000);

  it("has every day, the one of the DST night with its own length", () => {
    expect(month.days).toHaveLength(31);
    expect(month.days.find((day) => day.date === of.night)?.seconds).toBe(of.nightS);
    expect(new Set(month.days.filter((day) => day.date !== of.night).map((day) => day.seconds))).toEqual(
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
        `${day.date}: the controller reports ${own} Wh, the counter ${day.electricityWh} Wh`,
      ).toBeLessThan(3000);
    }
  });
}
