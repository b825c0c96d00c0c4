import type { Chart, Item, Line, Scale } from "./chart.ts";
import { firstAt } from "./series.ts";

/** What the tooltip says of one item, and where its dot is. `value` is undefined within a gap. */
export type ItemReading = {
  readonly item: Item;
  readonly value: number | undefined;
  readonly scale: Scale;
  readonly side: "left" | "right";
  /** A line has a dot at its value; bars show where they are themselves. */
  readonly dot: boolean;
};

/** What a chart shows at a time: each shown line and bar, and the bands that lie there. */
export function readingsAt(chart: Chart, at: number, shown: (item: Item) => boolean): readonly ItemReading[] {
  const slot = slotAt(chart, at);
  const scaleOf = (side: "left" | "right") => (side === "right" && chart.right) || chart.left;
  const bars = slot === undefined ? [] : (chart.bars ?? []).filter(shown);
  return [
    ...bars.map((item) => {
      const value = item.values[slot ?? 0];
      return {
        item,
        value: Number.isFinite(value) ? value : undefined,
        scale: scaleOf(item.scale),
        side: item.scale,
        dot: false,
      };
    }),
    ...(chart.lines ?? []).filter(shown).map((item) => {
      return { item, value: lineAt(item, at), scale: scaleOf(item.scale), side: item.scale, dot: true };
    }),
  ];
}

export function bandsAt({ bands = [] }: Chart, at: number, shown: (item: Item) => boolean): readonly Item[] {
  return bands.filter((band) => shown(band) && band.spans.some(({ from, to }) => from <= at && at < to));
}

/** All of it as a sentence for those who do not see it. */
export function spokenAt(chart: Chart, at: number, shown: (item: Item) => boolean): string {
  const values = readingsAt(chart, at, shown).map(
    ({ item, value, scale }) => `${item.name} ${value === undefined ? "–" : scale.show(value)}`,
  );
  const bands = bandsAt(chart, at, shown).map(({ name }) => name);
  return [chart.titleAt(at), ...values, ...bands, ...(chart.notesAt?.(at) ?? [])].join(", ");
}

/** The slot that a time lies in. */
export function slotAt({ slots }: Chart, at: number): number | undefined {
  if (slots === undefined) return undefined;
  const found = slots.labels.findIndex((_, slot) => (slots.from[slot] ?? 0) <= at && at < (slots.to[slot] ?? 0));
  return found === -1 ? undefined : found;
}

/** A line's value at a time: the one that holds (`step`), else that of the nearest point; undefined in a gap. */
export function lineAt({ series, shape, until }: Line, at: number): number | undefined {
  const { at: times, values, length } = series;
  const after = firstAt(series, at + 0.5);
  const before = after - 1;
  const value = (index: number) => {
    const found = values[index] as number;
    return Number.isNaN(found) ? undefined : found;
  };
  if (before < 0) return shape !== "step" && length > 1 && near(0, at, times, length) ? value(0) : undefined;
  const end = before === length - 1;
  if (shape === "step") return !end || at <= (until ?? (times[before] as number)) + 0.5 ? value(before) : undefined;
  if (end) return near(before, at, times, length) ? value(before) : undefined;
  if (value(before) === undefined || value(after) === undefined) {
    // Next to a gap only the point itself counts.
    const [only, other] = value(before) === undefined ? [after, before] : [before, after];
    return value(other) === undefined && near(only, at, times, length) ? value(only) : undefined;
  }
  const nearer = at - (times[before] as number) <= (times[after] as number) - at ? before : after;
  return value(nearer);
}

/** Whether a time beyond the first or last point is no further from it than its neighbour. */
function near(index: number, at: number, times: Float64Array, length: number): boolean {
  const neighbour = index === 0 ? Math.min(1, length - 1) : index - 1;
  const distance = Math.abs((times[index] as number) - (times[neighbour] as number));
  return Math.abs((times[index] as number) - at) <= distance / 2 + 0.5;
}
