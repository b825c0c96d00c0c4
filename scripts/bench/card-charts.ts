import { openBrowser } from "#test/support/browser.ts";
import { type ChartLibrary, type ChartTimes, chartScripts, timeChart } from "./chart-page.ts";
import { type BenchFigure, median } from "./figure.ts";

const minutesOf = { day: 1440, week: 10_080, year: 525_600 } as const;
type Range = keyof typeof minutesOf;
type Times = Readonly<Record<ChartLibrary, ChartTimes>>;

const runs = 7;
const measured = new Map<Range, Promise<Times>>();

/** Medians of new pages, one library after the other so that a busy moment meets all of them. */
function timesOf(range: Range): Promise<Times> {
  const known = measured.get(range) ?? timeAll(minutesOf[range]);
  measured.set(range, known);
  return known;
}

async function timeAll(points: number): Promise<Times> {
  const [browser, scripts] = await Promise.all([openBrowser(), chartScripts()]);
  try {
    const times: Record<ChartLibrary, ChartTimes[]> = { ours: [], uplot: [], echarts: [] };
    // The first round warms the browser up.
    for (let run = -1; run < runs; run++) {
      for (const [library, script] of Object.entries(scripts) as [ChartLibrary, string][]) {
        const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
        const time = await timeChart(page, library, script, points);
        await page.close();
        if (run >= 0) times[library].push(time);
      }
    }
    const middle = (list: readonly ChartTimes[]): ChartTimes => ({
      firstPaintMs: median(list, ({ firstPaintMs }) => firstPaintMs).firstPaintMs,
      updateMs: median(list, ({ updateMs }) => updateMs).updateMs,
    });
    return { ours: middle(times.ours), uplot: middle(times.uplot), echarts: middle(times.echarts) };
  } finally {
    await browser.close();
  }
}

/** First paint of four lines of a range, data conversion included, against another chart library. */
export function chartFigure(range: Range, peer: "uplot" | "echarts", limit: number): BenchFigure {
  return {
    name: `card_${range}_paint_ms_vs_${peer}`,
    goal: { of: "ratio", is: "<=", limit },
    async measure() {
      const times = await timesOf(range);
      return { ours: times.ours.firstPaintMs, peer: times[peer].firstPaintMs };
    },
  };
}

/** Script of a live update (a point to each of four lines of a year), beside uPlot. */
export const chartUpdateFigure: BenchFigure = {
  name: "card_year_update_ms",
  goal: { of: "ratio", is: "<=", limit: 0.2 },
  async measure() {
    const times = await timesOf("year");
    return { ours: times.ours.updateMs, peer: times.uplot.updateMs };
  },
};
