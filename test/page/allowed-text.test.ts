import { allowedText } from "@heatloop/ha-addon/page/forms/allowed-text";
import { formTexts } from "@heatloop/ha-addon/page/forms/form-texts";
import { languageNames } from "@heatloop/ha-addon/page/text/language-choice";
import { describe, expect, it } from "vitest";

const english = formTexts.texts("en");

describe("what is allowed in a field", () => {
  it.each([
    [{ kind: "number" }, "a number"],
    [{ kind: "number", low: 0.1, high: 10 }, "a number, 0.1 – 10"],
    [{ kind: "whole_number", low: 1 }, "a whole number, ≥ 1"],
    [{ kind: "number", high: 3 }, "a number, ≤ 3"],
    [{ kind: "number", low: 0, high: 10, above: true }, "a number, > 0, ≤ 10"],
    [{ kind: "text" }, "a text"],
    [{ kind: "text", low: 1 }, "not empty"],
    [{ kind: "text", low: 1, high: 60 }, "1 – 60 characters"],
  ] as const)("is said of %j", (size, text) => {
    expect(allowedText({ allowed: "", size }, english, ".")).toBe(text);
  });

  it("is the server's sentence of all else", () => {
    expect(allowedText({ allowed: "a time such as 06:30" }, english, ".")).toBe("a time such as 06:30");
  });

  it.each(Object.keys(languageNames))("has no hole in %s, and the decimal sign of who reads", async (language) => {
    await formTexts.load(language);
    const texts = formTexts.texts(language);
    const said = (["number", "whole_number", "text"] as const).map((kind) =>
      allowedText({ allowed: "", size: { kind, low: 0.5, high: 20 } }, texts, ","),
    );
    expect(new Set(said).size).toBe(3);
    for (const text of said) expect(text).toMatch(/^[^{}]*0,5 – 20[^{}]*$/);
  });
});
