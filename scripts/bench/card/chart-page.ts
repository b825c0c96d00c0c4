import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { pageScript } from "./page-script.ts";

export type ChartLibrary = "ours" | "uplot" | "echarts";

/** `firstPaintMs`: from the columns of numbers until the frame with the chart is done; `updateMs`: script alone. */
export type ChartTimes = { readonly firstPaintMs: number; readonly updateMs: number };

const source = join(import.meta.dirname, "../../../lovelace-card/src/chart");
const { resolve } = createRequire(import.meta.url);

/** The scripts that a page needs for a library, by library. */
export async function chartScripts(): Promise<Readonly<Record<ChartLibrary, string>>> {
  return {
    ours: await ourScript(),
    uplot: await readFile(resolve("uplot/dist/uPlot.iife.min.js"), "utf8"),
    echarts: await readFile(resolve("echarts/dist/echarts.min.js"), "utf8"),
  };
}

/** The chart element with what draws charts in the same script, as those of the others are. */
function ourScript(): Promise<string> {
  const code = `export { ChartElement } from ${JSON.stringify(join(source, "chart-element.ts"))};
    export { seriesOf } from ${JSON.stringify(join(source, "series.ts"))};`;
  return pageScript("ours", code, {
    "./load-charts.ts": `import * as charts from ${JSON.stringify(join(source, "drawn-chart.ts"))};
      export const loadCharts = async () => charts;`,
  });
}

/** Draws four lines of so many minutes on a new page of 900 x 400 px, then adds a point to each a few times. */
export async function timeChart(
  page: Page,
  library: ChartLibrary,
  script: string,
  points: number,
): Promise<ChartTimes> {
  await page.setContent(`<!doctype html><body style="margin:0"><main style="width:900px;height:400px"></main></body>`);
  await page.addScriptTag({ content: script });
  await page.addScriptTag({ content: measuring });
  return (await page.evaluate(`measure(${JSON.stringify(library)}, ${points})`)) as ChartTimes;
}

// Runs in the page, so it is text: the scripts' TypeScript knows no DOM.
const measuring = `
const colors = ["#f44336", "#2196f3", "#607d8b", "#4caf50"];
const main = document.querySelector("main");

// Home Assistant's frontend writes times, and the card has its formats, before any chart is shown.
const time = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Rome" });

function columns(points, spare) {
  const end = Date.parse("2026-11-21T09:30:00Z");
  const at = new Float64Array(points + spare);
  for (let i = 0; i < at.length; i++) at[i] = end + (i - points) * 60000;
  let seed = 7;
  const values = colors.map((_, line) => {
    const list = new Float32Array(points + spare);
    for (let i = 0; i < list.length; i++) {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      list[i] = 15 + line * 9 + Math.sin(i / 900) * 6 + Math.sin(i / 40) * 2 + (seed / 0x7fffffff) * 1.5;
    }
    return list;
  });
  return { at, values };
}

const charts = {
  ours({ at, values }, points) {
    const series = values.map((list) => ours.seriesOf(at, list, points));
    const span = () => ({ from: at[0], to: series[0].at[series[0].length - 1] });
    const format = (value, decimals) => value.toFixed(decimals);
    const calendar = { timeZone: "Europe/Rome", language: "en", firstWeekday: 1, time: (t) => time.format(t) };
    const chart = () => ({
      label: "Temperatures", span: span(), calendar,
      left: { unit: "°C", show: (value) => value.toFixed(1), tick: format },
      lines: series.map((each, line) => ({ key: "line " + line, name: "Line " + line, color: colors[line], series: each,
        scale: "left", shape: "straight" })),
      titleAt: (t) => time.format(t), table: () => ({ head: [], rows: [] }), texts: { table: "Table", chart: "Chart" },
    });
    const element = document.createElement("bench-chart");
    element.style.height = "400px";
    element.chart = chart();
    main.append(element);
    return async (index) => {
      for (const [line, each] of series.entries()) each.append(at[index], values[line][index]);
      element.chart = chart();
      await element.updateComplete;
    };
  },
  uplot({ at, values }, points) {
    const seconds = at.map((each) => each / 1000);
    const data = (end) => [seconds.subarray(0, end), ...values.map((list) => list.subarray(0, end))];
    const chart = new uPlot({ width: 900, height: 400, series: [{}, ...colors.map((stroke, line) =>
      ({ stroke, label: "Line " + line, width: 1.75 }))] }, data(points), main);
    return async (index) => {
      chart.setData(data(index + 1));
      await undefined;
    };
  },
  echarts({ at, values }, points) {
    const flat = (list, end) => {
      const pairs = new Float64Array(end * 2);
      for (let i = 0; i < end; i++) { pairs[2 * i] = at[i]; pairs[2 * i + 1] = list[i]; }
      return pairs;
    };
    const series = (end) => values.map((list, line) => ({ type: "line", name: "Line " + line, sampling: "lttb",
      showSymbol: false, data: flat(list, end), lineStyle: { width: 1.75, color: colors[line] } }));
    const chart = echarts.init(main);
    chart.setOption({ animation: false, legend: {}, tooltip: { trigger: "axis" }, xAxis: { type: "time" },
      yAxis: { type: "value", scale: true }, series: series(points) });
    return async (index) => {
      chart.setOption({ series: series(index + 1) });
      chart.getZr().flush();
    };
  },
};

const frame = () => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = done;
  channel.port2.postMessage(0);
}));

async function measure(library, points) {
  if (library === "ours") customElements.define("bench-chart", ours.ChartElement);
  const data = columns(points, 20);
  await frame();
  await frame();
  const start = performance.now();
  const append = charts[library](data, points);
  await frame();
  const firstPaintMs = performance.now() - start;
  const updates = [];
  for (let update = 0; update < 15; update++) {
    await frame();
    const before = performance.now();
    await append(points + update);
    updates.push(performance.now() - before);
  }
  return { firstPaintMs, updateMs: updates.sort((a, b) => a - b)[7] };
}
`;
