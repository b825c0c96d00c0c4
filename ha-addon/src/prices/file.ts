import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import { mostFileBytes } from "../archive/csv/csv-packing.ts";
import type { SlotArchive } from "../archive/slot-archive.ts";
import { parsePriceCsv } from "./price-csv.ts";
import { implausiblePriceProblem, type PriceBound, type PriceProblems, type PriceTrouble } from "./problems.ts";

const mostMistakesLogged = 5;

type PriceFileParts = {
  readonly folder: string;
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly prices: SlotArchive;
  readonly bound: PriceBound;
  readonly problems: PriceProblems;
};

/**
 * Takes the prices of a CSV file in the data folder into the archive, at once and whenever the file changes. Mistakes are
 * named by line; a file that is not there, without a price or with one beyond reason is asked about once.
 */
export function watchPriceFile(parts: PriceFileParts): Stop {
  const { name, clock, log, problems } = parts;
  let stopped = false;
  const check = fileCheck(parts, (problem) => {
    if (!stopped) problems.set(name, problem);
  });
  const checkInBackground = inBackground(log, "prices", check);
  void checkInBackground();
  const stop = clock.every(minuteMs, () => void checkInBackground());
  return () => {
    stop();
    stopped = true;
    problems.set(name, null);
  };
}

/** Takes the file where it has changed since the last check; one check at a time. `report` gets what is wrong with it. */
function fileCheck(parts: PriceFileParts, report: (problem: PriceTrouble | null) => void): () => Promise<void> {
  const { name, log } = parts;
  const file = join(parts.folder, name);
  /** Of the file that was taken, or the code of the error that was logged. */
  let lastState = "";
  let checking = false;

  function refuse(error: unknown): void {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    if (lastState === code) return;
    lastState = code;
    const problem = unreadProblem(name, code);
    log.warn(problemText(problem, "en"), { file });
    report(problem);
  }

  return async () => {
    if (checking) return;
    checking = true;
    try {
      const { mtimeMs, size } = await stat(file);
      const state = `${mtimeMs} ${size}`;
      if (state === lastState) return;
      if (size > mostFileBytes) throw Object.assign(new Error("longer than any year of prices"), { code: "EFBIG" });
      report(await takePrices(await readFile(file, "utf8"), parts));
      lastState = state;
    } catch (error) {
      refuse(error);
    } finally {
      checking = false;
    }
  };
}

function unreadProblem(source: string, error: string): PriceTrouble {
  if (error === "ENOENT") return { code: "price_file_missing", source };
  return { code: "price_file_unreadable", source, error };
}

/** Puts the prices of a file's text into the archive; hands back why none of them is taken, null where they are. */
async function takePrices(
  text: string,
  { name, log, zone, prices, bound }: PriceFileParts,
): Promise<PriceTrouble | null> {
  const { slots, mistakes } = await parsePriceCsv(text, zone());
  for (const { line, found, allowed } of mistakes.slice(0, mostMistakesLogged)) {
    log.warn(`${name}, line ${line}: found ${found}; allowed: ${allowed}`);
  }
  if (mistakes.length > mostMistakesLogged) log.warn(`${name}: lines with mistakes`, { lines: mistakes.length });
  const why =
    slots.length === 0 ? ({ code: "price_file_empty" } as const) : implausiblePriceProblem(slots, bound, null);
  if (why !== null) {
    const problem = { code: "no_prices", source: name, why } as const;
    log.warn(problemText(problem, "en"));
    return problem;
  }
  const rows = await prices.keep(slots);
  log.info("prices were read from a file", { file: name, prices: slots.length, new: rows });
  return null;
}
