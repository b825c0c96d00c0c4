import { type Envelope, envelopeOf } from "./envelope.ts";
import type { Series } from "./series.ts";

type Known = {
  readonly borders: ArrayLike<number>;
  readonly first: number | undefined;
  readonly envelope: Envelope;
  length: number;
};

const known = new WeakMap<Series, Known>();

/**
 * The envelope of a series (`envelopeOf`). Between the borders of the time before (the same array) only the parts that points
 * were added to since are summed up anew; the arrays are those of before then.
 */
export function knownEnvelope(series: Series, borders: Float64Array): Envelope {
  const before = known.get(series);
  const first = series.at[0];
  if (before === undefined || before.borders !== borders || before.first !== first || before.length > series.length) {
    const envelope = envelopeOf(series, borders);
    known.set(series, { borders, first, envelope, length: series.length });
    return envelope;
  }
  // The last point may have got another value.
  const changedAt = series.at[Math.max(0, before.length - 1)] ?? Number.NEGATIVE_INFINITY;
  let part = borders.length - 2;
  while (part > 0 && (borders[part] as number) > changedAt) part--;
  const { lows, highs, means } = envelopeOf(series, borders.subarray(part));
  before.envelope.lows.set(lows, part);
  before.envelope.highs.set(highs, part);
  before.envelope.means.set(means, part);
  before.length = series.length;
  return before.envelope;
}
