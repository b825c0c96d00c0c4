import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ownText, ownTexts } from "@heatloop/core/catalogue/own-texts";
import { contextPoints } from "@heatloop/core/live/transition";
import { minuteReader, transitionReader } from "@heatloop/core/minute/csv-reader";
import { transitionsHeader } from "@heatloop/core/minute/csv-writer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Megabytes of memory that stay with what is kept. */
function keptMb(keep: () => unknown): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const kept = keep();
  collectGarbage();
  const mb = (process.memoryUsage().heapUsed - before) / 1e6;
  expect(kept).toBeDefined();
  return mb;
}

/** A text of a megabyte that ends with a line; no two are alike. */
const longText = (line: string, i: number) => `${i}${"x".repeat(1_000_000)}\n${line}`;
const lineOf = (text: string) => text.slice(text.indexOf("\n") + 1);
const mode = "heat_flow_temperature";

describe("an own text", () => {
  it("is the same text, whatever it is", () => {
    const own = ownTexts();
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\ud800", "\u2028", '"', "\\")), (text) => {
        expect(ownText(text)).toBe(text);
        expect(own(text)).toBe(text);
      }),
    );
  });

  it("does not keep what it was cut from, however many there are", () => {
    const own = ownTexts();
    const texts = (i: number) => own(longText(`${i % 2 === 0 ? i : ""} ${mode}`, i).slice(-25));
    expect(keptMb(() => Array.from({ length: 40 }, (_, i) => texts(i)))).toBeLessThan(4);
  });
});

describe("what is read from a row", () => {
  it.each<[string, (line: string) => unknown, string]>([
    ["a minute", minuteReader("time,zone_1_operating_mode"), `2026-01-01T00:00:00+00:00,${mode}`],
    [
      "a transition",
      transitionReader(transitionsHeader),
      `2026-01-01T00:00:00+00:00,fault,${mode},another long state${",".repeat(contextPoints.length + 1)}`,
    ],
  ])("does not keep the text of %s", (_what, read, line) => {
    expect(keptMb(() => Array.from({ length: 40 }, (_, i) => read(lineOf(longText(line, i)))))).toBeLessThan(4);
  });
});
