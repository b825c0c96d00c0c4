import type { Bars, Chart, ChartLine, Item, Scale, TimeSpan } from "./chart.ts";
import { envelopeOf, isDense } from "./envelope.ts";
import { firstAt } from "./series.ts";
import { stacksOf } from "./value-range.ts";

/** What the tooltip shows of one item, and where its dot is. `value` is undefined within a gap. */
export type ItemReading = {
  readonly item: Item;
  readonly value: number | undefined;
  /** The value in words, with the lowest and the highest of a day; a dash within a gap. */
  readonly text: string;
  readonly side: "left" | "right";
  /** A line has a dot at its value; bars show where they are themselves. */
  readonly dot: boolean;
  /** A stack as a whole, above its bars. */
  readonly whole?: true;
};

/**
 * What a chart shows at a time: each shown line and bar. Where its lines are drawn day by day `days` are the borders of these:
 * then it is the day's mean, with its lowest and highest.
 */
export function readingsAt(
  chart: Chart,
  at: number,
  shown: (item: Item) => boolean,
  days?: Float64Array,
): readonly ItemReading[] {
  const slot = slotAt(chart, at);
  const day = dayAt(days, at);
  const reading: ReadingOf = (item, value, dot, more = "") => {
    const scale = (item.scale === "right" && chart.right) || chart.left;
    const isKnown = value !== undefined && Number.isFinite(value);
    const text = isKnown ? scale.show(value) + more : "–";
    return { item, value: isKnown ? value : undefined, text, side: item.scale, dot };
  };
  return [
    ...(slot === undefined ? [] : barReadings(chart, { at, slot }, shown, reading)),
    ...(chart.lines ?? []).filter(shown).map((item) => {
      if (days === undefined || day === undefined || !isDense(item.series, days)) {
        return reading(item, lineAt(item, at), true);
      }
      const { lows, highs, means } = envelopeOf(item.series, [day.from, day.to]);
      const { tick } = (item.scale === "right" && chart.right) || chart.left;
      const [low, high] = [lows, highs].map(([value = 0]) => tick(value, 1));
      return reading(item, means[0], true, low === high ? "" : ` (${low} – ${high})`);
    }),
  ];
}

type ReadingOf = (item: Bars | ChartLine, value: number | undefined, dot: boolean, more?: string) => ItemReading;

/** Each stack as a whole, and below it its bars with their share; one that reads as 0 has no row. */
function barReadings(
  chart: Chart,
  { at, slot }: { readonly at: number; readonly slot: number },
  shown: (item: Item) => boolean,
  reading: ReadingOf,
): readonly ItemReading[] {
  return stacksOf((chart.bars ?? []).filter(shown)).flatMap((stack) => {
    const [{ stack: key, scale: side } = { stack: "", scale: "left" as const }] = stack;
    const whole = chart.wholeAt?.(at, key);
    const rows = stack.flatMap((item) => {
      const value = item.values[slot] as number;
      if (readsAsZero((side === "right" && chart.right) || chart.left, value)) return [];
      return [reading(item, value, false, whole?.share(item, value))];
    });
    if (whole === undefined) return rows;
    const item = { key, name: chart.stacks?.[key] ?? key, color: "transparent" };
    return [{ item, value: undefined, text: whole.text, side, dot: false, whole: true as const }, ...rows];
  });
}

/** A use that did not occur, or so little that the row would say 0. */
function readsAsZero({ show }: Scale, value: number): boolean {
  return show(Math.abs(value)) === show(0);
}

/** The day, or the days that are drawn as one, that a time lies in. */
export function dayAt(days: Float64Array | undefined, at: number): TimeSpan | undefined {
  if (days === undefined) return undefined;
  const to = firstAt({ at: days, length: days.length }, at + 0.5);
  return to === 0 || to === days.length ? undefined : { from: days[to - 1] as number, to: days[to] as number };
}

/** The time or the day that a reading is of. */
export function titleAt(chart: Chart, at: number, days?: Float64Array): string {
  const day = dayAt(days, at);
  return day === undefined ? chart.titleAt(at) : chart.titleAt(day.from, day.to);
}

/** The shown bands that hold at a time. */
export function bandsAt({ bands = [] }: Chart, at: number, shown: (item: Item) => boolean): readonly Item[] {
  return bands.filter((band) => shown(band) && band.spans.some(({ from, to }) => from <= at && at < to));
}

/** The chart's notes at a time or of a day, of the stacks that are shown. */
export function notesAt(
  chart: Chart,
  at: number,
  shown: (item: Item) => boolean,
  days?: Float64Array,
): readonly string[] {
  const isShown = (stack: string) => chart.bars?.some((bars) => bars.stack === stack && shown(bars)) === true;
  return chart.notesAt?.(at, isShown, dayAt(days, at)) ?? [];
}

/** All of it as a sentence for screen readers. */
export function spokenAt(chart: Chart, at: number, shown: (item: Item) => boolean, days?: Float64Array): string {
  const values = readingsAt(chart, at, shown, days).map(({ item, text }) => `${item.name} ${text}`);
  const bands = bandsAt(chart, at, shown).map(({ name }) => name);
  return [titleAt(chart, at, days), ...values, ...bands, ...notesAt(chart, at, shown, days)].join(", ");
}

/** The slot that a time lies in. */
export function slotAt({ slots }: Chart, at: number): number | undefined {
  if (slots === undefined) return undefined;
  const index = slots.labels.findIndex((_, slot) => (slots.from[slot] ?? 0) <= at && at < (slots.to[slot] ?? 0));
  return index === -1 ? undefined : index;
}

/** A line's value at a time: the one that holds (`step`), else that of the nearest point; undefined in a gap. */
export function lineAt(
  { series, shape, until }: Pick<ChartLine, "series" | "shape" | "until">,
  at: number,
): number | undefined {
  const { at: times, values, length } = series;
  const after = firstAt(series, at + 0.5);
  const before = after - 1;
  const valueAt = (index: number) => {
    const value = values[index] as number;
    return Number.isNaN(value) ? undefined : value;
  };
  if (before < 0) return shape !== "step" && length > 1 && near(0, at, times, length) ? valueAt(0) : undefined;
  const end = before === length - 1;
  if (shape === "step") return !end || at <= (until ?? (times[before] as number)) + 0.5 ? valueAt(before) : undefined;
  if (end) return near(before, at, times, length) ? valueAt(before) : undefined;
  if (valueAt(before) === undefined || valueAt(after) === undefined) {
    // Next to a gap only the point itself counts.
    const [only, other] = valueAt(before) === undefined ? [after, before] : [before, after];
    return valueAt(other) === undefined && near(only, at, times, length) ? valueAt(only) : undefined;
  }
  const nearer = at - (times[before] as number) <= (times[after] as number) - at ? before : after;
  return valueAt(nearer);
}

/** Whether a time beyond the first or last point is no further from it than its neighbour. */
function near(index: number, at: number, times: Float64Array, length: number): boolean {
  const neighbour = index === 0 ? Math.min(1, length - 1) : index - 1;
  const distance = Math.abs((times[index] as number) - (times[neighbour] as number));
  return Math.abs((times[index] as number) - at) <= distance / 2 + 0.5;
}
