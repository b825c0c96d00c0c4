import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { type HourEnergy, hourEnergyOfColumns } from "@heatloop/core/energy/hour-energy";
import { heatFormula, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { type ReadDay, readDays, scannersNeeded } from "./columns.ts";
import type { CsvReading } from "./csv/csv-reading.ts";
import { openScanners } from "./scan/open-scanners.ts";

/** A device in the archive, and what its hours follow from beside its minutes. */
export type HoursParts = {
  readonly files: Pick<CsvReading, "minuteFiles" | "load">;
  readonly device: string;
  readonly zone: Zone;
  readonly now: number;
  readonly electricity: ElectricitySetup;
  readonly water: WaterSetup;
};

/**
 * The hours of a device between two local dates, both included, in order of time; a start may be there twice, where two
 * local days share the hour.
 */
export async function hoursBetween(
  parts: HoursParts & { readonly from: string; readonly to: string },
): Promise<readonly HourEnergy[]> {
  const { from, to, zone, now, electricity } = parts;
  const hours: HourEnergy[] = [];
  for await (const { date, columns } of hourDays(parts, previousDate(from), nextDate(to))) {
    if (from <= date && date <= to) hours.push(...hourEnergyOfColumns({ date, zone, columns, now, electricity }));
  }
  return hours;
}

/** The days of the files of some dates, both included. */
export function hourDays(
  { files, device, zone, water }: HoursParts,
  first: string,
  last: string,
): AsyncGenerator<ReadDay> {
  return readDays({
    files: files.minuteFiles(device, first, last).files,
    load: files.load,
    zone,
    scanners: openScanners(scannersNeeded),
    formula: heatFormula(water),
    report: () => undefined,
  });
}
