import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import type { WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { Transition } from "@heatloop/core/live/transition";
import { minuteRow, minutesHeader, transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import type { Zone } from "@heatloop/core/time/local-day";
import type { CsvFiles } from "./csv/csv-files.ts";
import type { DateSpan } from "./dates.ts";
import type { DayCache } from "./day-cache.ts";
import type { DaySummary } from "./day-summaries.ts";
import { type ArchiveDays, archiveDays } from "./days.ts";
import { type LastKnown, lastKnown } from "./last-known.ts";
import { minuteBytes } from "./minute-bytes.ts";
import { type ArchiveMinutes, archiveMinutes } from "./minutes.ts";
import { type PlainDays, plainDays } from "./plain-days.ts";
import { transitionsOf, withGapCauses } from "./transitions.ts";

/** The archive as minutes, transitions and days; the CSV files are the truth, everything else follows from them. */
export type Archive = Omit<ArchiveMinutes, "datesIn"> & {
  writeMinute(device: string, minute: Minute): Promise<void>;
  writeTransition(device: string, transition: Transition): Promise<void>;
  /** CSV text with its header, for a download. */
  minuteLines(device: string, from: number, to: number): AsyncIterable<string>;
  transitions(device: string, from: number, to: number): AsyncIterable<Transition>;
  /** The days of a range that have any minute; `to` included. */
  days(device: string, from: string, to: string, now: number): Promise<readonly DayEnergy[]>;
  /** The same, with the faults in the files that they follow from, by file and line. */
  daysAndProblems(device: string, from: string, to: string, now: number): Promise<ArchiveDays>;
  filesState: CsvFiles["filesState"];
  /** The minutes of past local dates as they lie in the files, where no row has to be read and written again. */
  plainRows: PlainDays;
  /** How long the minutes of some local dates are as one CSV file; null: not known before they are unpacked. */
  minuteBytes(device: string, span: DateSpan): number | null;
  /** When the newest minute began, and what counter and external meter showed last, as seen at `now` (after all rows where absent). */
  last(device: string, now?: number): Promise<LastKnown | undefined>;
};

/**
 * The archive in `files`. `summaries`: where finished days are kept, so that they are not read again; `electricity` and
 * `water`: what the owner set of them, for the days.
 */
export function typedArchive(
  files: CsvFiles,
  zone: () => Zone,
  more: {
    readonly summaries?: DayCache<DaySummary> | undefined;
    readonly electricity?: () => ElectricitySetup;
    readonly water?: () => WaterSetup;
  } = {},
): Archive {
  const readDays = archiveDays({ files, zone, ...more });
  const { datesIn, minutes, ...byDate } = archiveMinutes(files, zone);

  async function daysAndProblems(device: string, from: string, to: string, now: number): Promise<ArchiveDays> {
    const read = await readDays(device, from, to, now);
    return { ...read, days: await withGapCauses(files, zone(), device, read.days) };
  }

  return {
    writeMinute: (device, minute) =>
      files.append({
        device,
        date: zone().dateOf(minute.at),
        kind: "minutes",
        header: minutesHeader,
        row: minuteRow(minute, zone()),
      }),
    writeTransition: (device, transition) =>
      files.append({
        device,
        date: zone().dateOf(transition.at),
        kind: "transitions",
        header: transitionsHeader,
        row: transitionRow(transition, zone()),
      }),
    minutes,
    ...byDate,
    async *minuteLines(device, from, to) {
      yield `${minutesHeader}\n`;
      for await (const minute of minutes(device, from, to)) yield `${minuteRow(minute, zone())}\n`;
    },
    async *transitions(device, from, to) {
      for (const date of await datesIn(device, zone().dateOf(from), zone().dateOf(to))) {
        yield* transitionsOf(files, device, date, from, to);
      }
    },
    days: async (device, from, to, now) => (await daysAndProblems(device, from, to, now)).days,
    daysAndProblems,
    filesState: files.filesState,
    plainRows: plainDays(files, zone),
    minuteBytes: (device, span) => minuteBytes(files, device, span),
    last: (device, now = Number.POSITIVE_INFINITY) => lastKnown(files, zone(), device, now),
  };
}
