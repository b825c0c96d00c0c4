import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import type { CycleAdvice } from "@heatloop/core/events/cycle-advice";
import { adviceSentence } from "@heatloop/ha-addon/report/advice-texts";
import { reportNumbers } from "@heatloop/ha-addon/report/numbers";
import { reportTexts } from "@heatloop/ha-addon/report/texts/texts";
import { describe, expect, it } from "vitest";

const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ");
const satisfied = { cause: "room_satisfied", reason: null, startsPerDayFewer: 4.25 } as const;
const advices: readonly CycleAdvice[] = [
  { ...satisfied, setting: "flow_setpoint", change: "lower", by: 2, to: null, unit: "K" },
  { ...satisfied, setting: "flow_setpoint", change: "higher", by: 2, to: null, unit: "K" },
  { ...satisfied, setting: "flow_setpoint_step", change: "lower", by: null, to: 1, unit: "K" },
  { ...satisfied, setting: "pause", change: "higher", by: null, to: 30, unit: "min" },
  { ...satisfied, setting: "dhw_max_temperature_drop", change: "higher", by: null, to: null, unit: null },
];
const sentence = (language: (typeof reportLanguages)[number], advice: CycleAdvice | null) => {
  const writing = { texts: reportTexts(language), numbers: reportNumbers(language) };
  return plain(adviceSentence({ problem: advice === null ? "none" : "many_starts", advice }, writing));
};

describe("the sentence of an advice", () => {
  it("has the cause, what to change by how much, and what that spares", () => {
    expect(advices.map((advice) => sentence("en", advice))).toEqual([
      "Room thermostat satisfied: Lower the flow set-point or weather curve by 2 K: then it runs on. Up to 4.3 starts a day fewer.",
      "Room thermostat satisfied: Raise the flow set-point or weather curve by 2 K. Up to 4.3 starts a day fewer.",
      "Room thermostat satisfied: Lower the flow set-point by less than 1 K in 10 minutes. Up to 4.3 starts a day fewer.",
      "Room thermostat satisfied: Keep it off for 30 min after such a stop: by the lock-out, the thermostat's hysteresis or a schedule. Up to 4.3 starts a day fewer.",
      "Room thermostat satisfied: Let the tank cool down further before it is heated again. Up to 4.3 starts a day fewer.",
    ]);
    const [lower] = advices as [CycleAdvice];
    expect(sentence("en", { ...lower, startsPerDayFewer: null })).toMatch(/then it runs on\.$/);
    expect(sentence("en", null)).toBe("Runs are long enough.");
  });

  it.each(reportLanguages)("is another for each advice in %s, without a hole", (language) => {
    const sentences = [...advices, null].map((advice) => sentence(language, advice));
    expect(new Set(sentences).size).toBe(advices.length + 1);
    for (const each of sentences) expect(each).toMatch(/^\p{Lu}[^{}]*\.$/u);
  });

  it("is none where nothing is known", () => {
    const writing = { texts: reportTexts("en"), numbers: reportNumbers("en") };
    expect(adviceSentence({ problem: null, advice: null }, writing)).toBeUndefined();
    expect(adviceSentence({ problem: "many_starts", advice: null }, writing)).toBeUndefined();
  });
});
