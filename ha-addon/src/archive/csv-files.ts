import type { Clock, Stop } from "@heatloop/core/time/clock";
import { isDate } from "@heatloop/core/time/local-day";
import type { Log } from "../base/log.ts";
import { type Disk, realDisk } from "./csv-disk.ts";
import { type CsvKind, isDeviceId } from "./csv-name.ts";
import { type CsvQueue, csvQueue } from "./csv-queue.ts";
import { type CsvReading, csvReading } from "./csv-reading.ts";
import { type CsvRefusal, csvRefusalOf } from "./csv-refusal.ts";
import { csvWriter } from "./csv-writing.ts";
import { type ArchiveClaim, type ArchiveLock, archiveLock, claimLogger, takenReason } from "./lock.ts";

/** Where rows belong; `date` is the local one, 2026-11-21. */
export type CsvPlace = {
  readonly device: string;
  readonly date: string;
  readonly kind: CsvKind;
  readonly header: string;
};

/** How the archive stands: `buffered` rows wait in memory for the disk, `dropped` ones were too many for it. */
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
  /** Takes the right to write, if no other program has it; the first row does so too. */
  claim(): ArchiveClaim;
  /** Writes what can be written now. */
  flush(): Promise<void>;
  /** Writes what can be written, says what is lost, and ends. */
  close(): Promise<void>;
};

const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
/** A week of minutes. */
const rowsKept = 10_080;

/**
 * Opens the archive. Rows of a device and kind reach the disk in their order, each once, with fdatasync. A torn end is
 * set aside in `<file>.torn` before a file is first written to; other columns go on in `<date>.2.csv` and so on. While
 * the disk refuses, up to `limit` rows a device and kind are kept and tried again, after 1 s, 2 s ... 60 s. One program
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
  const queues = new Map<string, CsvQueue>();
  const tellClaim = claimLogger(log);
  let claimed: ArchiveClaim | undefined;
  const said = new Set<string>();
  let refusal: CsvRefusal | undefined;
  let dropped = 0;
  let keptAtMost = 0;
  let attempts = 0;
  let retry: Stop | undefined;
  let closed = false;

  function queueOf(device: string, kind: CsvKind): CsvQueue {
    const key = `${device}/${kind}`;
    const known = queues.get(key);
    if (known !== undefined) return known;
    const queue = csvQueue({
      write: csvWriter({ folder, device, kind, disk, log, clock }),
      limit,
      failed,
      dropped(rows) {
        if (dropped === 0) log.error("the archive's buffer is full: the oldest rows are lost", { device, kind });
        dropped += rows;
      },
    });
    queues.set(key, queue);
    return queue;
  }

  function failed(error: unknown): void {
    refusal = csvRefusalOf(error, folder);
    keptAtMost = Math.max(keptAtMost, kept());
    if (!said.has(refusal.code)) {
      said.add(refusal.code);
      log.error(`the archive is not written: ${refusal.reason}. Rows are kept in memory meanwhile`, { rows: limit });
    }
    if (closed || retry !== undefined) return;
    retry = clock.after(Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempts, 16)), () => {
      retry = undefined;
      attempts += 1;
      void drainAll();
    });
  }

  async function drainAll(): Promise<void> {
    keptAtMost = Math.max(keptAtMost, kept());
    await Promise.all([...queues.values()].map((queue) => queue.drain()));
    if (refusal === undefined || [...queues.values()].some((queue) => queue.failing())) return;
    refusal = undefined;
    retry?.();
    retry = undefined;
    attempts = 0;
    said.clear();
    log.info("the archive is written again", { rows: keptAtMost, lost: dropped });
    keptAtMost = 0;
  }

  function claim(): ArchiveClaim {
    claimed = lock.claim();
    tellClaim(claimed);
    return claimed;
  }

  function health(): CsvHealth {
    const reason = claimed?.state === "taken" ? takenReason(claimed) : (refusal?.reason ?? null);
    return { ok: reason === null, reason, buffered: kept(), dropped };
  }

  function kept(): number {
    return [...queues.values()].reduce((sum, queue) => sum + queue.kept(), 0);
  }

  async function appendMany(place: CsvPlace & { readonly rows: readonly string[] }): Promise<void> {
    const { device, date, kind, header, rows } = place;
    if (!isDeviceId(device)) throw new Error(`${device} is no device id: letters, digits, _ and - only`);
    if (!isDate(date)) throw new Error(`${date} is no date like 2026-01-31`);
    if (closed) return log.warn("rows came after the archive was closed and are lost", { device, date, kind });
    if (claim().state === "taken") return;
    await queueOf(device, kind).add(date, oneLine(header), rows.map(oneLine));
  }

  return {
    ...csvReading(folder, log),
    append: ({ row, ...place }) => appendMany({ ...place, rows: [row] }),
    appendMany,
    health,
    claim,
    flush: drainAll,
    async close() {
      closed = true;
      retry?.();
      retry = undefined;
      await drainAll();
      if (kept() > 0)
        log.error(`the archive could not be written, rows are lost: ${refusal?.reason}`, { rows: kept() });
      lock.release();
    },
  };
}

/** A row is a line: what would break it, or look like a torn end, becomes a space. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, " ");
}
