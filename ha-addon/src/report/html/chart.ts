import { escaped } from "./markup.ts";

/** One bar: its parts stand on each other, negative ones hang below zero; a part that is not known is left out. */
export type ChartBar = {
  readonly mark: string;
  /** What a reader sees who rests on it. */
  readonly title: string;
  /** Written above it. */
  readonly figure?: string;
  readonly parts: readonly { readonly style: string; readonly value: number | null }[];
};

/** One point of a line; null breaks it. */
export type ChartPoint = { readonly mark: string; readonly title: string; readonly value: number | null };
/** A line in the colour of its style. */
export type ReportLine = { readonly style: string; readonly points: readonly ChartPoint[] };

const width = 600;
const left = 48;
const right = 8;
const top = 10;
const bottom = 26;
/** Marks below the axis need so much space for each character, and between them. */
const characterWidth = 8;
const betweenMarks = 6;
/** Room for figures above bars. */
const figureHeight = 16;

type Frame = {
  readonly height: number;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  y(value: number): number;
};

/** Stacked bars as an inline SVG, in the unit of the values. `format` writes the numbers beside the axis. */
export function barChart(label: string, bars: readonly ChartBar[], format: (value: number) => string): string {
  const sums = bars.map(({ parts }) => {
    const known = parts.map(({ value }) => value ?? 0);
    return { up: sum(known.filter((value) => value > 0)), down: sum(known.filter((value) => value < 0)) };
  });
  const headspace = bars.some((bar) => bar.figure !== undefined) ? figureHeight : 0;
  const lowest = Math.min(0, ...sums.map(({ down }) => down));
  const frame = frameOf(lowest, Math.max(0, ...sums.map(({ up }) => up)), 185, headspace);
  const slot = (width - left - right) / Math.max(1, bars.length);
  const barWidth = Math.min(56, slot * 0.74);
  const drawn = bars.map((bar, index) => {
    const x = left + slot * index + (slot - barWidth) / 2;
    let up = 0;
    let down = 0;
    const pieces = bar.parts.map(({ style, value }) => {
      if (value === null || value === 0) return "";
      const from = value > 0 ? up : down;
      if (value > 0) up += value;
      else down += value;
      const [y, end] = [frame.y(Math.max(from, from + value)), frame.y(Math.min(from, from + value))];
      return `<rect class="${style}" x="${px(x)}" y="${px(y)}" width="${px(barWidth)}" height="${px(end - y)}"/>`;
    });
    const above = bar.figure === undefined ? "" : textAt(x + barWidth / 2, frame.y(up) - 5, bar.figure, "figure");
    return `<g><title>${escaped(bar.title)}</title>${pieces.join("")}${above}</g>`;
  });
  return chart(label, frame, format, [...drawn, ...marks(bars, slot, frame)]);
}

/** Lines with a dot for each known value, all over the same marks. */
export function lineChart(label: string, lines: readonly ReportLine[], format: (value: number) => string): string {
  const points = lines[0]?.points ?? [];
  const known = lines.flatMap((line) => line.points.flatMap(({ value }) => (value === null ? [] : [value])));
  const frame = frameOf(0, Math.max(1, ...known), 125);
  const slot = (width - left - right) / Math.max(1, points.length);
  const drawn = lines.map((line) => lineOf(line, frame, (index) => left + slot * (index + 0.5)));
  return chart(label, frame, format, [...drawn, ...marks(points, slot, frame)]);
}

function lineOf({ style, points }: ReportLine, frame: Frame, xOf: (index: number) => number): string {
  let path = "";
  let isOpen = false;
  points.forEach(({ value }, index) => {
    if (value !== null) path += `${isOpen ? "L" : "M"}${px(xOf(index))} ${px(frame.y(value))}`;
    isOpen = value !== null;
  });
  const dots = points.map(({ value, title }, index) =>
    value === null
      ? ""
      : `<circle class="dot" cx="${px(xOf(index))}" cy="${px(frame.y(value))}" r="2.6"><title>${escaped(title)}</title></circle>`,
  );
  return `<g class="${`series ${style}`.trim()}"><path class="line" d="${path}"/>${dots.join("")}</g>`;
}

function chart(label: string, frame: Frame, format: (value: number) => string, content: readonly string[]): string {
  const lines: string[] = [];
  const first = Math.ceil(frame.low / frame.step - 1e-9);
  const last = Math.floor(frame.high / frame.step + 1e-9);
  for (let index = first; index <= last; index += 1) {
    const value = index * frame.step;
    const y = px(frame.y(value));
    const style = Math.abs(value) < frame.step / 1000 ? "zero" : "grid";
    lines.push(
      `<path class="${style}" d="M${left} ${y}H${width - right}"/>`,
      `<text x="${left - 6}" y="${y}" dy=".32em" text-anchor="end">${escaped(format(value))}</text>`,
    );
  }
  return `<svg viewBox="0 0 ${width} ${frame.height}" role="img" aria-label="${escaped(label)}">${lines.join("")}${content.join("")}</svg>`;
}

function marks(items: readonly { readonly mark: string }[], slot: number, frame: Frame): string[] {
  const longest = Math.max(0, ...items.map(({ mark }) => mark.length)) * characterWidth;
  const each = Math.max(1, Math.ceil((longest + betweenMarks) / slot));
  return items.flatMap(({ mark }, index) => {
    const middle = left + slot * (index + 0.5);
    const rightmost = width - (mark.length * characterWidth) / 2;
    // One that would stick out has no space beside it either.
    if (index % each !== 0 || (each > 1 && middle > rightmost)) return [];
    return textAt(Math.min(middle, rightmost), frame.height - 7, mark);
  });
}

function textAt(x: number, y: number, text: string, style = ""): string {
  const look = style === "" ? "" : ` class="${style}"`;
  return `<text${look} x="${px(x)}" y="${px(y)}" text-anchor="middle">${escaped(text)}</text>`;
}

/** Room beyond the data, as a share of their span. */
const margin = 0.04;

/** The axis as long as the data need, with zero on it and marks at round numbers. */
function frameOf(lowest: number, highest: number, plotHeight: number, headspace = 0): Frame {
  const span = highest - lowest || 1;
  const step = roundStep(span / 4);
  const low = lowest < 0 ? lowest - span * margin : 0;
  const isFlat = highest === lowest;
  const high = isFlat ? span : highest > 0 ? highest + span * margin : 0;
  return {
    height: top + headspace + plotHeight + bottom,
    low,
    high,
    step,
    y: (value) => top + headspace + ((high - value) / (high - low)) * plotHeight,
  };
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (([1, 2, 5, 10] as const).find((factor) => factor * power >= least * 0.999) ?? 10) * power;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
