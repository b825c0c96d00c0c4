import { hasImplausibleHeat } from "@heatloop/core/energy/plausible-rows";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { MinuteFile, MinuteReading } from "./csv/csv-minute-files.ts";
import type { DateSpan } from "./dates.ts";
import { plainFileCheck } from "./scan/plain-file-check.ts";

/** Bytes of a file of the archive: its rows, behind the header. */
export type PlainRows = { readonly path: string; readonly state: string; readonly from: number; readonly to: number };

/**
 * The rows of a span of local dates, both included, as they lie in the archive; undefined where they are not to be had so:
 * a file that is compressed, or has other columns, a line that is not plain, a value that no minute can hold, an
 * order or a time zone that is another. Then each row has to be read and written again.
 */
export type PlainDays = (device: string, span: DateSpan) => Promise<readonly PlainRows[] | undefined>;

/** So many files are looked at before other work gets its turn; chosen: some 10 ms. */
const filesAtOnce = 8;
/** Ten years; what was looked at is known again by its state. */
const mostKnown = 3_700;

/** Finds files that can be sent as they are. */
export function plainDays(files: MinuteReading, zone: () => Zone): PlainDays {
  const known = new Map<string, { readonly state: string; readonly found: Found }>();
  let check: ReturnType<typeof plainFileCheck> | undefined;

  function look(file: MinuteFile): Found {
    const key = `${zone().name} ${file.path}`;
    const before = known.get(key);
    if (before?.state === file.state) return before.found;
    check ??= plainFileCheck(minutesHeader);
    const found = check(file, files.load, (scan) => {
      const [start, end] = [zone().startOf(file.date), zone().endOf(file.date)];
      const isOfItsDate = scan.times.every((at) => at >= start && at < end);
      const isInZone = scan.offsets.every((offset, row) => offset === zone().offsetMinutes(scan.times[row] as number));
      return { isOfItsDate, isPlain: isOfItsDate && isInZone && scan.isAscending && !hasImplausibleHeat(scan) };
    });
    if (known.size >= mostKnown) known.clear();
    known.set(key, { state: file.state, found });
    return found;
  }

  return async (device, { from, to }) => {
    const listed = files.minuteFiles(device, previousDate(from), nextDate(to)).files;
    const rows: PlainRows[] = [];
    const dates = new Set<string>();
    for (const [i, file] of listed.entries()) {
      if (i > 0 && i % filesAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
      const isOfSpan = file.date >= from && file.date <= to;
      if (isOfSpan && (file.packing !== undefined || dates.has(file.date))) return undefined;
      const { isOfItsDate, isPlain, headerBytes, bytes } = look(file);
      // A file beside the span may have rows of it where the time zone was another.
      if (isOfSpan ? !isPlain || bytes !== file.bytes : !isOfItsDate) return undefined;
      dates.add(file.date);
      if (isOfSpan) rows.push({ path: file.path, state: file.state, from: headerBytes, to: bytes });
    }
    return rows;
  };
}

type Found = ReturnType<ReturnType<typeof plainFileCheck>>;
