import {
  BarController,
  BarElement,
  Chart as ChartJs,
  type ChartOptions,
  LineController,
  LineElement,
  PointElement,
} from "chart.js";
import { type Dataset, datasetsOf } from "./datasets.ts";
import type { Plan } from "./plan.ts";
import { pluginsOf } from "./plugins.ts";
import { BareScale, scalesOf } from "./scales.ts";

ChartJs.register(BarController, BarElement, BareScale, LineController, LineElement, PointElement);

/** A canvas that Chart.js draws plans on. */
export type Drawing = {
  readonly canvas: HTMLCanvasElement;
  /** Draws a plan in its size. */
  draw(plan: Plan): void;
  /** Gives the canvas back. */
  close(): void;
};

/** Draws plans on a canvas with Chart.js: the chart is made with the first plan, and updated or resized with the next. */
export function startDrawing(canvas: HTMLCanvasElement): Drawing {
  let plan: Plan;
  let chart: ChartJs<"bar" | "line", Dataset["data"]> | undefined;
  let datasets: ReadonlyMap<string, Dataset> = new Map();
  let size = "";

  /** The objects of before with what is new in them: Chart.js knows its own by them. */
  function datasetsNow(): Dataset[] {
    const next = datasetsOf(plan);
    datasets = new Map([...next].map(([key, each]) => [key, Object.assign(datasets.get(key) ?? {}, each)]));
    return [...datasets.values()];
  }

  return {
    canvas,
    draw(next) {
      plan = next;
      const { width, height } = plan.look;
      const options = optionsOf(plan);
      const before = size;
      size = `${width} ${height} ${options.devicePixelRatio}`;
      if (chart === undefined) {
        canvas.width = width;
        canvas.height = height;
        chart = new ChartJs(canvas, {
          type: "line",
          options,
          data: { datasets: datasetsNow() },
          plugins: pluginsOf(() => plan),
        } as ConstructorParameters<typeof ChartJs<"bar" | "line", Dataset["data"]>>[1]);
      } else {
        chart.options = options;
        chart.data.datasets = datasetsNow();
        if (size === before) chart.update("none");
        else chart.resize(width, height);
      }
    },
    close: () => chart?.destroy(),
  };
}

function optionsOf(plan: Plan): ChartOptions<"bar" | "line"> {
  const { left, right, top, bottom } = plan.layout;
  const { width, height } = plan.look;
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: false,
    maintainAspectRatio: false,
    devicePixelRatio,
    // Pointers and keys are the element's.
    events: [],
    layout: { autoPadding: false, padding: { left, right: width - right, top, bottom: height - bottom } },
    scales: scalesOf(plan) as ChartOptions<"bar" | "line">["scales"],
  } as ChartOptions<"bar" | "line">;
}
