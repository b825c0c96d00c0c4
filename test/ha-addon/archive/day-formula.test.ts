import { createHash } from "node:crypto";
import { type DayColumns, energyColumnAt } from "@heatloop/core/energy/day-columns";
import { dayEnergyOfColumns } from "@heatloop/core/energy/day-energy";
import { blankImplausible } from "@heatloop/core/energy/plausible-rows";
import { dayFormula } from "@heatloop/ha-addon/archive/day-formula";
import { expect, test } from "vitest";
import { sampleDay } from "#test/support/sample-day.ts";

/** The day of a heat pump whose flow sensor and counter always report 0. */
function withConstants({ columns, ...day }: DayColumns): DayColumns {
  const constants = ["flow_rate", "electricity_wh", "daily_electricity"] as const;
  const at = new Set(constants.map(energyColumnAt));
  return { ...day, columns: columns.map((column, i) => (at.has(i) ? new Float64Array(day.rows) : column)) };
}

test("a changed formula of a day's energy has a name of its own, so that kept summaries of the old one do not count", () => {
  const sample = sampleDay();
  const days = [sample.columns, withConstants(sample.columns)].map((columns) => {
    blankImplausible(columns);
    return dayEnergyOfColumns({ ...sample, columns });
  });
  const name = createHash("sha256").update(JSON.stringify(days)).digest("hex").slice(0, 12);
  expect(dayFormula, `write "${name}" into ha-addon/src/archive/day-formula.ts`).toBe(name);
});
