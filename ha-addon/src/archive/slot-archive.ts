import {
  priceColumns,
  pricesHeader,
  slotReader,
  slotRow,
  surplusColumns,
  surplusHeader,
  type ValueColumns,
} from "@heatloop/core/cost/price-series";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import {
  closedSlots,
  type GrowingSlots,
  growingSlots,
  type Slot,
  type SlotSeries,
  slotsByDate,
} from "@heatloop/core/time/slots";
import type { Log } from "@heatloop/program/log";
import { queued } from "../base/queue.ts";
import type { CsvFiles } from "./csv/csv-files.ts";
import type { CsvLine } from "./csv/csv-reading.ts";

/** Values by time in the archive: `<archive>/prices/<year>/<date>.csv`, `<archive>/surplus/<year>/<date>.csv`. */
export type SlotArchive = {
  /** Writes slots that the archive does not have, or has otherwise; returns the number of rows. The latest row counts. */
  keep(slots: readonly Slot[]): Promise<number>;
  /** The slots of the local dates from one to another, both included. */
  series(from: string, to: string): Promise<SlotSeries>;
};

const kinds = {
  prices: { header: pricesHeader, columns: priceColumns },
  surplus: { header: surplusHeader, columns: surplusColumns },
} as const satisfies Record<string, { readonly header: string; readonly columns: ValueColumns }>;

/** The folders of the archive that hold them. */
export const slotKinds = Object.keys(kinds) as readonly (keyof typeof kinds)[];

/** So many dates are kept in memory while they are written. */
const rememberedDates = 8;

/** Opens the prices or the surplus in the archive. Lines that cannot be read are left out, and logged once for each file. */
export function slotArchive(parts: {
  readonly files: Pick<CsvFiles, "read" | "dates" | "appendMany">;
  readonly kind: keyof typeof kinds;
  readonly zone: () => Zone;
  readonly log: Log;
}): SlotArchive {
  const { files, kind, zone, log } = parts;
  const { header } = kinds[kind];
  const warn = unreadLineWarner(log);
  const read = (date: string) => slotsOf(files.read(kind, date, "minutes"), kind, zone(), warn);
  const knownOf = recentSlots(read);

  async function write(slots: readonly Slot[]): Promise<number> {
    const pieces = slots.flatMap((slot) => slotsByDate(slot, zone()));
    const byDate = Map.groupBy(pieces, ({ start }) => zone().dateOf(start));
    let count = 0;
    for (const [date, ofDate] of byDate) {
      const rows = newSlots(await knownOf(date), ofDate).map((slot) => slotRow(slot, zone()));
      if (rows.length > 0) await files.appendMany({ device: kind, date, kind: "minutes", header, rows });
      count += rows.length;
    }
    return count;
  }

  return {
    keep: queued(write),
    async series(from, to) {
      const series = growingSlots();
      for (const date of await files.dates(kind)) {
        // After a change of the time zone a file may have rows of the date beside it.
        if (date < previousDate(from) || date > nextDate(to)) continue;
        for await (const slot of read(date)) series.add(slot);
      }
      return series;
    },
  };
}

type UnreadCell = { readonly found: string; readonly allowed: string };
type WarnUnread = (line: CsvLine, unread: UnreadCell) => void;

/** Warns of lines that cannot be read, once for each file. */
function unreadLineWarner(log: Log): WarnUnread {
  const warned = new Set<string>();
  return ({ file, line }, { found, allowed }) => {
    if (warned.has(file)) return;
    warned.add(file);
    log.warn("a line of the archive cannot be read and is left out", { file, line, found, allowed });
  };
}

async function* slotsOf(
  lines: AsyncIterable<CsvLine>,
  kind: keyof typeof kinds,
  zone: Zone,
  warn: WarnUnread,
): AsyncIterable<Slot> {
  const { header, columns } = kinds[kind];
  let read: ReturnType<typeof slotReader>;
  let lastHeader: string | undefined;
  for await (const line of lines) {
    if (line.header !== lastHeader) {
      lastHeader = line.header;
      read = slotReader(splitRow(line.header), zone, columns);
    }
    const slot = read?.(splitRow(line.row));
    if (slot === undefined) warn(line, { found: line.header, allowed: `the header ${header}` });
    else if ("allowed" in slot) warn(line, slot);
    else yield* closedSlots([slot], zone);
  }
}

/** The slots of dates that were used last, in memory. */
function recentSlots(read: (date: string) => AsyncIterable<Slot>): (date: string) => Promise<GrowingSlots> {
  const remembered = new Map<string, GrowingSlots>();
  return async (date) => {
    const known = remembered.get(date) ?? growingSlots();
    if (!remembered.has(date)) for await (const slot of read(date)) known.add(slot);
    remembered.delete(date);
    remembered.set(date, known);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedDates && oldest !== undefined) remembered.delete(oldest);
    return known;
  };
}

/** Adds slots to the known ones, and returns those that were not among them. */
function newSlots(known: GrowingSlots, slots: readonly Slot[]): Slot[] {
  return slots.filter((slot) => {
    if (known.has(slot)) return false;
    known.add(slot);
    return true;
  });
}
