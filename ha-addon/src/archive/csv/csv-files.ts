import type { Clock } from "@heatloop/core/time/clock";
import { isDate } from "@heatloop/core/time/local-day";
import type { Log } from "@heatloop/program/log";
import { type ArchiveClaim, type ArchiveLock, archiveLock, claimLogger, takenReason } from "../lock.ts";
import { type Disk, realDisk } from "./csv-disk.ts";
import { type CsvKind, isDeviceId } from "./csv-name.ts";
import { csvQueues } from "./csv-queues.ts";
import { type CsvReading, csvReading } from "./csv-reading.ts";

/** Where rows belong; `date` is the local one, 2026-11-21. */
export type CsvPlace = {
  readonly device: string;
  readonly date: string;
  readonly kind: CsvKind;
  readonly header: string;
};

/** Whether the archive is written; `buffered` rows wait in memory for the disk, `dropped` ones were too many for it. */
export type CsvHealth = {
  readonly ok: boolean;
  readonly reason: string | null;
  readonly buffered: number;
  readonly dropped: number;
};

/** The archive as files: `<folder>/<device>/<year>/<date>.csv` and `<date>.transitions.csv`, written by appending only. */
export type CsvFiles = CsvReading & {
  /**
   * Resolves once the row is on the disk or, where the disk refuses it, kept in memory. While another program writes
   * this archive it is dropped: that one logs. Rejects only a wrong place.
   */
  append(row: CsvPlace & { readonly row: string }): Promise<void>;
  /** The same for many rows of a date, in one go. */
  appendMany(rows: CsvPlace & { readonly rows: readonly string[] }): Promise<void>;
  health(): CsvHealth;
  /** Claims the right to write, if no other program has it; the first row does so too. */
  claim(): ArchiveClaim;
  /** Writes what can be written now. */
  flush(): Promise<void>;
  /** Writes what can be written, logs what is lost, and ends. */
  close(): Promise<void>;
};

/** A week of minutes. */
const rowsKept = 10_080;

/**
 * Opens the archive. Rows of a device and kind reach the disk in their order, each once, with fdatasync. A torn end is
 * set aside in `<file>.torn` before a file is first written to; other columns go on in `<date>.2.csv` and so on. While
 * the disk refuses, up to `limit` rows a device and kind are kept and tried again, after 1 s, 2 s, 4 s, 5 s, 5 s .... One program
 * at a time writes, the one that has the `lock`.
 */
export function openArchive(parts: {
  readonly folder: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly files?: Disk;
  readonly limit?: number;
  readonly lock?: ArchiveLock;
}): CsvFiles {
  const { folder, log, clock, files: disk = realDisk, limit = rowsKept } = parts;
  const lock = parts.lock ?? archiveLock({ folder, program: "a program" });
  const queues = csvQueues({ folder, disk, log, clock, limit });
  const logClaim = claimLogger(log);
  let claimed: ArchiveClaim | undefined;
  let closed = false;

  function claim(): ArchiveClaim {
    claimed = lock.claim();
    logClaim(claimed);
    return claimed;
  }

  function health(): CsvHealth {
    const reason = claimed?.state === "taken" ? takenReason(claimed) : (queues.refusal()?.reason ?? null);
    return { ok: reason === null, reason, buffered: queues.kept(), dropped: queues.dropped() };
  }

  async function appendMany(place: CsvPlace & { readonly rows: readonly string[] }): Promise<void> {
    const { device, date, kind, header, rows } = place;
    if (!isDeviceId(device)) throw new Error(`${device} is no device id: letters, digits, _ and - only`);
    if (!isDate(date)) throw new Error(`${date} is no date like 2026-01-31`);
    if (closed) return log.warn("rows came after the archive was closed and are lost", { device, date, kind });
    if (claim().state === "taken") return;
    await queues.of(device, kind).add(date, oneLine(header), rows.map(oneLine));
  }

  return {
    ...csvReading(folder, log, disk),
    append: ({ row, ...place }) => appendMany({ ...place, rows: [row] }),
    appendMany,
    health,
    claim,
    flush: queues.drain,
    async close() {
      closed = true;
      await queues.close();
      const rows = queues.kept();
      const reason = queues.refusal()?.reason;
      if (rows > 0) log.error(`the archive could not be written, rows are lost: ${reason}`, { rows });
      lock.release();
    },
  };
}

/** A row is a line: what would break it, or look like a torn end, becomes a space. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, " ");
}
