/** An axis of values: where it begins and ends, and its marks. */
export type ValueAxis = {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** As many as the marks need. */
  readonly decimals: number;
};

type AxisOptions = { readonly fromZero?: boolean | undefined; readonly least?: number | undefined };

/** The axis for values from `low` to `high` with about so many marks, at round numbers (1, 2, 5, 10, ...); it ends at quarters. */
export function valueAxis(
  low: number,
  high: number,
  marks: number,
  { fromZero, least = 0 }: AxisOptions = {},
): ValueAxis {
  const bottom = fromZero ? Math.min(0, low) : low;
  const top = fromZero ? Math.max(0, high) : high;
  const missing = Math.max(0, (least || (top === bottom ? 1 : 0)) - (top - bottom));
  const start = fromZero ? bottom : bottom - missing / 2;
  const end = top + (fromZero ? missing : missing / 2);
  const step = roundStep((end - start) / Math.max(1, marks));
  const bounds = { low: Math.floor((start / step) * 4 + 1e-9) / 4, high: Math.ceil((end / step) * 4 - 1e-9) / 4 };
  const first = Math.ceil(bounds.low);
  const last = Math.floor(bounds.high);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    low: bounds.low * step,
    high: bounds.high * step,
    ticks: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
      Number(((first + index) * step).toFixed(decimals)),
    ),
    decimals,
  };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((each) => each * power >= rough * 0.999) ?? 10;
  return factor * power;
}
