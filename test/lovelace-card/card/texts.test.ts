import { fill } from "@heatloop/core/text/fill-text";
import { english, type TextKey } from "@heatloop/lovelace-card/text/languages/english";
import { loadTexts, textsOf } from "@heatloop/lovelace-card/text/texts";
import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";

const languages = Object.keys(allTexts) as (keyof typeof allTexts)[];
const keys = Object.keys(english) as TextKey[];
const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe("the card's texts", () => {
  it("are there in twelve languages", () => {
    expect([...languages].sort()).toEqual(["da", "de", "en", "es", "fi", "fr", "it", "nl", "no", "pl", "sk", "sv"]);
  });

  it.each(languages)("are all there in %s, with the same places to fill in", (language) => {
    const texts = allTexts[language];
    expect(Object.keys(texts)).toEqual(keys);
    for (const key of keys) {
      expect(texts[key].trim(), key).not.toBe("");
      expect(holes(texts[key]), key).toEqual(holes(english[key]));
    }
  });

  it.each(languages.filter((language) => language !== "en"))("are really translated into %s", (language) => {
    const same = keys.filter((key) => allTexts[language][key] === english[key]);
    // Words that are the same in many languages: COP, Zone, Normal, Eco, ...
    expect(same.length).toBeLessThan(12);
  });

  it.each([
    ["de", "de"],
    ["de-CH", "de"],
    ["nb", "no"],
    ["nn", "no"],
    ["pt-BR", "en"],
    ["", "en"],
    ["constructor", "en"],
  ] as const)("of the language %j are those of %s", async (asked, given) => {
    await loadTexts(asked);
    expect(textsOf(asked)).toBe(allTexts[given]);
    expect(loadTexts(asked)).toBeUndefined();
  });

  it.each(languages)("are English until those of %s are loaded", async (language) => {
    expect([english, allTexts[language]]).toContain(textsOf(language));
    await loadTexts(language);
    expect(textsOf(language)).toBe(allTexts[language]);
  });

  it("are filled in", () => {
    expect(fill("{a} of {b}, {c}", { a: 1, b: "two" })).toBe("1 of two, {c}");
  });
});
