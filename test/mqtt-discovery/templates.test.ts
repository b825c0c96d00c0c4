import { languages } from "@heatloop/core/catalogue/languages";
import { pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { commandPayload, parseReading } from "@heatloop/core/catalogue/reading";
import { type StateSet, textOf, textStates } from "@heatloop/core/catalogue/text-states";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import {
  choiceTemplate,
  labelCommandTemplate,
  labelsOf,
  labelTemplate,
  numberCommandTemplate,
  numberTemplate,
  valuesOf,
} from "@heatloop/mqtt-discovery/templates";
import { describe, expect, test } from "vitest";

const sets = Object.keys(textStates) as StateSet[];
const rows = languages.flatMap((language) => sets.map((set) => ({ language, set })));

/** The dictionary that a template looks a value up in. */
function dictionaryOf(template: string): Record<string, string> {
  const [, json] = /^\{\{ (\{.*\})(?:\.get\(value\)|\[value\]) \}\}$/.exec(template) ?? [];
  return JSON.parse(json ?? "null") as Record<string, string>;
}

describe("the texts of the firmware", () => {
  test.each(rows)("$set in $language: from text to value, and none is lost", ({ language, set }) => {
    const values = dictionaryOf(choiceTemplate(set, language));
    expect(Object.values(values).sort()).toEqual([...valuesOf(set)].sort());
    for (const [text, value] of Object.entries(values)) expect(textOf(set, value, language)).toBe(text);
  });

  test.each(rows)("$set in $language: from text to label and back to the same text", ({ language, set }) => {
    const shown = dictionaryOf(labelTemplate(set, language));
    const sent = dictionaryOf(labelCommandTemplate(set, language));
    expect(Object.keys(sent).sort()).toEqual([...labelsOf(set)].sort());
    for (const state of valuesOf(set)) {
      const text = textOf(set, state, language) ?? "";
      expect(sent[shown[text] ?? ""]).toBe(text);
    }
  });

  test("a label is none of the words that Home Assistant reads as unknown, and no two are the same", () => {
    for (const set of sets) {
      expect(new Set(labelsOf(set)).size).toBe(labelsOf(set).length);
      for (const label of labelsOf(set)) expect(label.toLowerCase()).not.toMatch(/^(none|unknown|unavailable|)$/);
    }
  });

  test("the label of a setting is the same in every language, so automations outlive a change of language", () => {
    for (const set of sets) {
      const labels = languages.map((language) => Object.values(dictionaryOf(labelTemplate(set, language))).sort());
      for (const label of labels) expect(label).toEqual(labels[0]);
    }
  });
});

describe("the numbers of the firmware", () => {
  test.each([
    ["room_feedback_zone_1", 21.25],
    ["meter_feedback", 12.3456],
    ["dhw_climate_target", 50],
    ["minimum_on_time", 5],
  ] as const)("a command for %s has the decimals that core gives it", (point, value) => {
    const [, decimals] = /"%\.(\d)f"/.exec(numberCommandTemplate(point)) ?? [];
    expect(value.toFixed(Number(decimals))).toBe(commandPayload(point, value, "en"));
  });

  test("what core does not accept is outside the range that the template accepts", () => {
    for (const point of pointIds) {
      const [, min, max] = /(-?[\d.]+) <= value \| float <= (-?[\d.]+)/.exec(numberTemplate(point)) ?? [];
      if (pointOf(point).states !== undefined || min === undefined || max === undefined) continue;
      const accepted = (value: number) => parseReading(stateTopic("p", point, "en"), String(value), 0)?.value;
      if (typeof accepted(Number(max)) !== "number") continue;
      expect(accepted(Number(max) + 1), point).toBeNull();
      expect(accepted(Number(min) - 1), point).toBeNull();
    }
  });

  test("a zone without a room sensor reports 0.0, which is unknown", () => {
    expect(numberTemplate("zone_1_room_temperature")).toContain("value | float != 0");
    expect(numberTemplate("outdoor_temperature")).not.toContain("!= 0");
  });
});
