/** What a figure has to reach: its ratio to the peer, or its own value in the unit of its name. */
export type Goal = { readonly of: "ratio" | "ours"; readonly is: ">=" | "<="; readonly limit: number };

/** Ours and, where there is one, the peer's, of one turn; both in the unit of the figure's name. */
export type Measured = { readonly ours: number; readonly peer: number | null };

/** One thing that is measured. `measure` rejects with a sentence where it cannot be. */
export type BenchFigure = {
  readonly name: string;
  /** Who the peer is. */
  readonly against?: string;
  /** Without a goal the figure is for information: whatever it is, and even where it cannot be measured, nothing fails. */
  readonly goal?: Goal;
  /** One turn, or each of several. */
  readonly measure: () => Promise<Measured | readonly Measured[]>;
};

/** A figure as it came out; null where it could not be measured. */
export type BenchRow = {
  readonly name: string;
  readonly ours: number | null;
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly ok: boolean;
  readonly against: string | null;
  readonly turns: number;
  /** The quartiles of the turns: of their ratios, or of ours where that is the goal or there is no peer. */
  readonly spread_low: number | null;
  readonly spread_high: number | null;
};

/**
 * The row of a figure: the turn whose ratio (or whose ours, where that is the goal) is the median, and the spread of all.
 * One that was not measured does not reach its goal.
 */
export function rowOf(figure: BenchFigure, measured: Measured | readonly Measured[] | undefined): BenchRow {
  const { name, goal, against = null } = figure;
  const turns = turnsOf(measured);
  const judged = goal?.of === "ours" || turns.some(({ peer }) => peer === null) ? oursOf : ratioOf;
  const middle = turns.length === 0 ? undefined : median(turns, judged);
  const value = middle === undefined || (goal?.of === "ratio" && judged === oursOf) ? undefined : judged(middle);
  const sorted = turns.map(judged).sort((a, b) => a - b);
  const quartile = (share: number) => rounded(sorted[Math.round((sorted.length - 1) * share)]);
  return {
    name,
    ours: rounded(middle?.ours),
    peer: rounded(middle?.peer),
    ratio: middle?.peer == null ? null : rounded(ratioOf(middle)),
    goal: goal === undefined ? "information" : `${goal.of} ${goal.is} ${goal.limit}`,
    ok: goal === undefined || (value !== undefined && (goal.is === ">=" ? value >= goal.limit : value <= goal.limit)),
    against,
    turns: turns.length,
    spread_low: quartile(0.25),
    spread_high: quartile(0.75),
  };
}

/** None where one of them came to nothing. */
function turnsOf(measured: Measured | readonly Measured[] | undefined): readonly Measured[] {
  const turns = measured === undefined ? [] : "ours" in measured ? [measured] : measured;
  return turns.some(({ ours, peer }) => Number.isNaN(ours) || Number.isNaN(peer)) ? [] : turns;
}

function oursOf({ ours }: Measured): number {
  return ours;
}

function ratioOf({ ours, peer }: Measured): number {
  return ours / (peer ?? Number.NaN);
}

/** To four digits: more of them would be noise. */
function rounded(value: number | null | undefined): number | null {
  return value == null ? null : Number(value.toPrecision(4));
}

/** The middle one of several measurements; of an even number the lower of the two. */
export function median<T>(measurements: readonly T[], value: (measurement: T) => number): T {
  const sorted = [...measurements].sort((a, b) => value(a) - value(b));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error("nothing was measured");
  return middle;
}
