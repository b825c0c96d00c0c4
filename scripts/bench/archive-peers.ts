import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { minutesHeader } from "@heatloop/core/csv";
import { energyColumns } from "@heatloop/core/day-columns";

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

/** DuckDB from npm, in a cache folder of its own: it is 70 MB and nothing that Heatloop needs. */
export async function duckDb(folder: string): Promise<Peer> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "heatloop-bench");
  if (!existsSync(join(cache, "node_modules/@duckdb/node-api"))) {
    await mkdir(cache, { recursive: true });
    await writeFile(join(cache, "package.json"), '{ "private": true }\n');
    runProgram("npm", ["install", "--prefix", cache, "--no-audit", "--no-fund", "@duckdb/node-api@1.5.6-r.1"]);
  }
  const program = join(cache, "year.mjs");
  await writeFile(program, duckDbProgram(folder));
  return { run: () => runProgram(process.execPath, [program]) };
}

/**
 * Every wanted column summed up by date. The types are told, as looking for them in each file takes DuckDB many times
 * longer; `time` is text, as DuckDB would turn it into UTC and so into other days.
 */
function duckDbProgram(folder: string): string {
  const sums = energyColumns.map((name) => `sum("${name}") as "${name}"`);
  const typeOf = (name: string) => (energyColumns.includes(name) ? "DOUBLE" : "VARCHAR");
  const columns = minutesHeader.split(",").map((name) => `'${name}': '${typeOf(name)}'`);
  const source = `read_csv('${folder}/*.csv', header = true, auto_detect = false, columns = {${columns.join(", ")}})`;
  const sql = `select left("time", 10) as date, ${sums.join(", ")} from ${source} group by 1 order by 1`;
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

/** Rejects with what a program complained of; hands back what it printed. */
export function runProgram(program: string, words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: "utf8", maxBuffer: 1e8 });
  if (error !== undefined) throw new Error(`${program} cannot be run: ${error.message}`);
  if (status !== 0) throw new Error(`${program}: ${stderr.slice(0, 300)}`);
  return stdout;
}
