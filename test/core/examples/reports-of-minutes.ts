import type { Bill } from "@heatloop/core/cost/bill";
import { type BilledDay, dayBillOfColumns } from "@heatloop/core/cost/cost";
import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { type HourEnergy, hourEnergyOfColumns } from "@heatloop/core/energy/hour-energy";
import type { Minute } from "@heatloop/core/minute/minute";

type OfMinutes = { readonly minutes: readonly Minute[] };
type HoursDay = Omit<Parameters<typeof hourEnergyOfColumns>[0], "columns">;

/** The bill of a day of minutes, through columns as the archive has them. */
export function billOfMinutes({ minutes, ...day }: BilledDay & OfMinutes): Bill {
  return dayBillOfColumns({ ...day, columns: columnsOfMinutes(minutes) });
}

/** The hours of a day of minutes, through columns as the archive has them. */
export function hoursOfMinutes({ minutes, ...day }: HoursDay & OfMinutes): HourEnergy[] {
  return hourEnergyOfColumns({ ...day, columns: columnsOfMinutes(minutes) });
}
