import { type HomeLanguage, homeLanguageOf, homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { homeLanguage } from "@heatloop/ha-addon/settings/home-language";
import { languageOf } from "@heatloop/lovelace-card/text/language";
import { describe, expect, it } from "vitest";

describe("the language that a home reads", () => {
  it.each<["" | "de", string | undefined, HomeLanguage]>([
    ["", "sv", "sv"],
    ["", "de-CH", "de"],
    ["", "pt_BR", "en"],
    ["", "no", "nb"],
    ["", "nn", "nb"],
    ["", "nb-NO", "nb"],
    ["", "FI", "fi"],
    ["", "", "en"],
    ["", undefined, "en"],
    ["de", "sv", "de"],
    ["de", undefined, "de"],
  ])("with %j chosen for reports, and Home Assistant in %j, is %s", (language, ofHomeAssistant, expected) => {
    expect(homeLanguage({ report: { language } }, ofHomeAssistant)).toBe(expected);
  });

  it("has every language of reports, so that one chosen there holds for all texts", () => {
    expect(homeLanguages).toEqual(expect.arrayContaining([...reportLanguages]));
  });

  it.each(homeLanguages)("%s is one of the card's too", (language) => {
    expect(homeLanguageOf(language)).toBe(language);
    expect(languageOf(language)).toBe(language === "nb" ? "no" : language);
  });
});
