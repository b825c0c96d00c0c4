import type { Stop } from "@heatloop/core/time/clock";
import type { LitElement } from "lit";
import { browserClock } from "../look/clock.ts";
import type { Chart, Item, TimeSpan } from "./chart.ts";
import { type Drawing, startDrawing } from "./drawing.ts";
import type { Layout } from "./layout.ts";
import { planOf } from "./plan.ts";
import { themeLook } from "./theme-look.ts";

/** An element that is only moved on the page comes back within this time, and keeps its picture. */
const awayMs = 200;

/** What is drawn on the canvas of a chart's element. */
export type Picture = {
  /** Where everything is in what was drawn last. */
  layout(): Layout | undefined;
  /** Of the plot now, in px. */
  width(): number;
  /** Ends the picture on a canvas that another one, or a table, has taken the place of. */
  moveTo(canvas: HTMLCanvasElement | null): void;
  draw(canvas: HTMLCanvasElement, chart: Chart, span: TimeSpan, shown: (item: Item) => boolean): void;
  /** The element came onto the page: its size is watched from now on. */
  enter(): void;
  /** The element left the page: the picture ends unless it soon comes back. */
  leave(): void;
};

/** The picture of a chart in an element's `.plot`. `redraw` is called where there is none, or one of another size. */
export function startPicture(host: LitElement, redraw: () => void): Picture {
  let drawing: Drawing | undefined;
  let layout: Layout | undefined;
  let drawnSize = "";
  let cancelEnd: Stop | undefined;
  let resized: ResizeObserver | undefined;
  const plotOf = () => host.renderRoot.querySelector(".plot");

  function isResized(): boolean {
    const plot = plotOf();
    return plot !== null && sizeOf(plot.clientWidth, plot.clientHeight) !== drawnSize;
  }

  function end(): void {
    drawing?.close();
    drawing = undefined;
  }

  return {
    layout: () => layout,
    width: () => plotOf()?.clientWidth ?? 0,
    moveTo(canvas) {
      if (drawing !== undefined && drawing.canvas !== canvas) end();
    },
    draw(canvas, chart, span, shown) {
      const look = themeLook(host, canvas, shown);
      drawnSize = sizeOf(look.width, look.height);
      if (look.width === 0 || look.height === 0) return;
      drawing ??= startDrawing(canvas);
      const plan = planOf(chart, span, look);
      drawing.draw(plan);
      layout = plan.layout;
    },
    enter() {
      // Its first call comes after the first drawing, which had the size already.
      resized = new ResizeObserver(() => isResized() && redraw());
      resized.observe(host);
      cancelEnd?.();
      if (drawing === undefined) redraw();
    },
    leave() {
      resized?.disconnect();
      cancelEnd?.();
      cancelEnd = browserClock.after(awayMs, end);
    },
  };
}

function sizeOf(width: number, height: number): string {
  return `${width} ${height}`;
}
