import type { Stop } from "@heatloop/core/time/clock";
import { adoptStyles, type LitElement, nothing, type ReactiveController } from "lit";
import { browserClock } from "../look/clock.ts";
import type { Chart, Item, TimeSpan } from "./chart.ts";
import { keyStep, pressKey } from "./chart-keys.ts";
import { chartStyles } from "./chart-styles.ts";
import { chartTemplate } from "./chart-template.ts";
import { type Drawing, startDrawing } from "./drawing.ts";
import type { Layout } from "./layout.ts";
import { isShown } from "./legend.ts";
import type { Look } from "./look.ts";
import { moved, zoomed } from "./move-span.ts";
import { planOf } from "./plan.ts";
import { type Pointers, startPointers } from "./pointers.ts";
import { dayAt, slotAt, spokenAt } from "./reading-at.ts";
import { tooltip } from "./tooltip.ts";

/** An element that is only moved on the page comes back at once, with its picture. */
const awayMs = 200;

/**
 * What `<heatloop-chart>` holds once it can draw: lines, bars and bands on a canvas, a legend that switches them on and off,
 * a cursor with a tooltip for pointer and keys, and the same as a table. Pan: drag, shift and wheel, shift and arrows. Zoom:
 * two fingers, ctrl and wheel, + and -. Both fire `chart-span`.
 */
export class DrawnChart implements ReactiveController {
  readonly #host: LitElement;
  #chart: Chart | undefined;
  #span: TimeSpan = { from: 0, to: 1 };
  #switched = new Map<string, boolean>();
  #cursor: number | undefined;
  #spoken = "";
  #asTable = false;
  #layout: Layout | undefined;
  #drawing: Drawing | undefined;
  /** Stops what would end the drawing of an element that is off the page. */
  #stayDrawn: Stop | undefined;
  #stale = true;
  #drawnSize = "";
  #resized: ResizeObserver | undefined;
  #pointers: Pointers = startPointers({
    hover: (x) => this.#pointAt(x),
    pan: (by) => this.#pan(by),
    zoom: (factor, x) => this.#zoom(factor, x),
    home: () => this.#chart?.zoom && this.#show(this.#chart.zoom.home),
  });

  constructor(host: LitElement) {
    this.#host = host;
  }

  show(chart: Chart): void {
    const before = this.#chart?.span;
    if (before?.from !== chart.span.from || before.to !== chart.span.to) this.#span = chart.span;
    this.#chart = chart;
    this.#redraw();
  }

  hostConnected(): void {
    adoptStyles(this.#host.renderRoot as ShadowRoot, [
      ...(this.#host.constructor as typeof LitElement).elementStyles,
      chartStyles,
    ]);
    this.#resized = new ResizeObserver(() => this.#measure());
    this.#resized.observe(this.#host);
    this.#stayDrawn?.();
    if (this.#drawing === undefined) this.#redraw();
  }

  /** The first call comes after the first drawing, which had the size already. */
  #measure(): void {
    const plot = this.#host.renderRoot.querySelector(".plot");
    if (plot !== null && `${plot.clientWidth} ${plot.clientHeight}` !== this.#drawnSize) this.#redraw();
  }

  hostDisconnected(): void {
    this.#resized?.disconnect();
    this.#pointers.forget();
    this.#cursor = undefined;
    this.#stayDrawn?.();
    this.#stayDrawn = browserClock.after(awayMs, () => this.#endDrawing());
  }

  /** The canvas too; without it only the cursor and the tooltip are new. */
  #redraw(): void {
    this.#stale = true;
    this.#host.requestUpdate();
  }

  #shown = (item: Item): boolean => isShown(item, this.#switched);

  #show(span: TimeSpan): void {
    this.#span = span;
    this.#host.dispatchEvent(new CustomEvent<TimeSpan>("chart-span", { detail: span }));
    this.#redraw();
  }

  #pan(by: number): void {
    const [zoom, layout] = [this.#chart?.zoom, this.#layout];
    if (zoom !== undefined && layout !== undefined) {
      this.#show(moved(this.#span, (by * (this.#span.to - this.#span.from)) / (layout.right - layout.left), zoom));
    }
  }

  #zoom(factor: number, x: number | undefined): void {
    const { from, to } = this.#span;
    const center = x === undefined ? (this.#cursor ?? (from + to) / 2) : (this.#layout?.atX(x) ?? from);
    if (this.#chart?.zoom !== undefined) this.#show(zoomed(this.#span, factor, center, this.#chart.zoom));
  }

  #pointAt(x: number | undefined): void {
    const layout = this.#layout;
    const inside = x !== undefined && layout !== undefined && x >= layout.left && x <= layout.right;
    this.#spoken = "";
    this.#setCursor(inside ? layout.atX(x) : undefined);
  }

  /** In a chart of slots, or of days, the cursor is drawn in the middle of one. */
  #setCursor(at: number | undefined): void {
    const { slots } = this.#chart ?? {};
    const slot = at === undefined || this.#chart === undefined ? undefined : slotAt(this.#chart, at);
    const day = at === undefined ? undefined : dayAt(this.#layout?.days, at);
    if (slots !== undefined) {
      this.#cursor = slot === undefined ? undefined : ((slots.from[slot] ?? 0) + (slots.to[slot] ?? 0)) / 2;
    } else if (day !== undefined) this.#cursor = this.#within((day.from + day.to) / 2);
    else this.#cursor = at;
    this.#host.requestUpdate();
  }

  #within(at: number): number {
    return Math.min(this.#span.to - 1, Math.max(this.#span.from, at));
  }

  #keys = (event: KeyboardEvent): void => {
    if (this.#chart === undefined) return;
    const { zoom, slots } = this.#chart;
    pressKey(event, {
      span: this.#span,
      step: keyStep(this.#span, slots, this.#layout?.days),
      width: (this.#layout?.right ?? 0) - (this.#layout?.left ?? 0),
      cursor: this.#cursor,
      read: (at) => this.#read(at),
      pan: (by) => this.#pan(by),
      zoom: (factor) => this.#zoom(factor, undefined),
      home: () => zoom && this.#show(zoom.home),
      leave: () => this.#setCursor(undefined),
    });
  };

  #read(at: number): void {
    this.#setCursor(this.#within(at));
    if (this.#chart === undefined) return;
    this.#spoken = spokenAt(this.#chart, this.#cursor ?? this.#span.from, this.#shown, this.#layout?.days);
  }

  content() {
    const chart = this.#chart;
    if (chart === undefined) return nothing;
    return chartTemplate({
      chart,
      asTable: this.#asTable,
      switched: this.#switched,
      spoken: this.#spoken,
      tip: () => this.#tip(chart),
      pointers: this.#pointers,
      keys: this.#keys,
      blur: () => this.#pointAt(undefined),
      redraw: () => this.#redraw(),
      toggle: ({ key, on }) => {
        this.#switched.set(key, !on);
        this.#redraw();
      },
      switchView: () => {
        this.#asTable = !this.#asTable;
        this.#cursor = undefined;
        this.#redraw();
      },
    });
  }

  #tip(chart: Chart) {
    const [at, layout] = [this.#cursor, this.#layout];
    if (at === undefined || layout === undefined || at < layout.span.from || at > layout.span.to) return nothing;
    const width = this.#host.renderRoot.querySelector(".plot")?.clientWidth ?? 0;
    return tooltip(chart, layout, { at, width, shown: this.#shown });
  }

  hostUpdated(): void {
    const canvas = this.#host.renderRoot.querySelector("canvas");
    if (this.#drawing !== undefined && this.#drawing.canvas !== canvas) this.#endDrawing();
    if (canvas === null || this.#chart === undefined || !this.#stale) return;
    this.#stale = false;
    this.#draw(canvas, this.#chart);
    // The cursor is drawn where the new axes have it.
    if (this.#cursor !== undefined) this.#host.requestUpdate();
  }

  #draw(canvas: HTMLCanvasElement, chart: Chart): void {
    const look = this.#look(canvas);
    this.#drawnSize = `${look.width} ${look.height}`;
    if (look.width === 0 || look.height === 0) return;
    this.#drawing ??= startDrawing(canvas);
    const plan = planOf(chart, this.#span, look);
    this.#drawing.draw(plan);
    this.#layout = plan.layout;
  }

  #endDrawing(): void {
    this.#drawing?.close();
    this.#drawing = undefined;
  }

  #look(canvas: HTMLCanvasElement): Look {
    const { clientWidth: width, clientHeight: height } = canvas.parentElement as HTMLElement;
    const style = getComputedStyle(this.#host);
    const context = canvas.getContext("2d");
    const font = `12px ${style.fontFamily}`;
    if (context !== null) context.font = font;
    const colors = this.#colors();
    return {
      width,
      height,
      rtl: style.direction === "rtl",
      shown: this.#shown,
      colorOf: ({ color }) => colors.get(color) ?? "gray",
      textColor: style.getPropertyValue("--secondary-text-color") || style.color,
      gridColor: style.getPropertyValue("--divider-color") || "rgb(128 128 128 / 30%)",
      font,
      measure: (text) => context?.measureText(text).width ?? 0,
    };
  }

  /** The colours of the theme as the browser has made them of their variables. */
  #colors(): ReadonlyMap<string, string> {
    const samples = this.#host.renderRoot.querySelectorAll<HTMLElement>("[data-color]");
    return new Map([...samples].map((sample) => [sample.dataset.color ?? "", getComputedStyle(sample).color]));
  }
}
