import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import { fill } from "@heatloop/core/text/fill-text";
import { type RunningRuleId, runningRules } from "../rules/running-rules.ts";
import type { AlertTexts, CodedProblem, ProblemFigure } from "./alert-texts.ts";
import { danish } from "./danish.ts";
import { dutch } from "./dutch.ts";
import { english } from "./english.ts";
import { finnish } from "./finnish.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { norwegian } from "./norwegian.ts";
import { polish } from "./polish.ts";
import { slovak } from "./slovak.ts";
import { spanish } from "./spanish.ts";
import { swedish } from "./swedish.ts";

/** The texts of English, in which nothing is missing. */
const whole = {
  ...english,
  ...(Object.fromEntries(runningRules.map(({ id, text }) => [id, text])) as Record<RunningRuleId, string>),
};

/** The texts of every language. */
export const alertTexts: Readonly<Record<HomeLanguage, AlertTexts>> & { readonly en: Required<AlertTexts> } = {
  en: whole,
  de: german,
  nl: dutch,
  da: danish,
  nb: norwegian,
  sv: swedish,
  it: italian,
  es: spanish,
  fr: french,
  pl: polish,
  sk: slovak,
  fi: finnish,
};

/** So many names of a list are shown; the page has room for no more. */
const mostNamed = 8;

/** A problem as a sentence of a language. */
export function problemText(problem: CodedProblem, language: HomeLanguage): string {
  const { code, ...figures } = problem;
  const shown = Object.entries(figures).map(([name, figure]) => [name, figureText(figure, language)]);
  return fill(alertTexts[language][code] ?? whole[code], Object.fromEntries(shown));
}

function figureText(figure: ProblemFigure, language: HomeLanguage): string {
  const { decimalSign, listed_more: listedMore } = alertTexts[language];
  if (typeof figure === "string") return figure;
  if (typeof figure === "number") return String(figure).replace(".", decimalSign);
  if ("code" in figure) return problemText(figure, language);
  const names = figure.slice(0, mostNamed).join(", ");
  const more = figure.length - mostNamed;
  return more > 0 ? fill(listedMore, { names, more }) : names;
}
