import { addedBills } from "@heatloop/core/cost/bill";
import { costReport } from "@heatloop/core/cost/cost-report";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import { dayEvents } from "@heatloop/core/events/day-events";
import { eventsReport } from "@heatloop/core/events/events-report";
import { datesBetween } from "@heatloop/core/time/local-day";
import { describe, expect, it } from "vitest";
import { exampleBill } from "#test/core/examples/example-bills.ts";
import { rome } from "#test/core/examples/example-days.ts";
import { noSlots } from "#test/core/examples/example-slots.ts";
import { tariffOf, windowed } from "#test/core/examples/example-tariffs.ts";
import { billOfMinutes } from "#test/core/examples/reports-of-minutes.ts";
import { heater, immersionMinutes, immersionMonth, month } from "./immersion-month.ts";

/** 1 kW in and 4 kW out, with an immersion heater and a flow sensor that is silent at times: the COP is 4. */
const kinds = [
  ["the immersion heater on the meter", () => ({})],
  ["the flow sensor silent for 8 hours on ten days", (i: number) => ({ silentHours: i < 10 ? 8 : 0 })],
] as const;

describe.each(kinds)("with %s", (_, of) => {
  it("every tariff window's COP is of the same time and without the heater, as the range's is", () => {
    const bills = datesBetween(month.from, month.to).map((date, i) =>
      exampleBill(immersionMinutes(date, of(i)), { date, tariff: tariffOf(windowed), electricity: heater }),
    );
    const boilers = { gas: { pricePerKwh: 0.1, efficiency: 1, co2GPerKwh: null }, oil: null };
    const { windows, comparison } = costReport(addedBills(bills), { currency: "EUR", co2GPerKwh: null, boilers });
    expect(windows.length).toBeGreaterThan(1);
    expect(new Set(windows.map(({ cop }) => cop))).toEqual(new Set([4]));
    expect((comparison?.heatWh ?? 0) / (comparison?.heatPump.electricityWh ?? 1)).toBeCloseTo(4, 2);
  });

  it("the COP of heating beside its defrosts is that of heating", () => {
    const days: DayEnergy[] = immersionMonth(of);
    const events = days.map(({ date }, i) => dayEvents({ date, zone: rome, minutes: immersionMinutes(date, of(i)) }));
    expect(eventsReport(events, days, null)?.defrosts.cops.asMeasured).toBe(4);
    expect(days.map(({ parts }) => parts.heating.cop)).toEqual(days.map(() => 4));
  });
});

describe("a day whose electricity only the controller reported", () => {
  it("has no part in a tariff window's COP", () => {
    const billOf = (date: string, electricityWh?: number) => {
      const silent = electricityWh !== undefined;
      const minutes = immersionMinutes(date, { heaterHours: 0 }).map((minute) =>
        silent ? { ...minute, figures: { ...minute.figures, meter_wh: null, meter_s: null } } : minute,
      );
      const parts = { zone: rome, tariff: tariffOf({ pricePerKwh: 0.3 }), prices: noSlots, surplusW: noSlots };
      return billOfMinutes({ ...parts, date, minutes, now: rome.endOf(date), electricityWh });
    };
    const bill = addedBills([billOf("2026-01-01"), billOf("2026-01-02", 24_000)]);
    const [window] = costReport(bill, { currency: "EUR", co2GPerKwh: null, boilers: { gas: null, oil: null } }).windows;
    expect(window).toMatchObject({ electricityWh: 48_000, cop: 4 });
  });
});
