import { cop } from "../energy/cop.ts";
import { type Bucket, bucketC, type UsePerformance } from "./performance.ts";

/** COP at a range of temperatures. */
export type CopAt = Bucket & { readonly toC: number; readonly cop: number | null };

/** The COP of each bucket of temperatures. */
export function copsOf(buckets: readonly Bucket[]): CopAt[] {
  return buckets.map((bucket) => ({
    ...bucket,
    toC: bucket.fromC + bucketC,
    cop: cop(bucket.heatWh, bucket.electricityWh),
  }));
}

/** Figures of one use; null where nothing was seen. Temperatures in °C, weighted by the heat of each minute. */
export type PerformanceFigures = {
  /** Of the compressor's minutes outside defrosts. */
  readonly percentOfCarnot: number | null;
  /** As heatpumpmonitor.org lists it: 100 x electricity of an ideal machine for the same heat / electricity used. */
  readonly weightedPercentOfCarnot: number | null;
  readonly flowC: number | null;
  readonly outdoorC: number | null;
  readonly flowOverReturnK: number | null;
};

/** The figures of a use from its sums. */
export function performanceFigures(use: UsePerformance): PerformanceFigures {
  const weighted = (sum: number) => (use.weightWh > 0 ? sum / use.weightWh : null);
  return {
    percentOfCarnot: use.idealHeatWh > 0 ? (100 * use.carnotHeatWh) / use.idealHeatWh : null,
    weightedPercentOfCarnot: weightedPercentOfCarnot([use]),
    flowC: weighted(use.weightedFlow),
    outdoorC: weighted(use.weightedOutdoor),
    flowOverReturnK: weighted(use.weightedFlow - use.weightedReturn),
  };
}

/** The weighted % of Carnot of some uses together; null where none of it was seen. */
export function weightedPercentOfCarnot(of: readonly UsePerformance[]): number | null {
  const sum = (figure: "weightedIdealWh" | "weightedElectricityWh") =>
    of.reduce((total, use) => total + use[figure], 0);
  const electricityWh = sum("weightedElectricityWh");
  return electricityWh > 0 ? (100 * sum("weightedIdealWh")) / electricityWh : null;
}
