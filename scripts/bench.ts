import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archiveFigures } from "./bench/archive.ts";
import {
  cardMemoryFigure,
  cardOtherChangeFigure,
  cardSizeFigure,
  cardUpdateFigure,
  cardWithChartsSizeFigure,
} from "./bench/card/card.ts";
import { chartFigures } from "./bench/card/card-charts.ts";
import { dashboardOpenFigure } from "./bench/card/card-open.ts";
import { cardPictureFigure } from "./bench/card/card-picture.ts";
import { durableRowFigure } from "./bench/durable-row.ts";
import { firstReportFigures } from "./bench/first-report.ts";
import { httpFigures } from "./bench/http/figures.ts";
import { websocketFigure } from "./bench/http/websocket.ts";
import { hubFigures } from "./bench/hub/figures.ts";
import { ingestFigures } from "./bench/ingest.ts";
import { memoryFigures } from "./bench/memory.ts";
import { monthFigure } from "./bench/month.ts";
import { pagePaintFigure, pageSizeFigure } from "./bench/page.ts";
import { processorFigures } from "./bench/processor.ts";
import { bundleInto } from "./bench/program.ts";
import { reportMemoryFigure } from "./bench/report-memory.ts";
import { runFigures } from "./bench/run-figures.ts";
import { startFigures } from "./bench/start.ts";

const folder = await mkdtemp(join(tmpdir(), "heatloop-bench-"));
let bundling: Promise<void> | undefined;

/** The folder with the bundled program, which is made when the first figure asks for it. */
async function program(): Promise<string> {
  bundling ??= bundleInto(folder);
  await bundling;
  return folder;
}

try {
  process.exitCode = await runFigures({
    words: process.argv.slice(2),
    figures: [
      ...ingestFigures(0),
      ...ingestFigures(1),
      ...processorFigures(program),
      durableRowFigure,
      ...memoryFigures(program),
      reportMemoryFigure(program),
      ...startFigures(program),
      ...httpFigures(program),
      websocketFigure(program),
      monthFigure,
      ...archiveFigures(),
      ...firstReportFigures(),
      cardSizeFigure,
      cardWithChartsSizeFigure,
      ...chartFigures(),
      cardUpdateFigure,
      cardOtherChangeFigure,
      cardMemoryFigure,
      cardPictureFigure,
      dashboardOpenFigure,
      pageSizeFigure,
      pagePaintFigure,
      ...hubFigures(folder),
    ],
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
