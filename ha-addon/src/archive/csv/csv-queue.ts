import type { Batch } from "./csv-open.ts";

type Row = { readonly date: string; readonly header: string; readonly row: string; readonly done: () => void };

/** Rows of one device and kind on their way to the disk, in order. */
export type CsvQueue = {
  /** Resolves once the rows are on the disk or, where it refuses them, kept. */
  add(date: string, header: string, rows: readonly string[]): Promise<void>;
  /** Tries to write what there is, even if the disk refused before. Never rejects. */
  drain(): Promise<void>;
  failing(): boolean;
  /** Rows that are kept because the disk refuses them. */
  kept(): number;
};

type QueueParts = {
  readonly write: (batch: Batch) => Promise<void>;
  readonly limit: number;
  readonly failed: (error: unknown) => void;
  readonly dropped: (rows: number) => void;
};

type QueueState = {
  rows: Row[];
  failing: boolean;
  rowsAtOnce: number;
  draining: Promise<void> | undefined;
};

/** Chosen: a day of minutes goes to the disk in two batches. */
const mostRowsAtOnce = 1024;

/**
 * Starts a queue in front of `write`. While the disk refuses, at most `limit` rows are kept, the oldest are dropped
 * and counted; then rows are tried one by one first, so that little space is used as far as it goes.
 */
export function csvQueue(parts: QueueParts): CsvQueue {
  const queue: QueueState = { rows: [], failing: false, rowsAtOnce: mostRowsAtOnce, draining: undefined };

  function drain(): Promise<void> {
    queue.draining ??= drainAll(queue, parts);
    return queue.draining;
  }

  return {
    add(date, header, added) {
      if (added.length === 0) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const last = added.length - 1;
      added.forEach((row, i) => {
        queue.rows.push({ date, header, row, done: i === last ? resolve : () => {} });
      });
      if (queue.failing && queue.draining === undefined) keep(queue, parts);
      else void drain();
      return promise;
    },
    drain,
    failing: () => queue.failing,
    kept: () => (queue.failing ? queue.rows.length : 0),
  };
}

async function drainAll(queue: QueueState, parts: QueueParts): Promise<void> {
  await undefined;
  try {
    await writeRows(queue, parts);
  } finally {
    // At once, not when the promise has settled: who waits for a row may add the next one before that.
    queue.draining = undefined;
  }
}

async function writeRows(queue: QueueState, parts: QueueParts): Promise<void> {
  while (queue.rows.length > 0) {
    const batch = takeBatch(queue);
    const first = batch[0] as Row;
    try {
      await parts.write({ date: first.date, header: first.header, rows: batch.map(({ row }) => row) });
    } catch (error) {
      queue.rows = [...batch, ...queue.rows];
      queue.failing = true;
      // A batch that does not fit may fit in part: what can be written is.
      if (queue.rowsAtOnce > 1 && batch.length > 1) {
        queue.rowsAtOnce = 1;
        continue;
      }
      keep(queue, parts);
      parts.failed(error);
      return;
    }
    for (const row of batch) row.done();
    queue.rowsAtOnce = Math.min(mostRowsAtOnce, queue.rowsAtOnce * 2);
  }
  queue.failing = false;
}

/** The first rows of one date and header. */
function takeBatch({ rows, rowsAtOnce }: QueueState): Row[] {
  const first = rows[0];
  let count = 0;
  while (count < rowsAtOnce && rows[count]?.date === first?.date && rows[count]?.header === first?.header) count += 1;
  return rows.splice(0, count);
}

/** Nobody waits for rows that are kept; those beyond the limit are dropped, the oldest first. */
function keep(queue: QueueState, { limit, dropped }: QueueParts): void {
  for (const row of queue.rows) row.done();
  const tooMany = queue.rows.length - limit;
  if (tooMany <= 0) return;
  queue.rows = queue.rows.slice(tooMany);
  dropped(tooMany);
}
