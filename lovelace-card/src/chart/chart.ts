import type { Texts } from "../text/languages/english.ts";
import type { Series } from "./series.ts";

/**
 * What `<heatloop-chart>` (chart-element.ts) draws: lines, stacked bars and background bands over time, with legend,
 * cursor, tooltip and table. A view makes a new `Chart` when something has changed and gives it to the element's
 * property `chart`; the element redraws at once and keeps the cursor, what is switched off and the zoom.
 */
export type Chart = {
  /** What it shows, for screen readers and as the table's caption. */
  readonly label: string;
  /** The shown time. A span other than the one given before takes the place of the user's zoom. */
  readonly span: TimeSpan;
  /** Without it the chart neither zooms nor pans. Each change by the user fires `chart-span`. */
  readonly zoom?: Zoom;
  /** Where the days, hours and weeks of the axis begin, and how they are written. */
  readonly calendar: Calendar;
  /** `left` is the axis at the start of a line (right in a right-to-left page); `right` is the other side. */
  readonly left: Scale;
  readonly right?: Scale;
  readonly lines?: readonly ChartLine[];
  /** Bars are drawn in slots; the axis then has the slots' labels and the cursor goes from slot to slot. */
  readonly slots?: Slots;
  readonly bars?: readonly Bars[];
  /** What stacks of bars are called in the legend, which switches each as a whole too. */
  readonly stacks?: Readonly<Record<string, string>>;
  /** A stack as a whole at a time, which the tooltip has above its bars; undefined where it has nothing to add to them. */
  readonly wholeAt?: (at: number, stack: string) => Whole | undefined;
  readonly bands?: readonly Bands[];
  /** The tooltip's first line: of a time, or of days from then until another time. */
  readonly titleAt: (at: number, until?: number) => string;
  /**
   * More lines of the tooltip: coverage, uncertainty, a cause; of a stack only where any of it is shown, and of a day where
   * lines are drawn day by day.
   */
  readonly notesAt?: (at: number, isShown: (stack: string) => boolean, day?: TimeSpan | undefined) => readonly string[];
  /** The same in words and numbers; asked for only when somebody opens it. */
  readonly table: () => Table;
  readonly texts: Pick<Texts, "table" | "chart" | "loading" | "chart_not_loaded" | "try_again">;
  /** Shown in the middle instead of the picture: loading, nothing recorded, refused. */
  readonly message?: string | undefined;
};

/** From inclusive, to exclusive, in ms since the epoch. */
export type TimeSpan = { readonly from: number; readonly to: number };

/** How far the user may go: not beyond `earliest` and `latest`, not below `least` ms. Double click shows `home`. */
export type Zoom = {
  readonly earliest: number;
  readonly latest: number;
  readonly least: number;
  readonly home: TimeSpan;
};

/** `Formats` of the card fits. */
export type Calendar = {
  readonly timeZone: string;
  readonly language: string;
  /** 0 is Sunday. */
  readonly firstWeekday: number;
  time(at: number): string;
};

/** An axis of values. Its range is that of what is shown, widened to round numbers. */
export type Scale = {
  /** A value in the tooltip: `35.2 °C`. */
  readonly show: (value: number) => string;
  /** A number on the axis, with as many decimals as its step needs. */
  readonly tick: (value: number, decimals: number) => string;
  /** Is drawn above the axis. */
  readonly unit: string;
  /** Bars need it. */
  readonly fromZero?: boolean;
  /** The right axis in a strip of its own above what else is drawn, so that its lines cross nothing. */
  readonly above?: boolean;
  /** The range is at least so wide: a flat line is not blown up to the whole height. */
  readonly least?: number;
};

/** A row of the legend, which switches it on and off; `off` is how it starts. Items of a key are switched together. */
export type Item = {
  readonly key: string;
  readonly name: string;
  /** The legend's text, where it is not the name. */
  readonly legend?: string;
  /** Any CSS colour, `var(...)` too; read when it is drawn. */
  readonly color: string;
  readonly off?: boolean;
  /** How bars and bands are filled; `full` where it is not said. */
  readonly fill?: Fill;
  /** The stack that a bar is drawn in; it is shown while both are switched on. */
  readonly stack?: string;
};

/** `outlined`: a full edge around a pale ground, beside what is full; `hatched`: an estimate, or what was not seen. */
export type Fill = "full" | "outlined" | "hatched";

export type ChartLine = Item & {
  readonly series: Series;
  readonly scale: "left" | "right";
  /** `step`: a value holds until the next; `straight`: points are joined; `dots`: joined, each with a dot. */
  readonly shape: "step" | "straight" | "dots";
  /** Until when the last value of a `step` line holds: now, where the line is live. */
  readonly until?: number;
  readonly dashed?: boolean;
};

/** One after the other in time; of the same length all three. */
export type Slots = {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly labels: readonly string[];
  /** Whether a slot's values are uncertain or incomplete: its bars are hatched. */
  readonly hatched?: (slot: number) => boolean;
};

export type Bars = Item & {
  /** One a slot; NaN where there is none. What is below zero is drawn below the axis. */
  readonly values: ArrayLike<number>;
  readonly scale: "left" | "right";
  /** Bars of a stack are drawn on top of each other from the axis on, in the order of the list; stacks side by side. */
  readonly stack: string;
  /** By how much the stack's top may be off, one a slot; drawn as a whisker on this bar's top. */
  readonly uncertainty?: ArrayLike<number>;
};

/** A stack in words, and what of it a bar's value is: ` · 78 %`. */
export type Whole = { readonly text: string; readonly share: (bars: Bars, value: number) => string };

/** Stripes behind the lines: when something was so. */
export type Bands = Item & { readonly spans: readonly TimeSpan[] };

export type Table = {
  /** The first one is the time. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** What the user zoomed or panned to: `CustomEvent<TimeSpan>` named `chart-span`. */
export type ChartSpanEvent = CustomEvent<TimeSpan>;
