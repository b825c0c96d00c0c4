/** An hour of a statistic: what it added, and the sum of everything up to its end, Wh. */
export type StatisticRow = { readonly at: number; readonly wh: number; readonly sumWh: number };

/** A row of Home Assistant; null where it has none of the two. */
export type KnownRow = { readonly wh: number | null; readonly sumWh: number | null };

/**
 * The rows of a statistic that Home Assistant has to take to agree with the archive, and the sum after them. Where the
 * archive has the hour it counts; an hour of a day that the archive does not have (any more) keeps what Home Assistant
 * has of it. All sums follow from what the hours add, so that an hour that changes moves every sum after it. Zeros before
 * the first energy are left out. Nothing to take where all agree.
 */
export function rowsToWrite(parts: {
  /** The sum before the first hour; null: nothing before. */
  readonly sumWh: number | null;
  /** What each hour added, in order of time; hours that are not known are not there. */
  readonly hours: ReadonlyMap<number, number>;
  readonly known: ReadonlyMap<number, KnownRow>;
  /** Whether the archive knows the day of an hour. */
  readonly isArchived: (at: number) => boolean;
}): { readonly rows: readonly StatisticRow[]; readonly sumWh: number | null } {
  const { hours, known } = parts;
  const rows: StatisticRow[] = [];
  let sumWh = parts.sumWh;
  let knownSumWh = parts.sumWh ?? 0;
  for (const at of [...new Set([...hours.keys(), ...known.keys()])].sort((a, b) => a - b)) {
    const row = known.get(at);
    // A row cannot be taken back from Home Assistant: it then adds nothing.
    const keptWh = row === undefined || parts.isArchived(at) ? 0 : (row.wh ?? (row.sumWh ?? knownSumWh) - knownSumWh);
    const wh = hours.get(at) ?? keptWh;
    knownSumWh = row?.sumWh ?? knownSumWh;
    if (sumWh === null && wh === 0 && row === undefined) continue;
    sumWh = (sumWh ?? 0) + wh;
    if (row?.wh !== wh || row.sumWh !== sumWh) rows.push({ at, wh, sumWh });
  }
  return { rows, sumWh };
}
