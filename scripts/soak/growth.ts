import type { Held } from "./soaked-program.ts";

/** Chosen: garbage collection leaves some MB more or less; a leak of 100 bytes a minute would be 50 MB a year. */
const mostHeapMb = 10;
/** Chosen: of what the allocator keeps for itself. */
const mostRssMb = 60;
const mostFileShare = 0.1;
const mostHandles = 5;

/**
 * What grows from the second year on to the last one, beyond what is allowed, as sentences; by then old days are removed
 * and everything has its size. Empty where nothing does, or fewer than three years were soaked.
 */
export function growthOf(after: readonly Held[]): readonly string[] {
  const [, second] = after;
  const last = after.at(-1);
  if (after.length < 3 || second === undefined || last === undefined) return [];
  const grown: readonly (readonly [what: string, before: number, now: number, most: number])[] = [
    ["the heap, MB", second.heapBytes / 1e6, last.heapBytes / 1e6, mostHeapMb],
    ["RSS, MB", second.rssBytes / 1e6, last.rssBytes / 1e6, mostRssMb],
    ["the number of files beside the archive", second.files, last.files, mostFileShare * second.files],
    [
      "the files beside the archive, MB",
      second.fileBytes / 1e6,
      last.fileBytes / 1e6,
      (mostFileShare * second.fileBytes) / 1e6,
    ],
    [
      "the archive, MB",
      second.archiveBytes / 1e6,
      last.archiveBytes / 1e6,
      (mostFileShare * second.archiveBytes) / 1e6,
    ],
    ["handles", second.handles, last.handles, mostHandles],
    ["open files", second.openFiles, last.openFiles, mostHandles],
  ];
  return grown
    .filter(([, before, now, most]) => now - before > most)
    .map(
      ([what, before, now, most]) =>
        `${what}: from ${before.toFixed(1)} to ${now.toFixed(1)}, more than ${most.toFixed(1)} beyond`,
    );
}
