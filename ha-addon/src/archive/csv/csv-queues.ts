import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { backoffMs } from "@heatloop/program/backoff";
import type { Log } from "@heatloop/program/log";
import type { Disk } from "./csv-disk.ts";
import type { CsvKind } from "./csv-name.ts";
import { type CsvQueue, csvQueue } from "./csv-queue.ts";
import { type CsvRefusal, csvRefusalOf } from "./csv-refusal.ts";
import { csvWriter } from "./csv-writing.ts";

/** The rows of an archive on their way to the disk, a queue for each device and kind. */
export type CsvQueues = {
  of(device: string, kind: CsvKind): CsvQueue;
  /** Rows of all queues that are kept because the disk refuses them. */
  kept(): number;
  /** Rows that were lost because the disk refused too many. */
  dropped(): number;
  /** Why the disk refuses rows; undefined where it takes them. */
  refusal(): CsvRefusal | undefined;
  /** Tries to write what there is. Never rejects. */
  drain(): Promise<void>;
  /** Tries for the last time; rows that are kept after it are lost. */
  close(): Promise<void>;
};

const firstRetryMs = secondMs;
/** Chosen: a disk that is back is noticed before a person looks, and an attempt is one write. */
const longestRetryMs = 5 * secondMs;

/** Opens queues that keep up to `limit` rows each while the disk refuses them, and try again after 1 s, 2 s, 4 s, 5 s, 5 s .... */
export function csvQueues(parts: {
  readonly folder: string;
  readonly disk: Disk;
  readonly log: Log;
  readonly clock: Clock;
  readonly limit: number;
}): CsvQueues {
  const { log, clock, limit } = parts;
  const queues = new Map<string, CsvQueue>();
  const refusals = loggedRefusals(parts);
  const retries = delayedRetries(clock, () => void drain());
  let dropped = 0;
  /** Those that were lost when the disk last took rows again. */
  let droppedBefore = 0;

  const kept = () => [...queues.values()].reduce((sum, queue) => sum + queue.kept(), 0);

  function open(device: string, kind: CsvKind): CsvQueue {
    return csvQueue({
      write: csvWriter({ ...parts, device, kind }, clock),
      limit,
      failed(error) {
        refusals.add(error, kept());
        retries.schedule();
      },
      dropped(rows) {
        if (dropped === droppedBefore)
          log.error("the archive's buffer is full: the oldest rows are lost", { device, kind });
        dropped += rows;
      },
    });
  }

  async function drain(): Promise<void> {
    refusals.noteKept(kept());
    await Promise.all([...queues.values()].map((queue) => queue.drain()));
    if (refusals.current() === undefined || [...queues.values()].some((queue) => queue.failing())) return;
    retries.succeeded();
    refusals.end(dropped - droppedBefore);
    droppedBefore = dropped;
  }

  return {
    of(device, kind) {
      const key = `${device}/${kind}`;
      const queue = queues.get(key) ?? open(device, kind);
      queues.set(key, queue);
      return queue;
    },
    kept,
    dropped: () => dropped,
    refusal: refusals.current,
    drain,
    async close() {
      retries.close();
      await drain();
    },
  };
}

/** Why the disk refuses rows; each reason is logged once until the disk takes rows again. */
function loggedRefusals(parts: { readonly folder: string; readonly log: Log; readonly limit: number }) {
  const { folder, log, limit } = parts;
  const logged = new Set<string>();
  let refusal: CsvRefusal | undefined;
  let keptAtMost = 0;
  const noteKept = (rows: number) => {
    keptAtMost = Math.max(keptAtMost, rows);
  };
  return {
    current: () => refusal,
    noteKept,
    add(error: unknown, kept: number): void {
      refusal = csvRefusalOf(error, folder);
      noteKept(kept);
      if (logged.has(refusal.code)) return;
      logged.add(refusal.code);
      log.error(`the archive is not written: ${refusal.reason}. Rows are kept in memory meanwhile`, { rows: limit });
    },
    end(lost: number): void {
      refusal = undefined;
      logged.clear();
      log.info("the archive is written again", { rows: keptAtMost, lost });
      keptAtMost = 0;
    },
  };
}

/** Runs `attempt` later and, after each failure, twice as late. */
function delayedRetries(clock: Clock, attempt: () => void) {
  let attempts = 0;
  let cancel: Stop | undefined;
  let isClosed = false;
  const stop = () => {
    cancel?.();
    cancel = undefined;
  };
  return {
    schedule(): void {
      if (isClosed || cancel !== undefined) return;
      cancel = clock.after(backoffMs(attempts, firstRetryMs, longestRetryMs), () => {
        cancel = undefined;
        attempts += 1;
        attempt();
      });
    },
    succeeded(): void {
      stop();
      attempts = 0;
    },
    close(): void {
      isClosed = true;
      stop();
    },
  };
}
