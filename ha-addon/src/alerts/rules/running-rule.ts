import type { Operation } from "@heatloop/core/live/operation";
import type { AlertLimits } from "./alert-limits.ts";
import type { AlertTiming } from "./alert-timing.ts";
import type { Found } from "./found.ts";
import type { Severity } from "./severity.ts";

/** How a heat pump runs, as far as alerts are made of it; null: not known. */
export type RunningDevice = {
  readonly compressorOn: boolean | null;
  readonly operation: Operation | null;
  /** L/min. */
  readonly flowLMin: number | null;
  /** Whether it was seen to measure any flow. */
  readonly hasFlowSensor: boolean;
  readonly immersionHeaterOn: boolean | null;
  /** Whether any of its booster heaters is. */
  readonly boosterHeaterOn: boolean | null;
  readonly startsLastHour: number;
  readonly defrostsLastHour: number;
  /** The last day that is over. */
  readonly lastDay: LastDay | null;
};

/** A day that is over, as far as alerts are made of it. */
export type LastDay = {
  readonly date: string;
  readonly cop: number | null;
  readonly electricityWh: number | null;
  readonly isComplete: boolean;
  readonly waterL: number;
};

/** What its rules go by beside it. */
export type RunningSituation = {
  readonly limits: AlertLimits;
  /** Of the outdoor units, L/min. */
  readonly leastFlowLMin: number;
  /** Whether the program has counted for an hour. */
  readonly hasWholeHour: boolean;
};

/** The figures of a sentence, by the names that they have in it in braces. */
export type RunningFigures = Readonly<Record<string, string | number>>;

/**
 * A kind of alert about how a heat pump runs, all of it in one row: its `id` (followed by that of the heat pump), how bad
 * it is, when it applies and for how long it must, and what is said of it.
 */
export type RunningRule = {
  readonly id: string;
  readonly severity: Severity;
  readonly timing?: Partial<AlertTiming> | ((limits: AlertLimits) => Partial<AlertTiming>);
  /** What is wrong and what to do, in English, with figures in braces: `{name}` is the heat pump's, the others those of `find`. */
  readonly text: string;
  /** When it is an alert, for the table of the documentation, and the setting that is its limit. */
  readonly when: string;
  readonly limit?: keyof AlertLimits;
  /** Figures that its sentence is tried with. */
  readonly example: RunningFigures;
  readonly find: (device: RunningDevice, situation: RunningSituation) => Found<RunningFigures>;
};
