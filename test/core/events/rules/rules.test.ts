import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { findingNames, findingRules } from "@heatloop/core/events/rules/rules";
import { describe, expect, it } from "vitest";
import { resultsOf, ruleFiles } from "#test/core/examples/rule-cases.ts";

const files = await ruleFiles();

describe("the rules of findings", () => {
  it("are all in the list, each under a name of its own", () => {
    expect(new Set(findingRules)).toEqual(new Set(files.map(({ rule }) => rule)));
    expect(new Set(findingNames).size).toBe(findingRules.length);
  });

  it.each(files)("$rule.name has cases in which it applies, and in which it does not", ({ cases }) => {
    expect(cases.some(({ results }) => results.length > 0)).toBe(true);
    expect(cases.some(({ results }) => results.length === 0)).toBe(true);
  });

  it.each(files)("$rule.name has a name and a reason in each language", ({ rule }) => {
    const texts = reportLanguages.map((language) => rule.texts[language]);
    expect(new Set(texts.map(({ why }) => why)).size).toBe(reportLanguages.length);
    for (const { name, why } of texts) {
      expect(name).toMatch(/^\p{Lu}.*[^.]$/u);
      expect(why).toMatch(/^\p{Lu}.*\.$/u);
    }
  });
});

describe.each(files)("$rule.name", ({ rule, cases }) => {
  it.each(cases)("$title", (each) => {
    expect(resultsOf(rule, each)).toEqual(each.results);
  });
});
