import { createHash } from "node:crypto";
import { dayBillOfColumns } from "@heatloop/core/cost/cost";
import type { Contract, Tariff } from "@heatloop/core/cost/tariff";
import { blankImplausible } from "@heatloop/core/energy/plausible-rows";
import { hourMs } from "@heatloop/core/time/durations";
import { storedBill } from "@heatloop/ha-addon/archive/requested-kinds";
import { billFormula } from "@heatloop/ha-addon/report/bill-formula";
import { expect, test } from "vitest";
import { slotSeries } from "#test/core/examples/example-slots.ts";
import { sampleDay } from "#test/support/sample-day.ts";

const fixed: Contract = {
  from: null,
  pricePerKwh: 0.3,
  dynamic: null,
  windows: [
    {
      name: "night",
      days: ["mon", "tue", "wed", "thu", "fri"],
      ...{ fromMinute: 1320, toMinute: 360, fromDay: "10-01", toDay: "03-31" },
      ...{ pricePerKwh: 0.2, addedPerKwh: 0.01 },
    },
  ],
  holidays: [],
  standingCharge: { amount: 12, per: "month" },
  pv: null,
};
const dynamic: Contract = {
  ...fixed,
  pricePerKwh: null,
  dynamic: { factor: 1.19, addedPerKwh: 0.1 },
  pv: { pricePerKwh: 0.08, surplus: "after_heat_pump" },
};

test("a changed way of billing has a name of its own, so that bills kept by the old one do not count", () => {
  const { columns, ...sample } = sampleDay();
  blankImplausible(columns);
  const startAt = sample.zone.startOf(sample.date);
  const slots = (at: (hour: number) => number) =>
    slotSeries(
      Array.from({ length: 20 }, (_, hour) => {
        const start = startAt + hour * hourMs;
        return { start, end: start + hourMs, value: at(hour) };
      }),
    );
  const prices = slots((hour) => 0.1 + (hour % 7) / 50);
  const surplusW = slots((hour) => (hour % 5) * 400);
  const bills = [fixed, dynamic].flatMap((contract) => {
    const tariff: Tariff = { currency: "EUR", contracts: [contract] };
    return [undefined, null, 12_345].map((electricityWh) =>
      storedBill(dayBillOfColumns({ ...sample, columns, tariff, prices, surplusW, electricityWh })),
    );
  });
  const name = createHash("sha256").update(JSON.stringify(bills)).digest("hex").slice(0, 12);
  expect(billFormula, `write "${name}" into ha-addon/src/report/bill-formula.ts`).toBe(name);
});
