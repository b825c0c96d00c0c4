import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The minutes of a device as they are on the disk: the rows by when each began, in ms since the epoch. */
export type RowsOnDisk = {
  readonly rows: ReadonlyMap<number, readonly string[]>;
  /** Of the file that was read last. */
  readonly columns: readonly string[];
  /** Rows with other than the cells of their header. */
  readonly torn: readonly string[];
};

/** Reads the folder of a device in an archive, as it is. */
export async function rowsOnDisk(deviceFolder: string): Promise<RowsOnDisk> {
  const rows = new Map<number, string[]>();
  const torn: string[] = [];
  let columns: readonly string[] = [];
  for (const year of await readdir(deviceFolder)) {
    for (const file of (await readdir(join(deviceFolder, year))).sort()) {
      if (!/^\d{4}-\d\d-\d\d(\.\d+)?\.csv$/.test(file)) continue;
      const text = await readFile(join(deviceFolder, year, file), "utf8");
      const [header = "", ...lines] = text.split("\n");
      columns = header.split(",");
      if (!text.endsWith("\n")) torn.push(lines.at(-1) ?? header);
      for (const line of lines.filter((each) => each !== "")) {
        if (line.split(",").length !== columns.length) torn.push(line);
        const at = Date.parse(line.slice(0, line.indexOf(",")));
        rows.set(at, [...(rows.get(at) ?? []), line]);
      }
    }
  }
  return { rows, columns, torn };
}
