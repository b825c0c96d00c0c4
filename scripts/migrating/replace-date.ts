import { copyFile, link, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Transition } from "@heatloop/core/live/transition";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { minuteReader, type RowReader, transitionReader } from "@heatloop/core/minute/csv-reader";
import { minuteRow, minutesHeader, transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import type { Zone } from "@heatloop/core/time/local-day";
import { deviceFiles } from "@heatloop/ha-addon/archive/compress-days";
import type { CsvFiles } from "@heatloop/ha-addon/archive/csv/csv-files";
import { type CsvKind, csvName } from "@heatloop/ha-addon/archive/csv/csv-name";
import { rowsOf } from "@heatloop/ha-addon/archive/csv/csv-reading";
import { replaceFile } from "@heatloop/ha-addon/base/durable-file";
import { CannotMigrate } from "./both-archives.ts";

/** A local date of an archive whose files are replaced; `kept`: where they stay as they were. */
type DateToReplace = {
  readonly folder: string;
  readonly device: string;
  readonly date: string;
  readonly kept: string;
  readonly zone: Zone;
  readonly files: Pick<CsvFiles, "readFiles">;
};

/**
 * Writes a date's minutes and transitions anew. Each file is the old one or the new one whenever the program ends. Throws
 * `CannotMigrate` where a file has columns that would be lost, and the disk's error.
 */
export async function replaceDate(
  place: DateToReplace,
  minutes: readonly Minute[],
  transitions: readonly Transition[],
): Promise<void> {
  const { zone } = place;
  await refuseUnknownColumns(place, "minutes", minutesHeader);
  await refuseUnknownColumns(place, "transitions", transitionsHeader);
  const changes = await withOtherDates(place, "transitions", transitionReader, transitions);
  await replaceKind(
    place,
    "transitions",
    transitionsHeader,
    changes.map((each) => transitionRow(each, zone)),
  );
  const rows = await withOtherDates(place, "minutes", minuteReader, minutes);
  await replaceKind(
    place,
    "minutes",
    minutesHeader,
    rows.map((each) => minuteRow(each, zone)),
  );
}

/** With the rows that belong to the dates beside it, as there are after a change of the time zone: they stay where they are. */
async function withOtherDates<Row extends { readonly at: number }>(
  { files, device, date, zone }: DateToReplace,
  kind: CsvKind,
  reader: (header: string) => RowReader<Row>,
  ofDate: readonly Row[],
): Promise<Row[]> {
  const others: Row[] = [];
  for await (const row of rowsOf(files, { device, date, kind }, reader))
    if (zone.dateOf(row.at) !== date) others.push(row);
  return [...others, ...ofDate].sort((a, b) => a.at - b.at);
}

async function refuseUnknownColumns({ files, device, date }: DateToReplace, kind: CsvKind, header: string) {
  const known = splitRow(header);
  for await (const text of files.readFiles(device, date, kind)) {
    const unknown = splitRow(text.header).filter((column) => !known.includes(column));
    if (unknown.length === 0) continue;
    throw new CannotMigrate(
      `${text.file} has columns that this version does not know (${unknown.join(" ")}): use the version that wrote it.`,
    );
  }
}

async function replaceKind(
  { folder, device, date, kept }: DateToReplace,
  kind: CsvKind,
  header: string,
  rows: readonly string[],
) {
  const before = deviceFiles(join(folder, device)).filter(({ name }) => name.date === date && name.kind === kind);
  if (rows.length === 0 && before.length === 0) return;
  const year = join(folder, device, date.slice(0, 4));
  const fresh = csvName({ date, kind, part: 1 });
  await mkdir(join(kept, device, date.slice(0, 4)), { recursive: true });
  for (const { name } of before)
    await keep(join(year, csvName(name)), join(kept, device, date.slice(0, 4), csvName(name)));
  await replaceFile(join(year, fresh), [header, ...rows, ""].join("\n"));
  // While the other files of the date are there too, the rows of the first one count.
  for (const { name } of before) if (csvName(name) !== fresh) await rm(join(year, csvName(name)), { force: true });
}

/** The first import's original stays. */
async function keep(file: string, copy: string): Promise<void> {
  try {
    await link(file, copy);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return;
    await copyFile(file, copy);
  }
}
