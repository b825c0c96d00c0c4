import {
  priceColumns,
  pricesHeader,
  slotReader,
  slotRow,
  surplusColumns,
  surplusHeader,
  type ValueColumns,
} from "@heatloop/core/cost/price-series";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import {
  closedSlots,
  type GrowingSlots,
  growingSlots,
  type Slot,
  type SlotSeries,
  slotsByDate,
} from "@heatloop/core/time/slots";
import { inTurn } from "../base/in-turn.ts";
import type { Log } from "../base/log.ts";
import type { CsvFiles } from "./csv-files.ts";
import type { CsvLine } from "./csv-reading.ts";

/** Values by time in the archive: `<archive>/prices/<year>/<date>.csv`, `<archive>/surplus/<year>/<date>.csv`. */
export type SlotArchive = {
  /** Writes what the archive does not know yet or otherwise; hands back the number of rows. A later row counts more. */
  keep(slots: readonly Slot[]): Promise<number>;
  /** What the archive knows of the local dates from one to another, both included. */
  series(from: string, to: string): Promise<SlotSeries>;
};

const kinds = {
  prices: { header: pricesHeader, columns: priceColumns },
  surplus: { header: surplusHeader, columns: surplusColumns },
} as const satisfies Record<string, { readonly header: string; readonly columns: ValueColumns }>;

/** So many dates are kept in memory while they are written. */
const rememberedDates = 8;

export function slotArchive(parts: {
  readonly files: Pick<CsvFiles, "read" | "dates" | "appendMany">;
  readonly kind: keyof typeof kinds;
  readonly zone: () => Zone;
  readonly log: Log;
}): SlotArchive {
  const { files, kind, zone, log } = parts;
  const { header, columns } = kinds[kind];
  const named = new Set<string>();
  const remembered = new Map<string, GrowingSlots>();

  async function* slotsOf(date: string): AsyncIterable<Slot> {
    let read: ReturnType<typeof slotReader>;
    let readerOf: string | undefined;
    for await (const line of files.read(kind, date, "minutes")) {
      if (line.header !== readerOf) {
        readerOf = line.header;
        read = slotReader(line.header, zone(), columns);
      }
      const slot = read?.(line.row);
      if (slot === undefined) name(line, { found: line.header, allowed: `the header ${header}` });
      else if ("allowed" in slot) name(line, slot);
      else yield* closedSlots([slot], zone());
    }
  }

  /** Says what can't be read, once a file. */
  function name(
    { file, line }: CsvLine,
    { found, allowed }: { readonly found: string; readonly allowed: string },
  ): void {
    if (named.has(file)) return;
    named.add(file);
    log.warn("a line of the archive cannot be read and is left out", { file, line, found, allowed });
  }

  async function knownOf(date: string): Promise<GrowingSlots> {
    const known = remembered.get(date) ?? growingSlots();
    if (!remembered.has(date)) for await (const slot of slotsOf(date)) known.add(slot);
    remembered.delete(date);
    remembered.set(date, known);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedDates && oldest !== undefined) remembered.delete(oldest);
    return known;
  }

  async function write(slots: readonly Slot[]): Promise<number> {
    const pieces = slots.flatMap((slot) => slotsByDate(slot, zone()));
    const byDate = Map.groupBy(pieces, ({ start }) => zone().dateOf(start));
    let count = 0;
    for (const [date, ofDate] of byDate) {
      const known = await knownOf(date);
      const rows: string[] = [];
      for (const slot of ofDate) {
        if (known.has(slot)) continue;
        known.add(slot);
        rows.push(slotRow(slot, zone()));
      }
      if (rows.length > 0) await files.appendMany({ device: kind, date, kind: "minutes", header, rows });
      count += rows.length;
    }
    return count;
  }

  return {
    keep: inTurn(write),
    async series(from, to) {
      const series = growingSlots();
      for (const date of await files.dates(kind)) {
        // After a change of the time zone rows of a date may stand in the file beside it.
        if (date < previousDate(from) || date > nextDate(to)) continue;
        for await (const slot of slotsOf(date)) series.add(slot);
      }
      return series;
    },
  };
}
