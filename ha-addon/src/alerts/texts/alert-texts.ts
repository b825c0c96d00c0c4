import type { RunningRuleId } from "../rules/running-rules.ts";
import type { english } from "./english.ts";

/** The texts of one language; a rule of how the heat pump runs that has none is told in English. */
export type AlertTexts = Readonly<Record<keyof typeof english, string>> &
  Readonly<Partial<Record<RunningRuleId, string>>>;

/** What a text is about; `CodedProblem` has its figures. */
export type AlertCode = Exclude<keyof AlertTexts, "decimalSign">;

/** What is wrong, as a code with its figures: they are in braces in its text. A list of many is cut. */
export type CodedProblem = { readonly code: AlertCode; readonly [figure: string]: ProblemFigure };
export type ProblemFigure = string | number | readonly string[] | CodedProblem;
