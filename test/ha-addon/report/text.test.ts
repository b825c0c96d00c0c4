import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { type StopCause, stopCauses } from "@heatloop/core/events/cycle-cause";
import type { MainCause } from "@heatloop/core/events/cycle-report";
import { report } from "@heatloop/core/report";
import { causeText, mainCauseSentence } from "@heatloop/ha-addon/report/cause-texts";
import { reportNumbers } from "@heatloop/ha-addon/report/numbers";
import { reportText } from "@heatloop/ha-addon/report/text";
import { reportTexts } from "@heatloop/ha-addon/report/texts/texts";
import { describe, expect, it } from "vitest";
import { dayOf, heatingDay, rome } from "#test/core/examples/example-days.ts";
import { exampleEvents } from "#test/support/examples/events.ts";
import { exampleReport } from "#test/support/examples/report.ts";

const now = Date.parse("2026-11-21T10:30:00+01:00");
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, " ");

describe("the text of a report", () => {
  it("fits a notification and has the figures, and how much of the time was covered", () => {
    const days = [
      heatingDay("2026-01-01", 60, 15),
      dayOf("2026-01-02", [
        { operation: "heating", minutes: 700, heatWh: 61.7, electricityWh: 17 },
        { operation: "defrost", minutes: 20, heatWh: -40, electricityWh: 10 },
        { operation: "hot_water", minutes: 120, heatWh: 80, electricityWh: 33.3 },
        { operation: "standby", minutes: 600, heatWh: 0, electricityWh: 0.2 },
      ]),
    ];
    const made = report({ device: "ecodan-heatpump", from: "2026-01-01", to: "2026-01-03", zone: rome, now, days });
    expect(plain(reportText(made, { name: "Ecodan", language: "en" }))).toBe(
      [
        "Ecodan, 1 – 3 Jan 2026",
        "Heat 138.4 kWh · Electricity 37.8 kWh · COP 3.66",
        "Electricity: Heating 33.5 kWh (COP 3.87) · Hot water 4.0 kWh (COP 2.40) · Defrost 0.2 kWh · Standby 0.1 kWh",
        "Starts 0 · Defrosts 0 · Compressor 38.0 h",
        "Best COP: 4.00, Thu, 1 Jan 2026 · Lowest COP: 3.21, Fri, 2 Jan 2026",
        "Most electricity: 21.6 kWh, Thu, 1 Jan 2026",
        "66.6% of the time was seen; 2 of 3 days are complete.",
        "",
      ].join("\n"),
    );
  });

  it("has a line of cost, of short runs and of findings where there are any", () => {
    const lines = plain(reportText(exampleReport(), { name: "Ecodan", language: "en" })).split("\n");
    expect(lines).toContain("Total cost €1,235.77 · Standing charge €1.20 · Saving (Gas boiler) €232.10");
    expect(lines).toContain(
      "6 of 6 short runs: minimum output above the house's need at > 9 °C outside. Keep it off for 45 min after such a stop: by the lock-out, the thermostat's hysteresis or a schedule. Up to 1.1 starts a day fewer.",
    );
    expect(lines).toContain(
      "What can't be right: Flow rate below the minimum (1×, 3 min) · Stuck sensor (1×, 2,880 min)",
    );
  });

  it.each(reportLanguages)("in %s has at most ten lines, without a hole", (language) => {
    const made = exampleReport();
    const unseen = { ...made, total: { ...made.total, coverage: 0.9 } };
    const text = reportText(unseen, { name: "Ecodan", language });
    expect(text.trimEnd().split("\n")).toHaveLength(10);
    expect(text).not.toMatch(/[{}]|undefined|NaN|null/);
  });

  it("names the known part of a cost, and saves nothing by it", () => {
    const made = exampleReport();
    const cost = made.cost && { ...made.cost, cost: null, totalCost: null };
    const text = plain(reportText({ ...made, cost }, { name: "Ecodan", language: "de" }));
    expect(text).toContain("\nGesamtkosten, bekannter Teil 1.235,77 €\n");
  });

  it("leaves out what did not happen", () => {
    const { cycles } = exampleEvents();
    const events = exampleEvents({ findings: [], cycles: { ...cycles, main: null, advice: null } });
    const lines = reportText(exampleReport({ events, cost: null }), { name: "Ecodan", language: "en" }).trim();
    expect(lines.split("\n")).toHaveLength(6);
  });

  it("is one sentence where nothing was logged", () => {
    const nothing = report({ device: "e", from: "2026-01-03", to: "2026-01-03", zone: rome, now, days: [] });
    expect(plain(reportText(nothing, { name: "Ecodan", language: "de" }))).toBe(
      "Ecodan, Sa., 3. Jan. 2026\nIn dieser Zeit wurde nichts aufgezeichnet.\n",
    );
  });
});

describe("the sentence about short runs", () => {
  const mainOf = (cause: StopCause, reason: MainCause["reason"] = null, aboveOutdoorC: number | null = 9) =>
    ({ cause, reason, count: 19, ofShortRuns: 23, aboveOutdoorC }) satisfies MainCause;
  const mains = [
    ...stopCauses.map((cause) => mainOf(cause)),
    mainOf("overshoot", "target_lowered"),
    mainOf("overshoot", "minimum_output"),
    mainOf("overshoot", "minimum_output", null),
    mainOf("overshoot", "minimum_output", -5),
  ];
  const sentences = (language: (typeof reportLanguages)[number]) => {
    const writing = { texts: reportTexts(language), numbers: reportNumbers(language) };
    return (main: MainCause | null, runs: number) => plain(mainCauseSentence(main, runs, writing));
  };

  it.each([
    [
      mainOf("overshoot", "minimum_output"),
      30,
      "19 of 23 short runs: minimum output above the house's need at > 9 °C outside",
    ],
    [mainOf("overshoot", "minimum_output", null), 30, "19 of 23 short runs: minimum output above the house's need"],
    [mainOf("overshoot"), 30, "19 of 23 short runs: flow more than 2 °C past its target"],
    [mainOf("room_satisfied"), 30, "19 of 23 short runs: room thermostat satisfied"],
    [null, 0, "No run of the compressor"],
    [null, 7, "No short run among 7"],
  ] as const)("of %j among %d runs is in English: %s", (main, runs, sentence) => {
    expect(sentences("en")(main, runs)).toBe(sentence);
  });

  it.each(reportLanguages)("in %s names each cause otherwise, with its numbers", (language) => {
    const texts = reportTexts(language);
    expect(new Set(mains.map((main) => causeText(main, texts))).size).toBe(stopCauses.length + 2);
    for (const main of mains) {
      expect(sentences(language)(main, 30)).toMatch(/19.*23/);
      expect(sentences(language)(main, 30)).not.toMatch(/[{}]/);
    }
    expect(sentences(language)(mainOf("overshoot", "minimum_output"), 30)).toContain("9 °C");
  });
});
