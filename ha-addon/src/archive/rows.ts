import type { RowReader } from "@heatloop/core/minute/csv";
import type { CsvKind } from "./csv-name.ts";
import type { CsvReading } from "./csv-reading.ts";
import { linesOf } from "./csv-text.ts";

/** The rows of a local date that `reader` can read, file after file in the order in which they were written. */
export async function* rowsOf<T>(
  files: Pick<CsvReading, "readFiles">,
  place: { readonly device: string; readonly date: string; readonly kind: CsvKind },
  reader: (header: string) => RowReader<T>,
): AsyncIterable<T> {
  let header: string | undefined;
  let read: RowReader<T> = () => undefined;
  for await (const text of files.readFiles(place.device, place.date, place.kind)) {
    if (text.header !== header) {
      header = text.header;
      read = reader(header);
    }
    for (const line of linesOf(text)) {
      const row = read(line.row);
      if (row !== undefined) yield row;
    }
  }
}
