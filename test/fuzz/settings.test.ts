import { defaultSettings, parseSettings, settingsKeys } from "@heatloop/ha-addon/settings/settings";
import fc from "fast-check";
import { expect, it } from "vitest";
import { fuzzRuns, fuzzTimeoutMs } from "./runs.ts";

const word = fc.constantFrom(
  "",
  "a",
  "zone",
  "price",
  "00:00",
  "24:00",
  "sensor.a",
  "http://a",
  "__proto__",
  "NaN",
  "é\0",
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1e308, Number.NaN, Number.POSITIVE_INFINITY));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(word, fc.string(), number, fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(word, fc.constantFrom(...namesIn(defaultSettings))), tie("value"), { maxKeys: 5 }),
  ),
}));
const settings = fc.dictionary(fc.oneof(fc.constantFrom(...settingsKeys), word), value, { maxKeys: 4 });

/** The names of the settings at every depth: what is nearly right goes further in than what is not. */
function namesIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return [...new Set(Object.entries(part).flatMap(([name, inner]) => [name, ...namesIn(inner)]))];
}

it(
  "settings of any form are read or refused with what is allowed, and what was read is read again as the same",
  () => {
    fc.assert(
      fc.property(fc.oneof(settings, value), (input) => {
        const read = parseSettings(input);
        for (const { path, found, allowed } of read.mistakes) {
          expect([typeof path, typeof found, typeof allowed]).toEqual(["string", "string", "string"]);
          expect(allowed).not.toBe("");
        }
        const again = parseSettings(read.kept);
        expect(again.mistakes).toEqual([]);
        expect(again.settings).toEqual(read.settings);
        expect(Object.keys(read.settings)).toEqual(settingsKeys);
      }),
      fuzzRuns({ usual: 2_000, whole: 100_000 }),
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  },
  fuzzTimeoutMs,
);
