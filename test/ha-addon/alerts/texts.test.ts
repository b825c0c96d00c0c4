import { type HomeLanguage, homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { alertSentence } from "@heatloop/ha-addon/alerts/alert-sentence";
import { runningRuleIds } from "@heatloop/ha-addon/alerts/rules/running-rules";
import type { AlertCode, ProblemFigure } from "@heatloop/ha-addon/alerts/texts/alert-texts";
import { alertTexts, problemText } from "@heatloop/ha-addon/alerts/texts/problem-text";
import { describe, expect, it } from "vitest";
import { alertExamples, refusalExamples } from "./alert-examples.ts";

const examples = Object.values(alertExamples);
const refusals = Object.values(refusalExamples);
const codes = (Object.keys(alertTexts.en) as (AlertCode | "decimalSign")[]).filter((code) => code !== "decimalSign");
/** Texts that are not of a problem by itself, but a part of one. */
const parts = [
  "listed_more",
  "no_connection_yet",
  "disk_refuses",
  "owner_awaited",
  "separate_advice",
  "archive_unread",
];
const holesOf = (text: string) => new Set([...text.matchAll(/\{\w+\}/g)].map(String));
/** Of a sentence with a figure of another program alone there is nothing to translate. */
const isQuote = (text: string) => text.replaceAll(/\{\w+\}/g, "").trim() === "";

/** What a figure looks like in a sentence of a language. */
function shownFigures(figure: ProblemFigure, language: HomeLanguage): string[] {
  if (typeof figure === "number") return [String(figure).replace(".", alertTexts[language].decimalSign)];
  if (typeof figure === "string") return [figure];
  return "code" in figure ? [problemText(figure, language)] : [...figure];
}

it("each text is of a kind of problem that has an example", () => {
  const shown = new Set([...examples, ...refusals].map(({ code }) => code as string));
  expect(codes.filter((code) => !shown.has(code))).toEqual([...parts, "not_followed"]);
});

describe.each(homeLanguages)("an alert in %s", (language) => {
  it.each(examples.map((example) => [example.code, example] as const))("names its figures: %s", (_, example) => {
    const sentence = alertSentence(example, language);
    expect(sentence).not.toMatch(/[{}]|undefined|\bnull\b|NaN|\[object/);
    const { code, ...figures } = example;
    if (code === "room_feed" || code === "room_not_used") return;
    for (const figure of Object.values(figures as Record<string, ProblemFigure>)) {
      for (const shown of shownFigures(figure, language)) expect(sentence).toContain(shown);
    }
  });

  it.each(refusals.map((why) => [why.code, why] as const))("says why there are no prices: %s", (_, why) => {
    const sentence = alertSentence({ code: "no_prices", source: "sensor.prices", why }, language);
    expect(sentence).not.toMatch(/[{}]|undefined|\bnull\b|NaN|\[object/);
    const { code: _code, ...figures } = why;
    for (const figure of Object.values(figures as Record<string, ProblemFigure>)) {
      for (const shown of shownFigures(figure, language)) expect(sentence).toContain(shown);
    }
  });

  it("differs for each kind", () => {
    expect(new Set(examples.map((example) => alertSentence(example, language))).size).toBe(examples.length);
  });

  it("has the reasons of rooms and feeds in the same language, with its decimal sign", () => {
    const { room_feed: feed, room_not_used: room } = alertExamples;
    expect(alertSentence(feed, language)).toContain(language === "en" ? "17.5 °C" : "17,5 °C");
    expect(alertSentence(room, language)).toMatch(/Office.*%/);
  });

  it("has the figures of the English text, and the same names of settings, topics and programs", () => {
    const named = (text: string) => new Set(text.match(/[a-z_]+(?:\.[a-z_]+)+|[a-z]+(?:_[a-z]+)+|\/status/g));
    for (const code of codes) {
      const text = alertTexts[language][code];
      if (text === undefined) continue;
      expect(holesOf(text), code).toEqual(holesOf(alertTexts.en[code]));
      expect(named(text), code).toEqual(named(alertTexts.en[code]));
    }
  });
});

it.each(homeLanguages.filter((each) => each !== "en"))("no alert of %s is left in English", (language) => {
  const inEnglish = codes.filter(
    (code) => alertTexts[language][code] === alertTexts.en[code] && !isQuote(alertTexts.en[code]),
  );
  expect(inEnglish).toEqual([]);
});

it("a rule that most languages have a sentence for has one in all of them", () => {
  for (const id of runningRuleIds) {
    const without = homeLanguages.filter((language) => alertTexts[language][id] === undefined);
    if (without.length < homeLanguages.length / 2) expect(without, id).toEqual([]);
  }
});

it("a long list is cut, and says how many more there are", () => {
  const topics = Array.from({ length: 11 }, (_, index) => `t${index}`);
  const problem = { ...alertExamples.unknown_topics, topics };
  expect(alertSentence(problem, "en")).toContain("t6, t7 and 3 more.");
  expect(alertSentence(problem, "sv")).toContain("t6, t7 och 3 till.");
});
