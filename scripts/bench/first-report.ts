import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeYear } from "./archive-year.ts";
import { yearDevice, yearZone } from "./archive-zone.ts";
import { bundleProgram } from "./bundle-program.ts";
import type { BenchFigure } from "./figure.ts";
import { runProgram } from "./processes.ts";
import { programFlags } from "./program.ts";
import { alternately, once } from "./turns.ts";

const rounds = 7;
const year = 2025;

/** The generated year, and the bundled programs. */
type Bench = { readonly work: string; readonly report: string; readonly split: string };
type Made = { readonly days: number; readonly periods: number; readonly ms: number };
type Report = Made & { readonly energyKb: number; readonly wholeKb: number };

/**
 * A first report of a year with all that is in it, events and house too, in a fresh process: against a plain reader of the same
 * files, and against the same report once its days are kept; and the size of what the card's energy view asks for of it.
 */
export function firstReportFigures(): BenchFigure[] {
  const shared = once(makeBench);
  return [
    {
      name: "report_first_year_ms",
      against: "read and split the same files",
      goal: { of: "ratio", is: "<=", limit: 3 },
      async measure() {
        const bench = await shared();
        return alternately(rounds, {
          ours: async () => (await firstReport(bench)).ms,
          peer: () => (run(bench.split, [join(bench.work, "archive", yearDevice, String(year))]) as Made).ms,
        });
      },
    },
    {
      name: "report_kept_year_ms",
      against: "the first report of it",
      goal: { of: "ratio", is: "<=", limit: 0.05 },
      async measure() {
        const bench = await shared();
        const turns = [];
        for (let round = 0; round < rounds; round += 1) {
          const first = await firstReport(bench);
          turns.push({ ours: reportOf(bench).ms, peer: first.ms });
        }
        return turns;
      },
    },
    {
      name: "energy_year_kb",
      against: "all of the report",
      goal: { of: "ours", is: "<=", limit: 15 },
      async measure() {
        const { periods, energyKb, wholeKb } = await firstReport(await shared());
        if (periods !== 12) throw new Error(`a year has ${periods} months`);
        return { ours: energyKb, peer: wholeKb };
      },
    },
  ];
}

async function makeBench(): Promise<Bench> {
  const work = await mkdtemp(join(tmpdir(), "heatloop-bench-"));
  process.once("exit", () => rmSync(work, { recursive: true, force: true }));
  await writeYear(join(work, "archive"), year);
  const [report, split] = [
    await bundleProgram("report-program.ts", work),
    await bundleProgram("split-program.ts", work),
  ];
  return { work, report, split };
}

/** Nothing is kept before. */
async function firstReport(bench: Bench): Promise<Report> {
  await rm(join(bench.work, "data"), { recursive: true, force: true });
  return reportOf(bench);
}

function reportOf({ work, report }: Bench): Report {
  const words = [join(work, "archive"), `${year}-01-01`, `${year}-12-31`, join(work, "data")];
  const made = run(report, words) as Report;
  if (made.days !== 365) throw new Error(`the report has ${made.days} days`);
  return made;
}

function run(bundle: string, words: readonly string[]): unknown {
  // Home Assistant's Supervisor gives an add-on the time zone so; the image's C library has a single heap.
  const environment = { ...process.env, TZ: yearZone.name, MALLOC_ARENA_MAX: "1" };
  return JSON.parse(runProgram(process.execPath, [...programFlags, bundle, ...words], environment));
}
