import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";

/** Ways in which a file is there and cannot be read, by the error that the disk gives. */
export const unreadables: readonly (readonly [code: string, make: (path: string) => void])[] = [
  ["EISDIR", (path) => mkdirSync(path)],
  ["ELOOP", (path) => symlinkSync(path, path)],
  // The first byte of a process's memory is no place that can be read.
  ["EIO", (path) => symlinkSync("/proc/self/mem", path)],
  // Nobody refuses anything to root.
  ...(process.getuid?.() === 0 ? [] : [["EACCES", withoutPermission] as const]),
];

function withoutPermission(path: string): void {
  writeFileSync(path, "{}");
  chmodSync(path, 0);
}

/** A person mends it: what is there then can be read. */
export function mendFile(path: string, text: string): void {
  rmSync(path, { recursive: true });
  writeFileSync(path, text);
}
