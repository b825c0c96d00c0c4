import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { operationPoints } from "@heatloop/core/live/operation";
import type { MeterUnit } from "@heatloop/core/minute/external-meter";
import { loggedPoints } from "@heatloop/core/minute/minute";

/** One value of a source at a time, ms since the epoch; a source has them in the order of time. */
export type Sample = {
  readonly at: number;
  /** A point, or what only a separate meter measures: electricity in W or as a total in kWh, heat into the water in W. */
  readonly point: PointId | "meter_w" | "meter_kwh" | "heat_w";
  readonly value: Value;
  /** How long it holds without another, where that differs from the source's other values. */
  readonly holdMs?: number;
};

/** What is wrong with a part of a source. */
export type SourceProblem = {
  readonly file: string;
  /** From 1; null for the file as a whole. */
  readonly line: number | null;
  /** What is wrong and what is allowed. */
  readonly problem: string;
  /** Problems of one kind are counted together. */
  readonly kind: string;
};

/** What a person learns of a source while it is read. */
export type SourceReport = {
  problem(problem: SourceProblem): void;
  /** Share of the source that is read, 0 to 1. */
  progress(share: number): void;
};

/** How long values of a source hold. */
export type Validity = {
  /** How long a value holds without another, ms. */
  readonly holdMs: number;
  /** Where the source has nothing at all for so long, ms, nothing is known until it has. */
  readonly silenceMs: number;
  /** Whether a minute without a sample of its own counts only where another one follows in time. */
  readonly needsNext: boolean;
};

/** A source that is opened: its samples, and how they are to be understood. */
export type Source = {
  readonly samples: AsyncIterable<Sample> | Iterable<Sample>;
  readonly validity: Validity;
  /** Points that the source lacks and that are inferred: they decide the figures, but are no values of the archive. */
  readonly inferred: ReadonlySet<PointId>;
  /** What the owner should know before: guesses, assumptions. */
  readonly remarks: readonly string[];
};

/** What a feed or an entity may be imported as. */
export const meterTargets = ["electricity_meter", "heat_meter"] as const;
export type Target = PointId | (typeof meterTargets)[number];

const usefulPoints: ReadonlySet<string> = new Set<string>([...loggedPoints, ...operationPoints]);

/** Whether a point is of use: logged, or one that the operation depends on. */
export function isUseful(point: string): point is PointId {
  return usefulPoints.has(point);
}

export function isTarget(text: string): text is Target {
  return isUseful(text) || meterTargets.some((target) => target === text);
}

/** The units that the power of a heat meter may have. */
export const heatUnits: readonly MeterUnit[] = ["W", "kW"];
