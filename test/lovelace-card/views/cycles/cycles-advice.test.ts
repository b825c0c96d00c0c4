import { reportJson } from "@heatloop/ha-addon/report/json/json";
import { formatsOf } from "@heatloop/lovelace-card/home-assistant/formats";
import type { ReportCycles } from "@heatloop/lovelace-card/range/addon-report";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import { adviceText } from "@heatloop/lovelace-card/views/cycles/cycles-advice";
import { describe, expect, it } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { allTexts } from "#test/lovelace-card/support/all-texts.ts";
import { fakeHome } from "#test/lovelace-card/support/fake-home.ts";
import { exampleReport } from "#test/support/examples/report.ts";

type Advised = Pick<ReportCycles, "problem" | "advice">;
const { hass } = fakeHome([]);
const american = { ...hass, config: { ...hass.config, unit_system: { temperature: "°F" } } };
const advised = (setting: string, change: string, amount: object): Advised => ({
  problem: "many_starts",
  advice: {
    ...{ cause: "room_satisfied", reason: null, starts_a_day_fewer: 4.2 },
    ...{ setting, change, by: null, to: null, unit: null },
    ...amount,
  },
});
const lower = advised("flow_setpoint", "lower", { by: 2, unit: "K" });
const all = [
  lower,
  advised("flow_setpoint", "higher", { by: 2, unit: "K" }),
  advised("flow_setpoint_step", "lower", { to: 1, unit: "K" }),
  advised("pause", "higher", { to: 60, unit: "min" }),
  advised("dhw_max_temperature_drop", "higher", {}),
  { problem: "none", advice: null },
];

describe("the advice on cycles", () => {
  const textOf = (of: Advised, house = hass, texts = english) =>
    adviceText(of, { texts, formats: formatsOf(house), hass: house })?.replaceAll("\u00a0", " ");

  it("has the cause, what to change by how much, and what that spares", () => {
    expect(textOf(lower)).toBe(
      "Room was warm enough: Lower the flow set-point or weather curve by 2 K: then it runs on. Up to 4.2 starts a day fewer.",
    );
    expect(textOf(advised("flow_setpoint", "lower", { by: 1, unit: "K", starts_a_day_fewer: null }))).toMatch(/on\.$/);
    expect(textOf(lower, american)).toContain("by 3.6 °F");
    expect(textOf(advised("pause", "higher", { to: 60, unit: "min" }))).toContain("Keep it off for 1 h after");
  });

  it.each(Object.entries(allTexts))("is another for each setting in %s, without a hole", (_, texts) => {
    const sentences = all.map((of) => textOf(of, hass, texts));
    expect(new Set(sentences).size).toBe(all.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[^{}]+\.$/);
  });

  it("is none where nothing is known, nor of a setting of a later version", () => {
    expect(textOf({ problem: null, advice: null })).toBeUndefined();
    expect(textOf({ problem: "short_runs", advice: null })).toBeUndefined();
    expect(textOf(advised("a setting of a later version", "higher", {}))).toBeUndefined();
  });

  it("is there for what a report has", () => {
    const cycles = reportJson(exampleReport(), rome).happened?.cycles;
    expect(cycles && textOf(cycles)).toContain("Keep it off for 45 min");
  });
});
