import { ingestFigure } from "./bench/ingest.ts";
import { runFigures } from "./bench/run-figures.ts";

process.exitCode = await runFigures({
  words: process.argv.slice(2),
  figures: [ingestFigure(0), ingestFigure(1)],
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
