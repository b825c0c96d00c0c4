import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { energyColumns } from "@heatloop/core/energy/day-columns";
import { type Operation, operations } from "@heatloop/core/live/operation";
import { minutesHeader } from "@heatloop/core/minute/csv-writer";
import { peerFromNpm } from "./peer-packages.ts";
import { runProgram } from "./processes.ts";

const duckDbVersion = "1.5.6-r.1";

/** Something that reads the year; `run` gives what it printed. Rejects where this machine does not have it. */
export type Peer = { readonly run: () => string };
/** The same for the days of a range of dates. */
export type ParquetPeer = { readonly run: (from: string, to: string) => string };

/** `wc -l` on the files: the least that reading them can cost. */
export async function wordCount(folder: string): Promise<Peer> {
  const files = await filesIn(folder);
  return { run: () => runProgram("wc", ["-l", ...files]) };
}

/** archive-year.c, compiled by this machine's C compiler. */
export async function cProgram(folder: string, work: string): Promise<Peer> {
  const program = join(work, "archive-year");
  const source = join(import.meta.dirname, "archive-year.c");
  runProgram("cc", ["-O2", "-o", program, source, "-lm"]);
  const files = await filesIn(folder);
  return { run: () => runProgram(program, [energyColumns.join(","), ...files]) };
}

/**
 * DuckDB from npm over the year's files. Every wanted column is summed up by date, and the counter's steps are distributed
 * over the operations as archive-year.c does it. Rejects, so that its figures count as missed, where it cannot be had.
 */
export async function duckDb(folder: string, work: string): Promise<Peer> {
  const run = await duckDbRunner(work);
  return { run: () => run(byPartAndDate(sourceOf(`${folder}/*.csv`))) };
}

/**
 * The same over the days of a range of dates (`from`, `to`), whose minutes DuckDB has written into one Parquet file a year
 * before. `folder` holds a folder of CSV files for each year.
 */
export async function duckDbOnParquet(folder: string, work: string): Promise<ParquetPeer> {
  const run = await duckDbRunner(work);
  const parquetOf = (year: string) => join(work, `${year}.parquet`);
  for (const year of await readdir(folder)) {
    const minutes = sourceOf(`${folder}/${year}/*.csv`);
    if (existsSync(parquetOf(year))) continue;
    run(`copy (select * from ${minutes}) to '${parquetOf(year)}' (format parquet, compression zstd)`);
  }
  return {
    run(from, to) {
      const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
      const files = Array.from({ length: last - first + 1 }, (_, index) => `'${parquetOf(String(first + index))}'`);
      const range = `"time" >= '${from}' and "time" < '${to}U'`;
      return run(byPartAndDate(`(select * from read_parquet([${files.join(", ")}]) where ${range})`));
    },
  };
}

/** Runs one statement in a process of its own. */
async function duckDbRunner(work: string): Promise<(sql: string) => string> {
  const home = await peerFromNpm("@duckdb/node-api", duckDbVersion);
  const program = join(home, "days.mjs");
  await writeFile(program, duckDbProgram);
  return (sql) => runProgram(process.execPath, [program, sql], { ...process.env, TMPDIR: work });
}

/**
 * The types are given, as looking for them in each file takes DuckDB many times longer; `time` is text, as DuckDB would
 * turn it into UTC and so into other days.
 */
function sourceOf(files: string): string {
  const typeOf = (name: string) => (energyColumns.includes(name) ? "DOUBLE" : "VARCHAR");
  const columns = minutesHeader.split(",").map((name) => `'${name}': '${typeOf(name)}'`);
  return `read_csv('${files}', header = true, auto_detect = false, columns = {${columns.join(", ")}})`;
}

const sums = energyColumns.map((name) => `sum("${name}") as "${name}"`).join(", ");

function byPartAndDate(source: string): string {
  const known = (name: string) => `coalesce("${name}", 0)`;
  const secondsOf = (each: Operation) => known(`${each}_s`);
  const knownS = operations.map(secondsOf).join(" + ");
  const runningS = `(${knownS} - ${secondsOf("standby")})`;
  const heaterS = ["immersion_heater_s", "booster_heater_s", "booster_heater_2_s"].map(known).join(" + ");
  const runningWs = `(${known("compressor_frequency_hz")} * 1200 + (${heaterS}) * 3000)`;
  const runs = (each: Operation) => `coalesce(${runningWs} * ${secondsOf(each)} / nullif(${runningS}, 0), 0)`;
  const weightOf = (each: Operation) => `(${secondsOf(each)} * 20 + ${each === "standby" ? "0" : runs(each)}) / 3600`;
  const parts = [...operations, "unknown"];
  const weights = parts.map((each) => `sum(w_${each}) as w_${each}`).join(", ");
  const all = parts.map((each) => `w_${each}`).join(" + ");
  const shares = parts.map((each) => `sum(electricity_wh * w_${each} / nullif(${all}, 0)) as p_${each}`).join(", ");
  return `
    with minutes as (select left("time", 10) as date, *,
        ${operations.map((each) => `${weightOf(each)} as w_${each}`).join(", ")},
        greatest(0, 60 - (${knownS})) * 20 / 3600 as w_unknown from ${source}),
      numbered as (select *, coalesce(sum(cast(electricity_wh > 0 as int)) over (partition by date order by time
        rows between unbounded preceding and 1 preceding), 0) as step from minutes),
      steps as (select date, step, ${sums}, ${weights} from numbered group by date, step)
    select date, ${sums}, ${shares} from steps group by date order by date`;
}

/** As ours, it prints the milliseconds from the question to the answer. */
const duckDbProgram = `
import { DuckDBInstance } from "@duckdb/node-api";
const startedAt = performance.now();
const connection = await (await DuckDBInstance.create()).connect();
const rows = (await connection.runAndReadAll(process.argv[2])).getRowObjects();
const ms = performance.now() - startedAt;
const sum = (name) => rows.reduce((total, row) => total + Math.round(row[name] ?? 0), 0);
const result = { days: rows.length, heatWh: sum("heat_wh"), electricityWh: sum("electricity_wh"), ms };
console.log(JSON.stringify(result));
process.exit(0);
`;

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}
