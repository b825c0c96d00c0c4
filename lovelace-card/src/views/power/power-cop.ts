import type { TimeSpan } from "../../chart/chart.ts";
import { lineAt } from "../../chart/reading-at.ts";
import { firstAt, type Series } from "../../chart/series.ts";
import type { SpanRecord } from "../../record/span-record.ts";

type Sides = { readonly heat: Series; readonly electricity: Series };

/**
 * Heat over electricity at a time, or of a day; undefined where one of them is not known or nothing was made, and where it
 * is known that the heat pump neither heated nor made hot water.
 */
export function copAt(
  { heat, electricity }: Sides,
  record: SpanRecord,
  at: number,
  day?: TimeSpan,
): number | undefined {
  if (day !== undefined) return record.steps() ? undefined : copOf(sumOf({ heat, electricity }, day));
  const track = record.track();
  const works = (["heating", "hot_water"] as const).some((name) =>
    track?.spans(name, record.until()).some(({ from, to }) => from <= at && at < to),
  );
  if (track !== undefined && !works) return undefined;
  const [heatKw, electricityKw] = [heat, electricity].map((series) =>
    lineAt({ series, shape: record.steps() ? "step" : "straight", until: record.until() }, at),
  );
  return copOf({ heatKw, electricityKw });
}

type Powers = { readonly heatKw: number | undefined; readonly electricityKw: number | undefined };

function copOf({ heatKw = 0, electricityKw = 0 }: Powers): number | undefined {
  return heatKw > 0 && electricityKw > 0 ? heatKw / electricityKw : undefined;
}

/** Means that are there of both sides for the same time, added up. */
function sumOf({ heat, electricity }: Sides, { from, to }: TimeSpan): Powers {
  let [heatKw, electricityKw] = [0, 0];
  for (let index = firstAt(heat, from); index < heat.length; index++) {
    const at = heat.at[index] as number;
    if (at >= to) break;
    const other = firstAt(electricity, at);
    if (other === electricity.length || electricity.at[other] !== at) continue;
    const [one, two] = [heat.values[index] as number, electricity.values[other] as number];
    if (Number.isNaN(one) || Number.isNaN(two)) continue;
    heatKw += one;
    electricityKw += two;
  }
  return { heatKw, electricityKw };
}
