import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Stop } from "@heatloop/core/clock";
import type { Zone } from "@heatloop/core/local-day";
import { parsePrices } from "@heatloop/core/price-series";
import { mostFileBytes } from "./csv-packing.ts";
import type { Log } from "./log.ts";
import type { SlotArchive } from "./slot-archive.ts";

const lookEachMs = 60_000;
const mistakesSaid = 5;

/**
 * Takes the prices of a CSV file in the data folder into the archive, at once and whenever the file changes. Mistakes are
 * named by line; a file that is not there is asked for once.
 */
export function watchPriceFile(parts: {
  readonly folder: string;
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly prices: SlotArchive;
}): Stop {
  const { name, clock, log, zone, prices } = parts;
  const file = join(parts.folder, name);
  let seen = "";
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const { mtimeMs, size } = await stat(file);
      const state = `${mtimeMs} ${size}`;
      if (state === seen) return;
      if (size > mostFileBytes) throw Object.assign(new Error("longer than any year of prices"), { code: "EFBIG" });
      await take(await readFile(file, "utf8"));
      seen = state;
    } catch (error) {
      refuse(error);
    } finally {
      looking = false;
    }
  }

  async function take(text: string): Promise<void> {
    const { slots, mistakes } = parsePrices(text, zone());
    for (const { line, found, allowed } of mistakes.slice(0, mistakesSaid)) {
      log.warn(`${name}, line ${line}: found ${found}; allowed: ${allowed}`);
    }
    if (mistakes.length > mistakesSaid) log.warn(`${name}: lines with mistakes`, { lines: mistakes.length });
    const rows = await prices.keep(slots);
    log.info("prices were read from a file", { file: name, prices: slots.length, new: rows });
  }

  function refuse(error: unknown): void {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    if (seen === code) return;
    seen = code;
    const todo =
      code === "ENOENT"
        ? "is not in the data folder: put it there, or empty tariff.dynamic.file"
        : `cannot be read (${code})`;
    log.warn(`${name} ${todo}`, { file });
  }

  void look();
  return clock.every(lookEachMs, () => void look());
}
