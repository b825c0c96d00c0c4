import { type Part, parts } from "@heatloop/core/energy/day-energy";
import type { Bands, Bars, Chart, ChartLine, Table, Whole } from "../../chart/chart.ts";
import { seriesOf } from "../../chart/series.ts";
import { type EnergyBar, type EnergyShown, hasGaps, isKnown, type Side } from "../../energy/energy-bars.ts";
import {
  copText,
  costName,
  costText,
  coverageText,
  kwhText,
  leastKwh,
  partColor,
  partName,
  percentText,
  rangeText,
  shareText,
  sideText,
  type Words,
} from "../../energy/energy-words.ts";
import { situationColors } from "../../home-assistant/situation.ts";
import { type BarSlot, type BarUnit, slotLabel, slotTitle, unitName } from "../../range/date-range.ts";

const sideNames = ["electricity", "heat"] as const;
type SideName = (typeof sideNames)[number];
type Use = Part | "all";

/** Below this share of its side a use would not be seen in the picture. */
const leastShare = 0.01;

/** The bars of a range: electricity and heat by operation side by side, the COP above them. */
export function energyChart({ shown, slots, unit, title }: EnergyRange, words: Words): Chart {
  const { formats, texts } = words;
  const { bars, currency } = shown;
  const slotAt = (at: number) =>
    Math.max(
      0,
      slots.findIndex(({ from, to }) => at >= from && at < to),
    );
  const span = { from: slots[0]?.from ?? 0, to: slots.at(-1)?.to ?? 0 };
  return {
    label: title,
    span,
    calendar: formats,
    left: { unit: "kWh", fromZero: true, show: (kwh) => kwhText(kwh, words), tick: formats.number },
    right: { unit: texts.cop, above: true, show: (cop) => copText(cop, words), tick: formats.number, least: 1 },
    slots: {
      from: slots.map(({ from }) => from),
      to: slots.map(({ to }) => to),
      labels: slots.map((slot) => slotLabel(slot, unit, slots.length, formats)),
      hatched: (index) => hasGaps(bars[index] as EnergyBar),
    },
    bars: sideNames.flatMap((side) => stackOf(side, bars, words)),
    stacks: { electricity: texts.electricity, heat: texts.heat },
    lines: copLine(shown, slots, words),
    bands: unknownTimes(shown, slots, words),
    wholeAt: (at, stack) => wholeOf((bars[slotAt(at)] as EnergyBar)[stack as SideName], words),
    titleAt: (at) => slotTitle(slots[slotAt(at)] as BarSlot, unit, formats),
    notesAt: (at, isShown) => notesOf(bars[slotAt(at)] as EnergyBar, { ...words, currency }, sideNames.filter(isShown)),
    table: () => energyTable({ shown, slots, unit, title }, words),
    texts,
  };
}

export type EnergyRange = {
  readonly shown: EnergyShown;
  readonly slots: readonly BarSlot[];
  readonly unit: BarUnit;
  readonly title: string;
};

/** A side as stacked bars; the whisker is on the uppermost. A use has one row of the legend for both. */
function stackOf(side: SideName, bars: readonly EnergyBar[], { texts }: Words): Bars[] {
  const sides = bars.map((bar) => bar[side]);
  const values = (of: (side: Side) => number) => sides.map((each) => (each === null ? Number.NaN : of(each)));
  const stack = usesOf(sides, leastShare).map(
    (use): Bars => ({
      key: use === "all" ? side : use,
      legend: texts[use === "all" ? side : use],
      name: partName(side, use, texts),
      color: partColor(side, use),
      ...(side === "heat" && { fill: "outlined" }),
      scale: "left",
      stack: side,
      values: values(({ parts: of }) => of[use] ?? 0),
    }),
  );
  if (sides.some((each) => (each?.missingKwh ?? 0) > leastKwh)) {
    stack.push({
      key: "missing",
      legend: texts.estimated,
      name: `${texts[side]}: ${texts.estimated}`,
      color: partColor(side, "all"),
      fill: "hatched",
      scale: "left",
      stack: side,
      values: values(({ missingKwh }) => missingKwh),
    });
  }
  const top = stack.pop();
  if (top === undefined) return stack;
  const uncertainty = sides.map((each) =>
    each?.range ? Math.max(0, each.range.high - wholeKwh(each), wholeKwh(each) - each.range.low) : Number.NaN,
  );
  return [...stack, { ...top, uncertainty }];
}

/** A side's sum, and what share of what was put in each use is; nothing where its uses are not known. */
function wholeOf(side: Side | null, words: Words): Whole | undefined {
  if (side === null || side.parts.all !== undefined) return undefined;
  const sum = Object.values(side.parts).reduce((kwh, part) => kwh + Math.max(0, part), 0);
  return {
    text: sideText(side, words),
    share: ({ key }, kwh) => (key === "missing" || !(kwh > 0) ? "" : ` · ${shareText(kwh / sum, words)}`),
  };
}

function wholeKwh({ kwh, coldKwh, missingKwh }: Side): number {
  return kwh + coldKwh + missingKwh;
}

/** The uses that a side has, in the order of the catalogue. */
function usesOf(sides: readonly (Side | null)[], share = 0): Use[] {
  const sumOf = (of: (side: Side) => number) => sides.reduce((sum, side) => sum + (side === null ? 0 : of(side)), 0);
  const least = Math.max(leastKwh, share * sumOf(wholeKwh));
  return [...parts, "all" as const].filter((use) => Math.abs(sumOf(({ parts: of }) => of[use] ?? 0)) > least);
}

function copLine({ bars }: EnergyShown, slots: readonly BarSlot[], { texts }: Words): ChartLine[] {
  if (bars.every(({ cop }) => cop === null)) return [];
  const at = Float64Array.from(slots, ({ from, to }) => (from + to) / 2);
  const values = Float32Array.from(bars, ({ cop }) => cop ?? Number.NaN);
  const color = "var(--primary-text-color)";
  return [{ key: "cop", name: texts.cop, color, series: seriesOf(at, values), scale: "right", shape: "dots" }];
}

/** Bars between others of which nothing is known: they are not times without electricity. */
function unknownTimes({ bars }: EnergyShown, slots: readonly BarSlot[], { texts }: Words): Bands[] {
  const [first, last] = [bars.findIndex(isKnown), bars.findLastIndex(isKnown)];
  const spans = slots.filter((_, index) => index > first && index < last && !isKnown(bars[index] as EnergyBar));
  const color = situationColors.not_seen;
  return spans.length === 0
    ? []
    : [{ key: "unknown", name: texts.nothing_known, legend: texts.unknown, color, fill: "hatched", spans }];
}

function notesOf(bar: EnergyBar, words: Words, sides: readonly SideName[]): string[] {
  const { texts } = words;
  const notes: string[] = [];
  for (const side of sides) {
    const range = rangeText(bar[side], words);
    if (range !== undefined) notes.push(`${texts[side]}: ${range} kWh`);
  }
  if (bar.cost !== null) notes.push(`${costName(bar, texts)}: ${costText(bar.cost, words)}`);
  if (bar.since !== null || hasGaps(bar)) notes.push(`${texts.coverage}: ${coverageText(bar, words)}`);
  return notes;
}

/** The same as a table; a row for each bar of which anything is known. */
export function energyTable({ shown, slots, unit }: EnergyRange, words: Words): Table {
  const { formats, texts } = words;
  const { bars, currency } = shown;
  const columns = sideNames.flatMap((side) => {
    const uses = usesOf(bars.map((bar) => bar[side])).filter((use) => use !== "all");
    return [{ side, use: undefined }, ...uses.map((use) => ({ side, use }))];
  });
  const hasCost = bars.some(({ cost }) => cost !== null);
  const hasCoverage = bars.some(hasGaps);
  return {
    head: [
      unitName(unit, formats.language),
      ...columns.map(({ side, use }) => partName(side, use ?? "all", texts)),
      texts.cop,
      ...(hasCost ? [costName(shown.total, texts)] : []),
      ...(hasCoverage ? [texts.coverage] : []),
    ],
    rows: bars.flatMap((bar, index) => {
      const slot = slots[index];
      if (slot === undefined || (bar.electricity === null && bar.heat === null && bar.coverage === null)) return [];
      const cell = ({ side, use }: (typeof columns)[number]) => {
        const of = bar[side];
        if (use !== undefined) return kwhText(of?.parts[use], words);
        const range = rangeText(of, words);
        return range === undefined ? sideText(of, words) : `${sideText(of, words)} (${range})`;
      };
      return [
        [
          slotTitle(slot, unit, formats),
          ...columns.map(cell),
          copText(bar.cop, words),
          ...(hasCost ? [costText(bar.cost, { ...words, currency })] : []),
          ...(hasCoverage ? [percentText(bar, words)] : []),
        ],
      ];
    }),
  };
}
