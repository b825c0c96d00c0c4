/** What a figure has to reach: its ratio to the peer, or its own value in the unit of its name. */
export type Goal = { readonly of: "ratio" | "ours"; readonly is: ">=" | "<="; readonly limit: number };

/** Ours and, where there is one, the peer's; both in the unit of the figure's name. */
export type Measured = { readonly ours: number; readonly peer: number | null };

/** One thing that is measured. `measure` rejects with a sentence where it cannot be. */
export type Figure = {
  readonly name: string;
  readonly goal: Goal;
  readonly measure: () => Promise<Measured>;
};

/** A figure as it came out; null where it could not be measured. */
export type Row = {
  readonly name: string;
  readonly ours: number | null;
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly ok: boolean;
};

/** The row of a figure; one that was not measured does not reach its goal. */
export function rowOf({ name, goal }: Figure, measured: Measured | undefined): Row {
  const ours = measured?.ours ?? null;
  const peer = measured?.peer ?? null;
  const ratio = ours === null || peer === null ? null : ours / peer;
  const value = goal.of === "ratio" ? ratio : ours;
  return {
    name,
    ours: rounded(ours),
    peer: rounded(peer),
    ratio: rounded(ratio),
    goal: `${goal.of} ${goal.is} ${goal.limit}`,
    ok: value !== null && (goal.is === ">=" ? value >= goal.limit : value <= goal.limit),
  };
}

/** To four digits: more of them would be noise. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}

/** The middle one of several measurements; of an even number the lower of the two. */
export function median<T>(measurements: readonly T[], value: (measurement: T) => number): T {
  const sorted = [...measurements].sort((a, b) => value(a) - value(b));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error("nothing was measured");
  return middle;
}
