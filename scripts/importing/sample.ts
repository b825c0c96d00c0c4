import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { operationPoints } from "@heatloop/core/live/operation";
import type { MeterUnit } from "@heatloop/core/minute/external-meter";
import { loggedPoints } from "@heatloop/core/minute/minute";

/** One thing that a source knew at a time, ms since the epoch; a source tells them in the order of time. */
export type Sample = {
  readonly at: number;
  /** A point, or what only a meter of its own tells: electricity in W or as a total in kWh, heat into the water in W. */
  readonly point: PointId | "meter_w" | "meter_kwh" | "heat_w";
  readonly value: Value;
  /** How long it stands without another, where that is not as long as the source's values stand. */
  readonly holdMs?: number;
};

/** What became of a stretch of a source. */
export type Finding = {
  readonly file: string;
  /** From 1; null where it is the file as a whole. */
  readonly line: number | null;
  /** What was found and what is allowed. */
  readonly problem: string;
  /** Findings of one kind are counted together. */
  readonly kind: string;
};

/** What a person reads off a source while it is read. */
export type SourceReport = {
  found(finding: Finding): void;
  /** Share of the source that is read, 0 to 1. */
  progress(share: number): void;
};

/** How the values of a source stand between two of them. */
export type Standing = {
  /** How long a value stands without another, ms. */
  readonly holdMs: number;
  /** Where the source says nothing at all for so long, ms, nothing is known until it does. */
  readonly silenceMs: number;
  /** Whether a minute without a sample of its own counts only where another one follows in time. */
  readonly needsNext: boolean;
};

/** A source that is opened: its samples, and how they are to be understood. */
export type Source = {
  readonly samples: AsyncIterable<Sample> | Iterable<Sample>;
  readonly standing: Standing;
  /** Points that are not told but concluded: they decide the figures, but are no values of the archive. */
  readonly concluded: ReadonlySet<PointId>;
  /** What the owner should know before: guesses, assumptions. */
  readonly remarks: readonly string[];
};

/** What a feed or an entity may be imported as. */
export const meterTargets = ["electricity_meter", "heat_meter"] as const;
export type Target = PointId | (typeof meterTargets)[number];

const usefulPoints: ReadonlySet<string> = new Set<string>([...loggedPoints, ...operationPoints]);

/** Whether a point is of use: logged, or one that tells the operation. */
export function isUseful(point: string): point is PointId {
  return usefulPoints.has(point);
}

export function isTarget(text: string): text is Target {
  return isUseful(text) || meterTargets.some((target) => target === text);
}

/** The units in which the heat meter may tell its power. */
export const heatUnits: readonly MeterUnit[] = ["W", "kW"];
