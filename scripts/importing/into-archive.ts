import { operations } from "@heatloop/core/live/operation";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv";
import type { Minute } from "@heatloop/core/minute/minute";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "@heatloop/ha-addon/archive/archive";
import type { CsvFiles } from "@heatloop/ha-addon/archive/csv-files";
import { withoutBookedTwice } from "./booked-once.ts";
import { withoutOlderStates } from "./last-states.ts";

/** What became of the minutes of a source. */
export type Imported = {
  /** Minutes that the source tells of, within the range. */
  readonly minutes: number;
  /** Of them: those that stand in the archive already and stay as they are. */
  readonly logged: number;
  readonly written: number;
  /** Of the written ones: those whose electricity a minute beside them has booked already. */
  readonly electricityLeftOut: number;
  /** Of the written ones: those whose heat is not known, because nothing told what the heat pump did, or else what it gave. */
  readonly withoutOperation: number;
  readonly withoutHeat: number;
  /** Of the written ones: those of which neither counter nor meter told anything, if none of them told anything. */
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

/** The archive refused rows; the message says why, for a person. */
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

/**
 * Adds minutes to the archive of a device by appending, a local date at a time. A minute that stands there is left as
 * it is. `from` and `until`: only minutes from the one until before the other, ms since the epoch. Writes nothing with
 * `dryRun`, and counts all the same.
 */
export function intoArchive(parts: IntoArchiveParts): IntoArchive {
  const { files, archive, device, zone } = parts;
  const counts = { minutes: 0, logged: 0, written: 0, electricityLeftOut: 0, days: 0 };
  const known = { operation: 0, heat: 0, electricity: 0 };
  let firstDate: string | undefined;
  let lastDate: string | undefined;
  let date: string | undefined;
  let pending: Minute[] = [];
  let loggedDates: readonly string[] | undefined;
  let endOfDate = Number.NEGATIVE_INFINITY;

  /** The minutes of the first date after one that were logged before this import. */
  async function loggedAfter(after: string): Promise<readonly Minute[]> {
    const next = loggedDates?.find((each) => each > after);
    return next === undefined ? [] : archive.minutesOf(device, next);
  }

  async function write(): Promise<void> {
    if (date === undefined || pending.length === 0) return;
    loggedDates ??= await files.dates(device);
    // After a change of the time zone a date may stand in the files beside its own.
    const mayBeLogged = [previousDate(date), date, nextDate(date)].some((each) => loggedDates?.includes(each));
    const logged = mayBeLogged ? await archive.minutesOf(device, date) : [];
    const loggedAt = new Set(logged.map(({ at }) => at));
    const minutes = pending;
    pending = [];
    const fresh = minutes.filter(({ at }) => !loggedAt.has(at));
    counts.minutes += minutes.length;
    counts.logged += minutes.length - fresh.length;
    if (fresh.length === 0) return;
    const booked = withoutBookedTwice({ minutes, fresh, logged, loggedAfter: await loggedAfter(date) });
    counts.electricityLeftOut += booked.leftOut;
    const added = date === loggedDates.at(-1) ? withoutOlderStates(booked.minutes, logged) : booked.minutes;
    const rows = added.map((minute) => minuteRow(minute, zone));
    if (!parts.dryRun) {
      await files.appendMany({ device, date, kind: "minutes", header: minutesHeader, rows });
      const { ok, reason } = files.health();
      if (!ok) throw new ArchiveRefuses(reason ?? "the disk refuses it");
    }
    counts.written += rows.length;
    for (const { figures } of fresh) {
      const isHeatKnown = (figures.covered_s ?? 0) > 0;
      if (isHeatKnown) known.heat += 1;
      if (isHeatKnown || operations.some((operation) => (figures[`${operation}_s`] ?? 0) > 0)) known.operation += 1;
      if (figures.electricity_wh !== null || figures.meter_wh !== null) known.electricity += 1;
    }
    counts.days += 1;
    firstDate ??= date;
    lastDate = date;
  }

  return {
    async take(minute) {
      if (minute.at < parts.from || minute.at >= parts.until) return;
      if (minute.at >= endOfDate) {
        await write();
        date = zone.dateOf(minute.at);
        endOfDate = zone.endOf(date);
      }
      pending.push(minute);
    },
    async end() {
      await write();
      return {
        ...counts,
        withoutOperation: counts.written - known.operation,
        withoutHeat: known.operation - known.heat,
        withoutElectricity: known.electricity === 0 ? counts.written : 0,
        from: firstDate,
        to: lastDate,
      };
    },
  };
}
