import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cProgram, duckDb, duckDbOnParquet, type Peer, wordCount } from "./archive-peers.ts";
import { writeYear } from "./archive-year.ts";
import { yearDevice, yearZone } from "./archive-zone.ts";
import { bundleProgram } from "./bundle-program.ts";
import type { BenchFigure, Measured } from "./figure.ts";
import { idleNodeMb } from "./idle-node.ts";
import { runProgram } from "./processes.ts";
import { programFlags } from "./program.ts";
import { alternately, once } from "./turns.ts";

const rounds = 9;
const year = 2025;

/** What a program prints of a year. */
type YearSums = {
  readonly days: number;
  readonly heatWh: number;
  readonly electricityWh: number;
  readonly ms?: number;
  readonly maxRssMb?: number;
};

/**
 * The archive's figures: a generated year of minutes to its days by the bundled program with no summaries, against
 * `wc -l`, a C program and DuckDB on the same files, and finished days from their summaries against DuckDB on the same
 * minutes as Parquet.
 *
 * What is compared with what: `scan` reads 37 columns and sums them up by day; `days` makes whole days with all that a
 * report needs (sources, uncertainty, consumers, COPs, quality, gaps). The C program and DuckDB sum up the same columns
 * and distribute the counter's steps over the operations, which is about what a "day" was for the prototypes that the goals
 * come from (12 columns; trapezoids, counters with resets, min, max and mean): a tenth of the formula behind `days`. The
 * sums of heat and electricity must be the same.
 * Processes run alternately, so that what else the machine does hits both alike; the turn with the median ratio counts.
 * Memory is compared with that of Node doing nothing.
 */
export function archiveFigures(): BenchFigure[] {
  const shared = sharedYear();
  const against = (what: Program, name: string, limit: number, who: string, peer: (bench: Bench) => Promise<Peer>) => ({
    name: `archive-${what}-${name}`,
    against: who,
    goal: { of: "ratio", is: "<=", limit } as const,
    measure: async () => compared(await shared(), what, await peer(await shared())),
  });
  const both = (["scan", "days"] as const).flatMap((what) => [
    against(what, "wc-s", 5, "wc -l", ({ files }) => wordCount(files)),
    against(what, "c-s", 1.3, "C program", ({ files, work }) => cProgram(files, work)),
    memoryFigure(what, shared),
  ]);
  return [
    ...both,
    against("days", "duckdb-s", 0.25, "DuckDB, CSV", ({ files, work }) => duckDb(files, work)),
    summariesFigure("archive-summaries-month-ms", ["2029-11-03", "2029-12-02"], shared),
    summariesFigure("archive-summaries-year-ms", ["2029-01-01", "2029-12-31"], shared),
    summariesFigure("archive-summaries-5-years-ms", ["2025-01-01", "2029-12-31"], shared),
  ];
}

type Program = "scan" | "days";
/** `files`: the folder of the year's files. */
type Bench = { readonly work: string; readonly files: string; readonly bundles: Readonly<Record<Program, string>> };

/** The generated year and the bundled programs: made once, gone with this process. */
function sharedYear(): () => Promise<Bench> {
  return once(async () => {
    const work = await mkdtemp(join(tmpdir(), "heatloop-bench-"));
    process.once("exit", () => rmSync(work, { recursive: true, force: true }));
    await writeYear(join(work, "archive"), year);
    const bundles = {
      scan: await bundleProgram("archive-scan-program.ts", work),
      days: await bundleProgram("archive-program.ts", work),
    };
    return { work, files: join(work, "archive", yearDevice, String(year)), bundles };
  });
}

function run(bundle: string, words: readonly string[]): YearSums {
  // Home Assistant's Supervisor gives an add-on the time zone so; the image's C library has a single heap.
  const environment = { ...process.env, TZ: yearZone.name, MALLOC_ARENA_MAX: "1" };
  return JSON.parse(runProgram(process.execPath, [...programFlags, bundle, ...words], environment)) as YearSums;
}

async function compared({ work, bundles }: Bench, what: Program, peer: Peer): Promise<readonly Measured[]> {
  const words = [join(work, "archive"), `${year}-01-01`, `${year}-12-31`];
  let ours: YearSums | undefined;
  let peerOutput = "";
  const turns = await alternately<keyof Measured, number>(rounds, {
    ours: () => timed(() => (ours = run(bundles[what], words))),
    peer: () => timed(() => (peerOutput = peer.run())),
  });
  if (ours !== undefined && peerOutput.startsWith("{")) checkSame(ours, JSON.parse(peerOutput) as YearSums);
  return turns;
}

/** Heat is rounded by parts here and as a whole there: a few Wh a day. */
function checkSame(ours: YearSums, peers: YearSums): void {
  const same =
    ours.days === peers.days &&
    ours.electricityWh === peers.electricityWh &&
    Math.abs(ours.heatWh - peers.heatWh) <= 2 * ours.days;
  if (!same) throw new Error(`the sums differ: ${JSON.stringify(ours)}, ${JSON.stringify(peers)}`);
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) / 1000;
}

/** 64 MB where Node itself takes 43. */
function memoryFigure(what: Program, shared: () => Promise<Bench>): BenchFigure {
  return {
    name: `archive-${what}-rss-mb`,
    against: "node, doing nothing",
    goal: { of: "ratio", is: "<=", limit: 1.5 },
    async measure() {
      const { work, bundles } = await shared();
      const words = [join(work, "archive"), `${year}-01-01`, `${year}-12-31`];
      return alternately<keyof Measured, number>(5, {
        ours: () => run(bundles[what], words).maxRssMb ?? Number.NaN,
        peer: idleNodeMb,
      });
    },
  };
}

/** From the question to the answer in a fresh process, the summaries of five years having been kept before. */
function summariesFigure(
  name: string,
  [from, to]: readonly [string, string],
  shared: () => Promise<Bench>,
): BenchFigure {
  return {
    name,
    against: "DuckDB, Parquet",
    goal: { of: "ratio", is: "<=", limit: 0.15 },
    async measure() {
      const { work, bundles } = await shared();
      const folder = await fiveYears(work);
      const words = [folder, from, to, join(work, "summaries")];
      const parquet = await duckDbOnParquet(join(folder, yearDevice), work);
      const kept = run(bundles.days, words);
      const turns = await alternately<keyof Measured, YearSums>(rounds, {
        ours: () => run(bundles.days, words),
        peer: () => JSON.parse(parquet.run(from, to)) as YearSums,
      });
      for (const { peer } of turns) checkSame(kept, peer);
      return turns.map(({ ours, peer }) => ({ ours: ours.ms ?? Number.NaN, peer: peer.ms ?? Number.NaN }));
    },
  };
}

/** Five whole years of files, some 950 MB, made once. */
async function fiveYears(work: string): Promise<string> {
  const folder = join(work, "five-years");
  const years = [2025, 2026, 2027, 2028, 2029];
  if ((await readdir(work)).includes("five-years")) return folder;
  for (const each of years) {
    await mkdir(join(folder, yearDevice), { recursive: true });
    if (each === year)
      await cp(join(work, "archive", yearDevice, String(year)), join(folder, yearDevice, String(each)), {
        recursive: true,
      });
    else await writeYear(folder, each);
  }
  return folder;
}
