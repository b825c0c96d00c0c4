import { join } from "node:path";
import { isDate } from "@heatloop/core/time/local-day";
import type { Disk } from "./csv-disk.ts";
import {
  type CsvKind,
  type CsvName,
  csvName,
  isDeviceId,
  isYearFolder,
  nameInYear,
  withoutDoubles,
} from "./csv-name.ts";
import { FileTooLong, mostFileBytes, unpacked } from "./csv-packing.ts";
import { type CsvText, csvText } from "./csv-text.ts";

/** Runs work on a path; undefined where nothing is there (any more), or it fails. */
export type Attempt = <T>(path: string, work: () => Promise<T>) => Promise<T | undefined>;

/** Names of entries in a folder that are files, or folders. */
type ListNames = (kind: "isFile" | "isDirectory", path: string) => Promise<string[]>;

/** The devices, years and files of an archive. */
export type ArchiveFolders = {
  /** The files of a local date, in order of their parts; each is read when it is requested. */
  texts(device: string, date: string, kind: CsvKind): AsyncIterable<CsvText>;
  /** The dates that have files, in order. */
  dates(device: string): Promise<string[]>;
  /** The devices that have a folder with years. */
  devices(): Promise<string[]>;
};

/** Folders of the archive that belong to the house and no device. */
export const sharedFolders: ReadonlySet<string> = new Set(["prices", "surplus"]);

/** The folders of the archive in `folder`. */
export function archiveFolders(folder: string, attempt: Attempt, disk: Disk): ArchiveFolders {
  const list = nameLister(attempt, disk);

  async function years(device: string): Promise<string[]> {
    if (!isDeviceId(device)) return [];
    const names = await list("isDirectory", join(folder, device));
    return names.filter(isYearFolder);
  }

  async function filesOf(device: string, year: string): Promise<CsvName[]> {
    const entries = await list("isFile", join(folder, device, year));
    return withoutDoubles(entries.flatMap((entry) => nameInYear(entry, year) ?? []));
  }

  return {
    async *texts(device, date, kind) {
      if (!isDeviceId(device) || !isDate(date)) return;
      const year = date.slice(0, 4);
      const names = (await filesOf(device, year)).filter((name) => name.date === date && name.kind === kind);
      for (const name of names.sort((a, b) => a.part - b.part)) {
        const file = join(folder, device, year, csvName(name));
        const bytes = await attempt(file, () => readUnpacked(disk, file, name));
        if (bytes !== undefined) yield csvText(bytes, file);
      }
    },
    async dates(device) {
      const dates = new Set<string>();
      for (const year of await years(device)) {
        for (const { date } of await filesOf(device, year)) dates.add(date);
      }
      return [...dates].sort();
    },
    async devices() {
      const devices: string[] = [];
      for (const name of await list("isDirectory", folder)) {
        if (sharedFolders.has(name)) continue;
        if ((await years(name)).length > 0) devices.push(name);
      }
      return devices.sort();
    },
  };
}

/** A link counts as what it leads to. */
function nameLister(attempt: Attempt, { promises }: Disk): ListNames {
  return async (kind, path) => {
    const names: string[] = [];
    for (const entry of (await attempt(path, () => promises.readdir(path, { withFileTypes: true }))) ?? []) {
      const target = join(path, entry.name);
      const stats = entry.isSymbolicLink() ? await attempt(target, () => promises.stat(target)) : entry;
      if (stats?.[kind]() === true) names.push(entry.name);
    }
    return names;
  };
}

async function readUnpacked({ promises }: Disk, file: string, { packing }: CsvName): Promise<Buffer> {
  if ((await promises.stat(file)).size > mostFileBytes) throw new FileTooLong(false);
  return unpacked(await promises.readFile(file), packing);
}
