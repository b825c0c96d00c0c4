import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import type { WaterSetup } from "@heatloop/core/heat/heat-formula";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { CsvReading } from "../archive/csv/csv-reading.ts";

/** What a device's statistics were made of: the state of its files by date, and what else they follow from. */
export type StatisticsBasis = {
  readonly settings: string;
  readonly states: ReadonlyMap<string, string>;
  /** Hours up to here were finished, ms since the epoch. */
  readonly until: number;
};

const [firstDate, lastDate] = ["0000-01-01", "9999-12-31"];

/** What the statistics of a heat pump follow from: its settings, the state of its files by date, the finished hours. */
export function basisOf(parts: {
  readonly files: Pick<CsvReading, "minuteFiles">;
  readonly device: string;
  readonly zone: Zone;
  readonly electricity: ElectricitySetup;
  readonly water: WaterSetup;
  readonly until: number;
}): StatisticsBasis {
  const states = new Map<string, string>();
  for (const { date, part, state } of parts.files.minuteFiles(parts.device, firstDate, lastDate).files) {
    states.set(date, `${states.get(date) ?? ""} ${part} ${state}`);
  }
  return { settings: JSON.stringify([parts.zone.name, parts.electricity, parts.water]), states, until: parts.until };
}

/**
 * The local date from which on statistics may be others than those that were made before; undefined: none. A file that
 * went away changes nothing: what was made of it is kept.
 */
export function changedSince(
  before: StatisticsBasis | undefined,
  now: StatisticsBasis,
  zone: Zone,
): string | undefined {
  const changed = [...now.states.keys()].filter((date) => {
    if (before?.settings !== now.settings || before.states.get(date) !== now.states.get(date)) return true;
    return before.until < now.until && before.until < zone.endOf(date);
  });
  // A file may have rows of the date before, when the time zone was another.
  const [first] = changed.sort();
  return first && previousDate(first);
}
