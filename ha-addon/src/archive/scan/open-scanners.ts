import { type DayColumns, energyColumns } from "@heatloop/core/energy/day-columns";
import { plainPasses, type RowPasses } from "@heatloop/core/energy/passes/row-passes";
import { implausibleColumns, usualCellLimits } from "@heatloop/core/minute/plausible-row";
import { linesAtOnce } from "./line-scanner.ts";
import { plainLineScanner } from "./plain-lines.ts";
import { type CsvScanner, csvScanner } from "./scan-csv.ts";
import { mostBytes, simdMemory } from "./simd-memory.ts";

const plausibility = { usual: usualCellLimits, implausibleColumns };

/** Scanners of `energyColumns`, and the passes over the days that they have read. */
export type Scanners = {
  readonly scanners: readonly CsvScanner[];
  /** The fastest passes over a day; they are valid until those of another day are requested. */
  passesOf(day: DayColumns): RowPasses;
};

/** So many of the fastest scanners that the machine runs. They keep their buffer for a day's file. */
export function openScanners(count: number): Scanners {
  const memory = simdMemory(count, energyColumns.length);
  let plain: RowPasses | undefined;

  function plainOf({ rows }: DayColumns): RowPasses {
    if (rows > linesAtOnce) return plainPasses(rows);
    plain ??= plainPasses(linesAtOnce);
    return plain;
  }

  return {
    scanners: Array.from({ length: count }, (_, i) => {
      const fast = memory?.scanners[i];
      return fast === undefined ? plainScanner() : byLength(csvScanner(fast, energyColumns, plausibility));
    }),
    passesOf: (day) => memory?.passesOf(day) ?? plainOf(day),
  };
}

function plainScanner(): CsvScanner {
  return csvScanner(plainLineScanner(), energyColumns, plausibility);
}

/** The fast scanner for all files but those far longer than a day's. */
function byLength(fast: CsvScanner): CsvScanner {
  let used = fast;
  return {
    buffer(length) {
      used = length <= mostBytes ? fast : plainScanner();
      return used.buffer(length);
    },
    scan: (length) => used.scan(length),
  };
}
