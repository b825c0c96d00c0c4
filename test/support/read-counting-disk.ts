import { basename, dirname } from "node:path";
import { type Disk, realDisk } from "@heatloop/ha-addon/archive/csv/csv-disk";

/** A disk that counts how often each file of minutes is read, by its device and name. */
export function readCountingDisk(): { readonly disk: Disk; readonly reads: Map<string, number> } {
  const reads = new Map<string, number>();
  const count = (path: unknown) => {
    const [file, device] = [basename(String(path)), basename(dirname(dirname(String(path))))];
    if (!/^\d{4}-\d\d-\d\d(\.\d+)?\.csv(\.gz|\.zst)?$/.test(file)) return;
    const name = `${device}/${file}`;
    reads.set(name, (reads.get(name) ?? 0) + 1);
  };
  const counted =
    <A extends readonly unknown[], T>(read: (...args: A) => T) =>
    (...args: A): T => {
      count(args[0]);
      return read(...args);
    };
  const { promises } = realDisk;
  const disk = {
    ...realDisk,
    openSync: counted(realDisk.openSync),
    readFileSync: counted(realDisk.readFileSync as (...args: unknown[]) => unknown),
    promises: { ...promises, readFile: counted(promises.readFile as (...args: unknown[]) => unknown) },
  } as Disk;
  return { disk, reads };
}
