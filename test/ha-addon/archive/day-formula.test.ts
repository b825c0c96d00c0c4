import { createHash } from "node:crypto";
import { type DayColumns, type EnergyColumn, energyColumnAt } from "@heatloop/core/energy/day-columns";
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

/** The day of an external meter that was exchanged; the heat pump's counter went on in the row before. */
function withExchangedMeter({ columns, times, rows }: DayColumns): DayColumns {
  const own = columns.map((column) => column.slice());
  const exchangedIn = rows / 2;
  const write = (name: EnergyColumn, numberOf: (row: number) => number) =>
    own[energyColumnAt(name)]?.set(Float64Array.from({ length: rows }, (_, row) => numberOf(row)));
  write("meter_s", (row) => ((times[row] as number) - (times[Math.max(0, row - 1)] as number)) / 1000);
  write("meter_wh", (row) => (row === exchangedIn ? 340 : 10));
  write("meter_kwh", (row) => (row < exchangedIn ? 4321.5 + row / 100 : 0.34 + (row - exchangedIn) / 100));
  write("electricity_wh", (row) => (row === exchangedIn - 1 ? 100 : 0));
  return { columns: own, times, rows };
}

test("a changed formula of a day's energy has a name of its own, so that kept summaries of the old one do not count", () => {
  const sample = sampleDay();
  const days = [sample.columns, withConstants(sample.columns), withExchangedMeter(sample.columns)].map((columns) => {
    blankImplausible(columns);
    return dayEnergyOfColumns({ ...sample, columns });
  });
  const name = createHash("sha256").update(JSON.stringify(days)).digest("hex").slice(0, 12);
  expect(dayFormula, `write "${name}" into ha-addon/src/archive/day-formula.ts`).toBe(name);
});
