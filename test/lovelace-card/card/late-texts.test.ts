import { english as curve } from "@heatloop/lovelace-card/text/curve/english";
import { english as cycles } from "@heatloop/lovelace-card/text/cycles/english";
import { english as diagnostics } from "@heatloop/lovelace-card/text/diagnostics/english";
import { lateTextsOf, loadLateTexts } from "@heatloop/lovelace-card/text/late/late-texts";
import { roomTextsOf } from "@heatloop/lovelace-card/text/late/room-texts";
import { english as rooms } from "@heatloop/lovelace-card/text/rooms/english";
import { describe, expect, it } from "vitest";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";

type Texts = Readonly<Record<string, string>>;

/** With the words that are the same in many languages. */
const kinds = [
  ["curve", curve, []],
  ["cycles", cycles, []],
  ["rooms", rooms, ["temperature", "counts_not", "confirmed", "mode_median"]],
  ["diagnostics", diagnostics, ["ok", "problem", "boiler"]],
] as const;
const others = Object.keys(allTexts).filter((language) => language !== "en");
const holes = (text = "") => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

describe("the texts of the views that come when they are first looked at", () => {
  it.each(others)("are English until those of %s are loaded, once for all of these views", async (language) => {
    expect(roomTextsOf(language)).toBe(rooms);
    await loadLateTexts(language);
    expect(loadLateTexts(language)).toBeUndefined();
    expect(roomTextsOf(language)).toBe(lateTextsOf(language)?.rooms);
  });

  describe.each(kinds)("of %s", (kind, english: Texts, same: readonly string[]) => {
    it.each(others)("are all there in %s, with the same places to fill in", async (language) => {
      await loadLateTexts(language);
      const texts: Texts = lateTextsOf(language)?.[kind] ?? {};
      expect(Object.keys(texts)).toEqual(Object.keys(english));
      for (const [key, text] of Object.entries(texts)) {
        expect(text.trim(), key).not.toBe("");
        expect(holes(text), key).toEqual(holes(english[key]));
      }
    });

    it.each(others)("are really translated into %s", async (language) => {
      await loadLateTexts(language);
      const texts: Texts = lateTextsOf(language)?.[kind] ?? {};
      const untranslated = Object.keys(english).filter((key) => texts[key] === english[key]);
      expect(untranslated.filter((key) => !same.includes(key))).toEqual([]);
    });
  });
});
