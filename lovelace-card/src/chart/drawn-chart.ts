import type { Stop } from "@heatloop/core/time/clock";
import { adoptStyles, html, type LitElement, nothing, type ReactiveController, svg } from "lit";
import { browserClock } from "../look/clock.ts";
import type { Chart, Item, TimeSpan } from "./chart.ts";
import { chartStyles } from "./chart-styles.ts";
import { type Drawing, startDrawing } from "./drawing.ts";
import type { Layout } from "./layout.ts";
import { isShown, legend, legendRows } from "./legend.ts";
import type { Look } from "./look.ts";
import { moved, zoomed } from "./move-span.ts";
import { planOf } from "./plan.ts";
import { type Pointers, startPointers } from "./pointers.ts";
import { dayAt, slotAt, spokenAt } from "./reading-at.ts";
import { table } from "./table.ts";
import { tooltip } from "./tooltip.ts";

/** An element that is only moved on the page comes back at once, with its picture. */
const awayMs = 200;

/**
 * What `<heatloop-chart>` holds once it can draw: lines, bars and bands on a canvas, a legend that switches them on and off,
 * a cursor with a tooltip for pointer and keys, and the same as a table. Pan: drag, shift and wheel, shift and arrows. Zoom:
 * two fingers, ctrl and wheel, + and -. Tells of both as `chart-span`.
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

  /** In a chart of slots, or of days, the cursor stands in the middle of one. */
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

  readonly #keys = (event: KeyboardEvent): void => {
    const { from, to } = this.#span;
    const { zoom, slots } = this.#chart ?? {};
    const days = this.#layout?.days;
    const step = (to - from) / (slots?.labels.length ?? Math.min(60, (days?.length ?? 99) - 2));
    const read = (at: number) => {
      this.#setCursor(this.#within(at));
      this.#spoken = spokenAt(this.#chart as Chart, this.#cursor ?? from, this.#shown, days);
    };
    const arrow = (direction: 1 | -1) =>
      event.shiftKey
        ? this.#pan((direction * ((this.#layout?.right ?? 0) - (this.#layout?.left ?? 0))) / 4)
        : read((this.#cursor ?? (direction === 1 ? from - step / 2 : to + step / 2)) + direction * step);
    const acts: Readonly<Record<string, () => unknown>> = {
      ArrowRight: () => arrow(1),
      ArrowLeft: () => arrow(-1),
      Home: () => read(from + step / 2),
      End: () => read(to - step / 2),
      "+": () => this.#zoom(0.5, undefined),
      "=": () => this.#zoom(0.5, undefined),
      "-": () => this.#zoom(2, undefined),
      "0": () => zoom && this.#show(zoom.home),
      Escape: () => this.#setCursor(undefined),
    };
    const act = Object.hasOwn(acts, event.key) && !event.ctrlKey && !event.metaKey ? acts[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  content() {
    const chart = this.#chart;
    if (chart === undefined) return nothing;
    const items = [...(chart.bars ?? []), ...(chart.lines ?? []), ...(chart.bands ?? [])];
    return html`
      ${this.#asTable ? table(chart) : this.#plot(chart)}
      <i hidden>${items.map(({ color }) => html`<i data-color=${color} style="color: ${color}"></i>`)}</i>
      <div class="legend">
        ${
          this.#asTable
            ? nothing
            : legend(legendRows(chart, this.#switched), ({ key, on }) => {
                this.#switched.set(key, !on);
                this.#redraw();
              })
        }
        <button
          class="switch"
          aria-label=${this.#asTable ? chart.texts.chart : chart.texts.table}
          title=${this.#asTable ? chart.texts.chart : chart.texts.table}
          @click=${() => {
            this.#asTable = !this.#asTable;
            this.#cursor = undefined;
            this.#redraw();
          }}
        >
          ${svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${
            this.#asTable ? "M3 3v14h14M6 12l3-4 3 3 4-6" : "M3 4h14v12H3zM3 8h14M3 12h14M8 4v12"
          } /></svg>`}
        </button>
      </div>
      <div class="unseen" aria-live="polite">${this.#spoken}</div>
    `;
  }

  #plot(chart: Chart) {
    return html`<div
      class="plot"
      role="application"
      tabindex="0"
      aria-label=${chart.label}
      @keydown=${this.#keys}
      @blur=${() => this.#pointAt(undefined)}
      @pointerdown=${this.#pointers.down}
      @pointermove=${this.#pointers.move}
      @pointerup=${this.#pointers.up}
      @pointercancel=${this.#pointers.up}
      @pointerleave=${this.#pointers.leave}
      @wheel=${this.#pointers.wheel}
      @dblclick=${this.#pointers.doubleClick}
    >
      <canvas aria-hidden="true" @transitionend=${() => this.#redraw()}></canvas>
      ${chart.message === undefined ? this.#tip(chart) : html`<p class="message" role="status">${chart.message}</p>`}
    </div>`;
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
    // The cursor stands where the new axes have it.
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
