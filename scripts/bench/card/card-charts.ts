import { openBrowser } from "#test/support/browser.ts";
import type { BenchFigure, Goal } from "../figure.ts";
import { alternately, once } from "../turns.ts";
import { type ChartTimes, chartScripts, timeChart } from "./chart-page.ts";

/** How many points a line of a range has. */
export const minutesOf = { day: 1440, week: 10_080, year: 525_600 } as const;
type Range = keyof typeof minutesOf;
type Peer = "uplot" | "echarts";
type Turn = Readonly<Record<"ours" | Peer, ChartTimes>>;

/** The first round gets the browser used to all of them. */
const warmUps = 1;
const rounds = 9;
const nameOf = { uplot: "uPlot", echarts: "ECharts with lttb" } as const satisfies Record<Peer, string>;
const goals: Readonly<Record<Range, Readonly<Partial<Record<Peer, number>>>>> = {
  day: { echarts: 1.1 },
  week: { echarts: 1.1 },
  year: { uplot: 1, echarts: 0.6 },
};

/** First paint of four lines of a day, a week and a year, data conversion included, and a live update of the year. */
export function chartFigures(): BenchFigure[] {
  const turns = {
    day: once(() => takeTurns("day")),
    week: once(() => takeTurns("week")),
    year: once(() => takeTurns("year")),
  };
  const paints = (Object.keys(minutesOf) as Range[]).flatMap((range) =>
    (["uplot", "echarts"] as const).map((peer) => paintFigure(range, peer, turns[range])),
  );
  return [...paints, updateFigure(turns.year)];
}

function paintFigure(range: Range, peer: Peer, turns: () => Promise<readonly Turn[]>): BenchFigure {
  const limit = goals[range][peer];
  return {
    name: `card_${range}_paint_ms_vs_${peer}`,
    against: nameOf[peer],
    ...(limit !== undefined && { goal: atMost(limit) }),
    measure: async () =>
      (await turns()).map((turn) => ({ ours: turn.ours.firstPaintMs, peer: turn[peer].firstPaintMs })),
  };
}

/** Script alone: a point is added to each of four lines. */
function updateFigure(turns: () => Promise<readonly Turn[]>): BenchFigure {
  return {
    name: "card_year_update_ms",
    against: nameOf.uplot,
    goal: atMost(0.2),
    measure: async () => (await turns()).map(({ ours, uplot }) => ({ ours: ours.updateMs, peer: uplot.updateMs })),
  };
}

function atMost(limit: number): Goal {
  return { of: "ratio", is: "<=", limit };
}

/** Each draws on a page of its own in each round. */
async function takeTurns(range: Range): Promise<Turn[]> {
  const [browser, scripts] = await Promise.all([openBrowser(), chartScripts()]);
  const draw = (library: "ours" | Peer) => async () => {
    const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
    const times = await timeChart(page, library, scripts[library], minutesOf[range]);
    await page.close();
    return times;
  };
  try {
    const contestants = { ours: draw("ours"), uplot: draw("uplot"), echarts: draw("echarts") };
    return (await alternately(warmUps + rounds, contestants)).slice(warmUps);
  } finally {
    await browser.close();
  }
}
