import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { energyColumns } from "@heatloop/core/energy/day-columns";
import { type Operation, operations } from "@heatloop/core/live/operation";
import { minutesHeader } from "@heatloop/core/minute/csv";
import { runProgram } from "./processes.ts";

const duckDbVersion = "1.5.6-r.1";

/** Something that reads the year; `run` gives what it printed. Rejects where this machine does not have it. */
export type Peer = { readonly run: () => string };

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
 * DuckDB from npm, in a cache folder of its own: it is 70 MB and nothing that Heatloop needs. Every wanted column is
 * summed up by date, and the counter's steps are spread over the operations as archive-year.c does it. Rejects, so that
 * its figures count as missed, where it cannot be had.
 */
export async function duckDb(folder: string): Promise<Peer> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "heatloop-bench");
  if (!existsSync(join(cache, "node_modules/@duckdb/node-api"))) {
    await mkdir(cache, { recursive: true });
    await writeFile(join(cache, "package.json"), '{ "private": true }\n');
    try {
      runProgram("npm", ["install", "--prefix", cache, "--no-audit", "--no-fund", `@duckdb/node-api@${duckDbVersion}`]);
    } catch (error) {
      throw new Error(`DuckDB ${duckDbVersion} is not there and npm cannot get it: ${String(error)}`);
    }
  }
  const program = join(cache, "days.mjs");
  await writeFile(program, duckDbProgram(spreadByDate(sourceOf(folder))));
  return { run: () => runProgram(process.execPath, [program]) };
}

/**
 * The types are told, as looking for them in each file takes DuckDB many times longer; `time` is text, as DuckDB would
 * turn it into UTC and so into other days.
 */
function sourceOf(folder: string): string {
  const typeOf = (name: string) => (energyColumns.includes(name) ? "DOUBLE" : "VARCHAR");
  const columns = minutesHeader.split(",").map((name) => `'${name}': '${typeOf(name)}'`);
  return `read_csv('${folder}/*.csv', header = true, auto_detect = false, columns = {${columns.join(", ")}})`;
}

const sums = energyColumns.map((name) => `sum("${name}") as "${name}"`).join(", ");

function spreadByDate(source: string): string {
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

function duckDbProgram(sql: string): string {
  return [
    'import { DuckDBInstance } from "@duckdb/node-api";',
    "const connection = await (await DuckDBInstance.create()).connect();",
    `const rows = (await connection.runAndReadAll(${JSON.stringify(sql)})).getRowObjects();`,
    "const sum = (name) => rows.reduce((total, row) => total + Math.round(row[name]), 0);",
    'const found = { days: rows.length, heatWh: sum("heat_wh"), electricityWh: sum("electricity_wh") };',
    "console.log(JSON.stringify(found));",
    "process.exit(0);",
    "",
  ].join("\n");
}

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}
