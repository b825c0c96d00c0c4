import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runScript } from "./base/arguments.ts";
import { type ChaosArguments, chaosHelp, readChaosArguments } from "./chaos/chaos-arguments.ts";
import { faults } from "./chaos/faults/faults.ts";
import { type RunResult, runChaos } from "./chaos/run.ts";
import { outcomeOf, tableOf } from "./chaos/table.ts";

const read = readChaosArguments(process.argv.slice(2));
await runScript({ name: "npm run chaos --", help: chaosHelp, read }, run);

async function run({ minutes, seed, fault }: ChaosArguments): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-chaos-"));
  const log = (sentence: string) => console.log(sentence);
  const chosen = faults.filter(({ name }) => fault.length === 0 || fault.includes(name));
  const end = new AbortController();
  // What was started and mounted is ended first.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end.abort());
  const result = await runChaos({ faults: chosen, minutes, seed, folder, log, signal: end.signal });
  const { broken, lastLine } = outcomeOf(result);
  log(`\n${summaryOf(result, seed, minutes)}\n`);
  log(`${tableOf(result)}\n`);
  if (broken.length === 0) {
    rmSync(folder, { recursive: true, force: true });
  } else {
    log(`Broken: ${broken.join("; ")}. Logs are kept in ${join(folder, "logs")}; --seed ${seed} tries the same again.`);
    process.exitCode = 1;
  }
  log(lastLine);
}

function summaryOf(
  { houseMin, temperatures, residentMb: [beforeMb, afterMb] }: RunResult,
  seed: number,
  minutes: number,
) {
  const hours = (houseMin / 60).toFixed(1);
  const memory = `the program had ${beforeMb.toFixed(0)} MB at first and ${afterMb.toFixed(0)} MB at last`;
  return `Seed ${seed}, ${minutes} min: ${hours} h of the house, ${temperatures} temperatures sent; ${memory}.`;
}
