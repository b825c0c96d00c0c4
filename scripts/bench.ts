import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { durableRowFigure } from "./bench/durable-row.ts";
import { ingestFigure } from "./bench/ingest.ts";
import { memoryFigure } from "./bench/memory.ts";
import { monthFigure } from "./bench/month.ts";
import { processorFigure } from "./bench/processor.ts";
import { bundleInto } from "./bench/program.ts";
import { runFigures } from "./bench/run-figures.ts";
import { startFigure } from "./bench/start.ts";

let bundled: Promise<string> | undefined;

/** The folder with the bundled program, made when the first figure asks for it. */
function programFolder(): Promise<string> {
  bundled ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), "heatloop-bench-"));
    await bundleInto(folder);
    return folder;
  })();
  return bundled;
}

process.exitCode = await runFigures({
  words: process.argv.slice(2),
  figures: [
    ingestFigure(0),
    ingestFigure(1),
    processorFigure(programFolder),
    durableRowFigure,
    memoryFigure(programFolder),
    startFigure(programFolder),
    monthFigure,
  ],
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
if (bundled !== undefined) await rm(await bundled, { recursive: true, force: true });
