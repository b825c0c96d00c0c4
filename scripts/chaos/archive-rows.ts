import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A row of the archive as it lies on the disk; `at`: when its minute began, ms since the epoch. */
export type ArchiveRow = { readonly at: number; readonly line: string; readonly electricityWh: number | null };

export type ArchiveRows = {
  readonly rows: readonly ArchiveRow[];
  /** Lines that are no whole row of their file: other cells than its header has, no time, no end, NULs. */
  readonly torn: readonly string[];
};

const minuteFile = /^\d{4}-\d\d-\d\d(\.\d+)?\.csv$/;

/** Reads the minutes of a device's folder with nothing of the program's own readers; none where there is no such folder. */
export async function readArchiveRows(deviceFolder: string): Promise<ArchiveRows> {
  const rows: ArchiveRow[] = [];
  const torn: string[] = [];
  for (const year of await namesIn(deviceFolder)) {
    for (const file of await namesIn(join(deviceFolder, year))) {
      if (!minuteFile.test(file)) continue;
      const read = rowsOfText(await readFile(join(deviceFolder, year, file), "utf8"));
      rows.push(...read.rows);
      torn.push(...read.torn);
    }
  }
  return { rows, torn };
}

/** The rows of a file's text. */
export function rowsOfText(text: string): ArchiveRows {
  const [header = "", ...lines] = text.split("\n");
  const columns = header.split(",");
  const electricity = columns.indexOf("electricity_wh");
  const rows: ArchiveRow[] = [];
  const torn: string[] = [];
  // What follows the last line feed has no end.
  const unfinished = lines.pop() ?? header;
  if (unfinished !== "") torn.push(unfinished);
  for (const line of lines) {
    const cells = line.split(",");
    const at = Date.parse(cells[0] ?? "");
    if (cells.length !== columns.length || Number.isNaN(at) || line.includes("\0")) {
      torn.push(line);
      continue;
    }
    const wh = cells[electricity] ?? "";
    rows.push({ at, line, electricityWh: wh === "" ? null : Number(wh) });
  }
  return { rows, torn };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
