import type { Bars, Chart, Item, TimeSpan } from "./chart.ts";
import { extremesOf } from "./extremes.ts";

/** Lowest and highest value that a side of a chart shows in a span. */
export function valueRange(
  chart: Chart,
  span: TimeSpan,
  side: "left" | "right",
  shown: (item: Item) => boolean,
): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (value: number) => {
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const line of chart.lines ?? []) {
    if (line.scale !== side || !shown(line)) continue;
    const extremes = extremesOf(line.series, span);
    if (extremes === undefined) continue;
    take(extremes.low);
    take(extremes.high);
  }
  const stacks = stacksOf((chart.bars ?? []).filter((each) => each.scale === side && shown(each)));
  for (let slot = 0; slot < (chart.slots?.labels.length ?? 0); slot++) {
    for (const stack of stacks) {
      let [above, below, off] = [0, 0, 0];
      for (const each of stack) {
        const value = each.values[slot] || 0;
        if (value > 0) above += value;
        else below += value;
        off = each.uncertainty?.[slot] || off;
      }
      take(above + off);
      take(below);
    }
  }
  return low > high ? [0, 1] : [low, high];
}

/** Bars that are drawn on top of each other, in the order of the list. */
export function stacksOf(bars: readonly Bars[]): readonly (readonly Bars[])[] {
  return [...Map.groupBy(bars, ({ stack }) => stack).values()];
}
