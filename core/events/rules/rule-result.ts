import type { PointId } from "../../catalogue/points.ts";

/** Where a rule applies: the minutes that begin from `from` and before `to`, ms since the epoch. */
export type RuleResult = {
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  /** The sensor that it is about; null where it is about none. */
  readonly point: PointId | null;
  /** In the unit of the rule, or of the sensor; null where there is none. */
  readonly value: number | null;
};
