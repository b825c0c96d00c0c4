import { adoptStyles, type LitElement, nothing, type ReactiveController } from "lit";
import type { Chart, Item, TimeSpan } from "./chart.ts";
import { keyStep, pressKey } from "./chart-keys.ts";
import { chartStyles } from "./chart-styles.ts";
import { chartTemplate } from "./chart-template.ts";
import { type Cursor, cursorAtTime, cursorAtX, noCursor } from "./cursor.ts";
import { isShown } from "./legend.ts";
import { type Picture, startPicture } from "./picture.ts";
import { type Pointers, startPointers } from "./pointers.ts";
import { pannedBy, type ShownChart, zoomedAround } from "./shown-chart.ts";
import { tooltip } from "./tooltip.ts";

/**
 * What `<heatloop-chart>` holds once it can draw: lines, bars and bands on a canvas, a legend that switches them on and off,
 * a cursor with a tooltip for pointer and keys, and the same as a table. Pan: drag, shift and wheel, shift and arrows. Zoom:
 * two fingers, ctrl and wheel, + and -. Both fire `chart-span`.
 */
export class DrawnChart implements ReactiveController {
  readonly #host: LitElement;
  readonly #picture: Picture;
  #chart: Chart | undefined;
  #span: TimeSpan = { from: 0, to: 1 };
  #switched = new Map<string, boolean>();
  #cursor = noCursor;
  #asTable = false;
  #stale = true;
  #pointers: Pointers = startPointers({
    hover: (x) => this.#pointAt(x),
    pan: (px) => this.#pan(px),
    zoom: (factor, x) => this.#zoom(factor, this.#picture.layout()?.atX(x)),
    home: () => this.#show(this.#chart?.zoom?.home),
  });

  constructor(host: LitElement) {
    this.#host = host;
    this.#picture = startPicture(host, () => this.#redraw());
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
    this.#picture.enter();
  }

  hostDisconnected(): void {
    this.#pointers.forget();
    this.#cursor = noCursor;
    this.#picture.leave();
  }

  hostUpdated(): void {
    const canvas = this.#host.renderRoot.querySelector("canvas");
    this.#picture.moveTo(canvas);
    if (canvas === null || this.#chart === undefined || !this.#stale) return;
    this.#stale = false;
    this.#picture.draw(canvas, this.#chart, this.#span, this.#shown);
    // The cursor is drawn where the new axes have it.
    if (this.#cursor.at !== undefined) this.#host.requestUpdate();
  }

  content() {
    const chart = this.#chart;
    if (chart === undefined) return nothing;
    return chartTemplate({
      chart,
      asTable: this.#asTable,
      switched: this.#switched,
      spoken: this.#cursor.spoken,
      tip: () => tooltip(this.#shownOf(chart), this.#cursor.at, this.#picture.width()),
      pointers: this.#pointers,
      keys: this.#keys,
      blur: () => this.#moveCursor(noCursor),
      redraw: () => this.#redraw(),
      toggle: ({ key, on }) => {
        this.#switched.set(key, !on);
        this.#redraw();
      },
      switchView: () => {
        this.#asTable = !this.#asTable;
        this.#cursor = noCursor;
        this.#redraw();
      },
    });
  }

  #shown = (item: Item): boolean => isShown(item, this.#switched);

  #shownOf(chart: Chart): ShownChart {
    return { chart, span: this.#span, layout: this.#picture.layout(), shown: this.#shown };
  }

  /** The canvas too; without it only the cursor and the tooltip are new. */
  #redraw(): void {
    this.#stale = true;
    this.#host.requestUpdate();
  }

  #show(span: TimeSpan | undefined): void {
    if (span === undefined) return;
    this.#span = span;
    this.#host.dispatchEvent(new CustomEvent<TimeSpan>("chart-span", { detail: span }));
    this.#redraw();
  }

  #pan(px: number): void {
    if (this.#chart !== undefined) this.#show(pannedBy(this.#shownOf(this.#chart), px));
  }

  #zoom(factor: number, at: number | undefined): void {
    if (this.#chart !== undefined) this.#show(zoomedAround(this.#shownOf(this.#chart), factor, at));
  }

  #pointAt(x: number | undefined): void {
    if (this.#chart !== undefined) this.#moveCursor(cursorAtX(this.#shownOf(this.#chart), x));
  }

  #moveCursor(cursor: Cursor): void {
    this.#cursor = cursor;
    this.#host.requestUpdate();
  }

  #keys = (event: KeyboardEvent): void => {
    const chart = this.#chart;
    if (chart === undefined) return;
    const shown = this.#shownOf(chart);
    const { left = 0, right = 0, days } = shown.layout ?? {};
    pressKey(event, {
      span: this.#span,
      step: keyStep(this.#span, chart.slots, days),
      width: right - left,
      cursor: this.#cursor.at,
      read: (time) => this.#moveCursor(cursorAtTime(shown, time)),
      pan: (px) => this.#pan(px),
      zoom: (factor) => this.#zoom(factor, this.#cursor.at),
      home: () => this.#show(chart.zoom?.home),
      leave: () => this.#moveCursor(noCursor),
    });
  };
}
