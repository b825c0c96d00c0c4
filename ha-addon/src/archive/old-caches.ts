import { rm } from "node:fs/promises";
import { join } from "node:path";
import { namesIn } from "./csv/csv-disk.ts";

/**
 * Removes from the data folder what earlier releases kept of finished days and nobody reads any more: the folder of
 * events, and summaries in a file a year. What cannot be removed stays.
 */
export async function removeOldCaches(dataFolder: string): Promise<void> {
  const summaries = join(dataFolder, "day-summaries");
  const ofYears = namesIn(summaries).flatMap((device) =>
    namesIn(join(summaries, device))
      .filter((name) => /^\d{4}\.txt$/.test(name))
      .map((name) => join(summaries, device, name)),
  );
  for (const path of [join(dataFolder, "what-happened"), ...ofYears]) {
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
