import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import type { HourEnergy } from "@heatloop/core/energy/hour-energy";
import type { WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { CsvReading } from "../archive/csv/csv-reading.ts";
import { hourChunks } from "./hours.ts";
import type { Statistic } from "./names.ts";
import type { StatisticsRecorder } from "./recorder.ts";
import { rowsToWrite } from "./rows.ts";
import { type WrittenRow, waitUntilStored } from "./stored.ts";

/**
 * Makes a device's statistics in Home Assistant equal to the archive from a local date up to `until` (a full hour),
 * chunk by chunk, and waits until they are stored; returns how many rows were missing or different there.
 * Ends early, unfinished, once `isWanted` returns false.
 */
export async function importStatistics(parts: {
  readonly device: string;
  readonly statistics: readonly Statistic[];
  readonly recorder: StatisticsRecorder;
  readonly files: Pick<CsvReading, "minuteFiles" | "load">;
  readonly date: string;
  readonly until: number;
  readonly zone: Zone;
  readonly clock: Clock;
  readonly now: number;
  readonly electricity: ElectricitySetup;
  readonly water: WaterSetup;
  readonly isWanted: () => boolean;
}): Promise<number> {
  const { statistics, recorder, zone } = parts;
  const names = await recorder.names();
  const ids = statistics.map(({ id }) => id).filter((id) => names.has(id));
  let sums: Map<string, number | null> | undefined;
  let count = 0;
  let written: WrittenRow | undefined;
  for await (const { from, to, hours, dates } of hourChunks(parts)) {
    sums ??= new Map(await recorder.sumsBefore(ids, from));
    const known = await recorder.rows(ids, from, to);
    for (const statistic of statistics) {
      if (!parts.isWanted()) return count;
      const { rows, sumWh } = rowsToWrite({
        sumWh: sums.get(statistic.id) ?? null,
        hours: addedBy(hours, statistic),
        known: known.get(statistic.id) ?? new Map(),
        isArchived: (at) => dates.has(zone.dateOf(at)),
      });
      sums.set(statistic.id, sumWh);
      const row = rows.at(-1);
      if (row === undefined) continue;
      await recorder.write(statistic, rows);
      written = { id: statistic.id, row };
      count += rows.length;
    }
  }
  for (const statistic of statistics) {
    const name = names.get(statistic.id);
    if (name !== undefined && name !== statistic.name) await recorder.write(statistic, []);
  }
  if (written !== undefined) await waitUntilStored({ ...parts, written });
  return count;
}

/** What each hour adds to a statistic, Wh; two days that share an hour add up. */
function addedBy(hours: readonly HourEnergy[], { whOf }: Statistic): ReadonlyMap<number, number> {
  const added = new Map<number, number>();
  for (const hour of hours) {
    const wh = whOf(hour);
    if (wh !== null) added.set(hour.at, (added.get(hour.at) ?? 0) + wh);
  }
  return added;
}
