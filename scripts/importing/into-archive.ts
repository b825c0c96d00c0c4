import { operations } from "@heatloop/core/live/operation";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "@heatloop/ha-addon/archive/archive";
import type { CsvFiles } from "@heatloop/ha-addon/archive/csv/csv-files";
import { withoutBookedTwice } from "./booked-once.ts";
import { withoutOlderStates } from "./last-states.ts";

/** What was imported of a source. */
export type Imported = {
  /** Minutes that the source has, within the range. */
  readonly minutes: number;
  /** Of them: those that are in the archive already and stay as they are. */
  readonly logged: number;
  readonly written: number;
  /** Of the written ones: those whose electricity a minute beside them has booked already. */
  readonly electricityLeftOut: number;
  /** Of the written ones: those whose heat is unknown, as the operation is unknown, or else the heat output. */
  readonly withoutOperation: number;
  readonly withoutHeat: number;
  /** All written ones where none of them has a value of the counter or of a meter; else 0. */
  readonly withoutElectricity: number;
  /** First and last local date that got minutes. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly days: number;
};

/** Minutes on their way into the archive, in order of time. */
export type IntoArchive = {
  /** Rejects where the disk refuses them. */
  take(minute: Minute): Promise<void>;
  /** Writes the last day; what was written stays written. */
  end(): Promise<Imported>;
};

/** The archive refused rows; the message gives the reason, for a person. */
export class ArchiveRefuses extends Error {}

/** Where minutes go: `from` and `until` bound them, ms since the epoch. */
export type IntoArchiveParts = {
  readonly files: CsvFiles;
  readonly archive: Archive;
  readonly device: string;
  readonly zone: Zone;
  readonly from: number;
  readonly until: number;
  readonly dryRun: boolean;
};

/** An import in progress: what is counted, and the minutes of the date that is not written yet. */
type Progress = {
  readonly parts: IntoArchiveParts;
  readonly counts: { minutes: number; logged: number; written: number; electricityLeftOut: number; days: number };
  /** Written minutes of which this is known. */
  readonly known: { operation: number; heat: number; electricity: number };
  firstDate: string | undefined;
  lastDate: string | undefined;
  date: string | undefined;
  endOfDate: number;
  pending: Minute[];
  /** The dates that were logged before this import. */
  loggedDates: readonly string[] | undefined;
};

/**
 * Adds minutes to the archive of a device by appending, a local date at a time. A minute that is there already stays as
 * it is. `from` and `until`: only minutes from the one until before the other, ms since the epoch. Writes nothing with
 * `dryRun`, and counts all the same.
 */
export function intoArchive(parts: IntoArchiveParts): IntoArchive {
  const progress: Progress = {
    parts,
    counts: { minutes: 0, logged: 0, written: 0, electricityLeftOut: 0, days: 0 },
    known: { operation: 0, heat: 0, electricity: 0 },
    firstDate: undefined,
    lastDate: undefined,
    date: undefined,
    endOfDate: Number.NEGATIVE_INFINITY,
    pending: [],
    loggedDates: undefined,
  };
  return {
    async take(minute) {
      if (minute.at < parts.from || minute.at >= parts.until) return;
      if (minute.at >= progress.endOfDate) {
        await writeDate(progress);
        progress.date = parts.zone.dateOf(minute.at);
        progress.endOfDate = parts.zone.endOf(progress.date);
      }
      progress.pending.push(minute);
    },
    async end() {
      await writeDate(progress);
      return importedOf(progress);
    },
  };
}

/** Writes the pending minutes of a date that the archive does not have yet. */
async function writeDate(progress: Progress): Promise<void> {
  const { counts, date, pending: minutes, parts } = progress;
  if (date === undefined || minutes.length === 0) return;
  progress.pending = [];
  progress.loggedDates ??= await parts.files.dates(parts.device);
  const { loggedDates } = progress;
  const logged = await loggedMinutes(parts, loggedDates, date);
  const loggedAt = new Set(logged.map(({ at }) => at));
  const fresh = minutes.filter(({ at }) => !loggedAt.has(at));
  counts.minutes += minutes.length;
  counts.logged += minutes.length - fresh.length;
  if (fresh.length === 0) return;
  const loggedAfter = await firstLoggedAfter(parts, loggedDates, date);
  const booked = withoutBookedTwice({ minutes, fresh, logged, loggedAfter });
  counts.electricityLeftOut += booked.leftOut;
  const added = date === loggedDates.at(-1) ? withoutOlderStates(booked.minutes, logged) : booked.minutes;
  if (!parts.dryRun) await append(parts, date, added);
  counts.written += added.length;
  countKnown(progress.known, fresh);
  counts.days += 1;
  progress.firstDate ??= date;
  progress.lastDate = date;
}

async function loggedMinutes(
  { archive, device }: IntoArchiveParts,
  loggedDates: readonly string[],
  date: string,
): Promise<readonly Minute[]> {
  // After a change of the time zone, minutes of a date may be in the file of its neighbour.
  const mayBeLogged = [previousDate(date), date, nextDate(date)].some((each) => loggedDates.includes(each));
  return mayBeLogged ? archive.minutesOf(device, date) : [];
}

/** The minutes of the first date after one that were logged before this import. */
async function firstLoggedAfter(
  { archive, device }: IntoArchiveParts,
  loggedDates: readonly string[],
  date: string,
): Promise<readonly Minute[]> {
  const next = loggedDates.find((each) => each > date);
  return next === undefined ? [] : archive.minutesOf(device, next);
}

async function append(
  { files, device, zone }: IntoArchiveParts,
  date: string,
  minutes: readonly Minute[],
): Promise<void> {
  const rows = minutes.map((minute) => minuteRow(minute, zone));
  await files.appendMany({ device, date, kind: "minutes", header: minutesHeader, rows });
  const { ok, reason } = files.health();
  if (!ok) throw new ArchiveRefuses(reason ?? "the disk refuses it");
}

function countKnown(known: Progress["known"], minutes: readonly Minute[]): void {
  for (const { figures } of minutes) {
    const isHeatKnown = (figures.covered_s ?? 0) > 0;
    if (isHeatKnown) known.heat += 1;
    if (isHeatKnown || operations.some((operation) => (figures[`${operation}_s`] ?? 0) > 0)) known.operation += 1;
    if (figures.electricity_wh !== null || figures.meter_wh !== null) known.electricity += 1;
  }
}

function importedOf({ counts, known, firstDate, lastDate }: Progress): Imported {
  return {
    ...counts,
    withoutOperation: counts.written - known.operation,
    withoutHeat: known.operation - known.heat,
    withoutElectricity: known.electricity === 0 ? counts.written : 0,
    from: firstDate,
    to: lastDate,
  };
}
