import { deepestJson, nestsDeeperThan, parseJson } from "@heatloop/program/json-text";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("JSON that somebody else wrote", () => {
  it("is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it("of any text at all is read or refused, never thrown", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseJson(text).ok === "boolean"));
  });

  it.each([
    [deepestJson, true],
    [deepestJson + 1, false],
    [3_520, false],
    [1_000_000, false],
  ])("of %d levels is taken: %s", (levels, isTaken) => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      const json = parseJson(`${open.repeat(levels)}1${close.repeat(levels)}`);
      expect(json.ok).toBe(isTaken);
      if (!json.ok) expect(json.found).toBe("JSON that is nested too deep");
    }
  });

  it("may hold any number of brackets in its texts and side by side", () => {
    expect(nestsDeeperThan(JSON.stringify({ a: '[{"\\'.repeat(100), b: [[], {}, [[]]] }), 4)).toBe(false);
    expect(nestsDeeperThan(JSON.stringify([[[[]]]]), 3)).toBe(true);
  });
});
