import type { Batch } from "./csv-writing.ts";

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

const mostRowsAtOnce = 1024;

/**
 * Starts a queue in front of `write`. While the disk refuses, at most `limit` rows are kept, the oldest are dropped
 * and counted; then rows are tried one by one first, so that little space is used as far as it goes.
 */
export function csvQueue(parts: {
  readonly write: (batch: Batch) => Promise<void>;
  readonly limit: number;
  readonly failed: (error: unknown) => void;
  readonly dropped: (rows: number) => void;
}): CsvQueue {
  let rows: Row[] = [];
  let failing = false;
  let rowsAtOnce = mostRowsAtOnce;
  let draining: Promise<void> | undefined;

  function takeBatch(): Row[] {
    const first = rows[0];
    let count = 0;
    while (count < rowsAtOnce && rows[count]?.date === first?.date && rows[count]?.header === first?.header) count += 1;
    return rows.splice(0, count);
  }

  function keep(): void {
    for (const row of rows) row.done();
    const tooMany = rows.length - parts.limit;
    if (tooMany <= 0) return;
    rows = rows.slice(tooMany);
    parts.dropped(tooMany);
  }

  async function drainAll(): Promise<void> {
    await undefined;
    try {
      await writeRows();
    } finally {
      // At once, not when the promise has settled: who waits for a row may add the next one before that.
      draining = undefined;
    }
  }

  async function writeRows(): Promise<void> {
    while (rows.length > 0) {
      const batch = takeBatch();
      const first = batch[0] as Row;
      try {
        await parts.write({ date: first.date, header: first.header, rows: batch.map(({ row }) => row) });
      } catch (error) {
        rows = [...batch, ...rows];
        failing = true;
        // A batch that does not fit may fit in part: what can be written is.
        if (rowsAtOnce > 1 && batch.length > 1) {
          rowsAtOnce = 1;
          continue;
        }
        keep();
        parts.failed(error);
        return;
      }
      for (const row of batch) row.done();
      rowsAtOnce = Math.min(mostRowsAtOnce, rowsAtOnce * 2);
    }
    failing = false;
  }

  function drain(): Promise<void> {
    draining ??= drainAll();
    return draining;
  }

  return {
    add(date, header, added) {
      if (added.length === 0) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const last = added.length - 1;
      added.forEach((row, i) => {
        rows.push({ date, header, row, done: i === last ? resolve : () => {} });
      });
      if (failing && draining === undefined) keep();
      else void drain();
      return promise;
    },
    drain,
    failing: () => failing,
    kept: () => (failing ? rows.length : 0),
  };
}
