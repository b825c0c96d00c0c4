import type { Slots, TimeSpan } from "./chart.ts";

/** What keys do on a chart, and what they go by. */
export type KeyTarget = {
  readonly span: TimeSpan;
  /** How far an arrow moves the cursor, ms. */
  readonly step: number;
  /** Of the plot, px; shift and an arrow pan by a quarter of it. */
  readonly width: number;
  readonly cursor: number | undefined;
  /** Moves the cursor to a time and reads it out. */
  readonly read: (at: number) => void;
  /** Goes so many px later. */
  readonly pan: (by: number) => void;
  readonly zoom: (factor: number) => void;
  /** Shows the usual span again. */
  readonly home: () => void;
  /** Takes the cursor away. */
  readonly leave: () => void;
};

/** An arrow goes from slot to slot, from day to day, or by a 60th of the span. */
export function keyStep({ from, to }: TimeSpan, slots: Slots | undefined, days: Float64Array | undefined): number {
  return (to - from) / (slots?.labels.length ?? Math.min(60, (days?.length ?? 99) - 2));
}

/** Does what a key means on a chart; any other key, and one with ctrl, is left to the page. */
export function pressKey(event: KeyboardEvent, target: KeyTarget): void {
  const { span, step, read, zoom } = target;
  const acts: Readonly<Record<string, () => void>> = {
    ArrowRight: () => arrow(event.shiftKey, 1, target),
    ArrowLeft: () => arrow(event.shiftKey, -1, target),
    Home: () => read(span.from + step / 2),
    End: () => read(span.to - step / 2),
    "+": () => zoom(0.5),
    "=": () => zoom(0.5),
    "-": () => zoom(2),
    "0": target.home,
    Escape: target.leave,
  };
  const act = Object.hasOwn(acts, event.key) && !event.ctrlKey && !event.metaKey ? acts[event.key] : undefined;
  if (act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function arrow(pans: boolean, direction: 1 | -1, { span, step, width, cursor, read, pan }: KeyTarget): void {
  if (pans) pan((direction * width) / 4);
  else read((cursor ?? (direction === 1 ? span.from - step / 2 : span.to + step / 2)) + direction * step);
}
