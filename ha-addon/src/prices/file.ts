import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parsePrices } from "@heatloop/core/cost/price-series";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import { mostFileBytes } from "../archive/csv-packing.ts";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { inBackground } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import { askAbout, type PriceBound, type PriceProblems } from "./problems.ts";

const lookEachMs = 60_000;
const mistakesSaid = 5;
const nothingRead =
  "no line of it can be read; expected is a header start,price and lines such as 2026-01-31T14:15:00+01:00,0.285";

/**
 * Takes the prices of a CSV file in the data folder into the archive, at once and whenever the file changes. Mistakes are
 * named by line; a file that is not there, without a price or with one beyond reason is asked about once.
 */
export function watchPriceFile(parts: {
  readonly folder: string;
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly prices: SlotArchive;
  readonly bound: PriceBound;
  readonly problems: PriceProblems;
}): Stop {
  const { name, clock, log, zone, prices } = parts;
  const file = join(parts.folder, name);
  let seen = "";
  let looking = false;
  let stopped = false;

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
    const why = slots.length === 0 ? nothingRead : askAbout(slots, parts.bound, null);
    tell(why === null ? null : `${name} gives no prices: ${why}`);
    if (why !== null) {
      log.warn(`${name} gives no prices: ${why}`);
      return;
    }
    const rows = await prices.keep(slots);
    log.info("prices were read from a file", { file: name, prices: slots.length, new: rows });
  }

  function tell(problem: string | null): void {
    if (!stopped) parts.problems.set(name, problem);
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
    tell(`${name} ${todo}`);
  }

  const lookInBackground = inBackground(log, "prices", look);
  void lookInBackground();
  const stop = clock.every(lookEachMs, () => void lookInBackground());
  return () => {
    stop();
    stopped = true;
    parts.problems.set(name, null);
  };
}
