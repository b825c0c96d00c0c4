import type { PointId } from "../../catalogue/points.ts";
import type { ReportLanguage } from "../../catalogue/report-languages.ts";
import type { Operation } from "../../live/operation.ts";
import type { Limits, RuleDay, RuledDay } from "./rule-day.ts";
import type { RuleResult } from "./rule-result.ts";

/** What is or was wrong with the heat pump or with what it measures, as one file of this folder defines it. */
export type FindingRule = {
  /** As JSON and MQTT have it. */
  readonly name: string;
  /** When it applies, for the documentation: one sentence of English. */
  readonly when: string;
  /** What the value is where the result names no sensor. */
  readonly value: "cop" | { readonly unit: string; readonly decimals: number } | null;
  /** Its name, and why it matters and what to do. */
  readonly texts: Readonly<Record<ReportLanguage, { readonly name: string; readonly why: string }>>;
  /** Within a day, in order of time. */
  ofDay(day: RuleDay): readonly RuleResult[];
  /** What only days that follow each other show. */
  ofDays?(days: readonly RuledDay[]): readonly RuleResult[];
};

/** A case that a rule is tested with: what a heat pump does on days that follow each other, and what the rule makes of it. */
export type RuleCase = {
  readonly title: string;
  readonly days: readonly (readonly CaseStretch[])[];
  readonly limits?: Limits;
  /** `from` and `to` in minutes from the first midnight. */
  readonly results: readonly {
    readonly from: number;
    readonly to: number;
    readonly value: number | null;
    readonly point?: PointId;
  }[];
};

/**
 * What goes on for some minutes. What it does not say is as on a mild winter's day: 35 °C flow and 30 °C return (28 and
 * 28 in standby), 3 °C outdoors, 17 L/min.
 */
export type CaseStretch = {
  readonly minutes: number;
  readonly operation: Operation;
  /** Into the water; cold is positive too. */
  readonly heatW?: number;
  readonly electricityW?: number;
  readonly points?: Readonly<Partial<Record<PointId, number>>>;
};
