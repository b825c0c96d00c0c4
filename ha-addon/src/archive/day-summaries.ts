import { type DayColumns, noRows } from "@heatloop/core/energy/day-columns";
import { type DayEnergy, dayEnergyOfColumns } from "@heatloop/core/energy/day-energy";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import type { HeatFormula, WaterSetup } from "@heatloop/core/heat/heat-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { FileProblem } from "./chunk.ts";
import { type ReadDay, readDays } from "./columns.ts";
import type { MinuteFile, MinuteReading } from "./csv/csv-minute-files.ts";
import { firstProblems } from "./day-problems.ts";
import type { Scanners } from "./scan/open-scanners.ts";

/** A date by its files: its energy, null where no minute is of that date, and the faults in the files. */
export type DaySummary = { readonly day: DayEnergy | null; readonly problems: readonly FileProblem[] };

/** What days follow from, beside the files. */
export type DaySetup = {
  readonly zone: Zone;
  readonly now: number;
  readonly electricity: ElectricitySetup | undefined;
  readonly water: WaterSetup;
  /** That of the water. */
  readonly formula: HeatFormula;
};

/** Days that are read already but that further files may still add to. */
type OpenSummaries = { readonly days: Map<string, DayEnergy>; readonly problems: Map<string, FileProblem[]> };

/** Takes each local date that was read, while its columns are valid, with its energy if that was made. */
type OnDay = (read: ReadDay, day: DayEnergy | undefined) => void;

/**
 * Summaries of `dates`, in order and each as soon as no further file can add to it. `files`: those that the dates follow
 * from, in order (`filesOfDays`), each of which is read once.
 */
export async function* summarizeDays(parts: {
  readonly dates: ReadonlySet<string>;
  readonly files: readonly MinuteFile[];
  readonly load: MinuteReading["load"];
  readonly scanners: Scanners;
  readonly setup: DaySetup;
  readonly onFile?: ((file: MinuteFile, bytes: Uint8Array) => void) | undefined;
  readonly onDay?: OnDay | undefined;
}): AsyncIterable<readonly [date: string, summary: DaySummary]> {
  const { scanners, setup, ...sources } = parts;
  const open: OpenSummaries = { days: new Map(), problems: new Map() };
  const reading = readDays({
    ...sources,
    zone: setup.zone,
    scanners,
    formula: setup.formula,
    report(date, problem) {
      if (!parts.dates.has(date)) return;
      const ofDate = open.problems.get(date);
      if (ofDate === undefined) open.problems.set(date, [problem]);
      else ofDate.push(problem);
    },
  });
  const dates = [...parts.dates];
  let done = 0;
  let dateBefore = "";
  for await (const read of reading) {
    const before = previousDate(read.date);
    if (before !== dateBefore && parts.dates.has(before)) addUnlogged(open, before, read.columns, setup);
    dateBefore = read.date;
    if (parts.dates.has(read.date)) open.days.set(read.date, energyOf(read, scanners, setup));
    parts.onDay?.(read, open.days.get(read.date));
    for (; done < dates.length && (dates[done] as string) <= read.date; done += 1)
      yield take(open, dates[done] as string);
  }
  for (; done < dates.length; done += 1) yield take(open, dates[done] as string);
}

/** The files that may have anything to do with some dates: those of each, of the date before and of the two after it. */
export function filesOfDays(files: readonly MinuteFile[], isWanted: (date: string) => boolean): MinuteFile[] {
  return files.filter(({ date }) => {
    const before = previousDate(date);
    return isWanted(date) || isWanted(before) || isWanted(nextDate(date)) || isWanted(previousDate(before));
  });
}

function energyOf({ date, columns, nextDay }: ReadDay, scanners: Scanners, setup: DaySetup): DayEnergy {
  return dayEnergyOfColumns({ ...setup, date, columns, nextDay, passes: scanners.passesOf(columns) });
}

/** A day without any minute is known if the controller reported its totals on the day after. */
function addUnlogged({ days }: OpenSummaries, date: string, nextDay: DayColumns, setup: DaySetup): void {
  const day = dayEnergyOfColumns({ ...setup, date, columns: noRows, nextDay });
  const { heat, cooling, electricity } = day.sources;
  if (heat !== null || cooling !== null || electricity !== null) days.set(date, day);
}

function take({ days, problems }: OpenSummaries, date: string): readonly [string, DaySummary] {
  const summary = { day: days.get(date) ?? null, problems: firstProblems(problems.get(date) ?? []) };
  days.delete(date);
  problems.delete(date);
  return [date, summary];
}
