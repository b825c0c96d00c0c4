import { reportHtml } from "@heatloop/ha-addon/report/html/html";
import { reportJson } from "@heatloop/ha-addon/report/json/json";
import { describe, expect, it } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { exampleReport } from "#test/support/examples/report.ts";

describe("the English sentences in a report's JSON", () => {
  const report = exampleReport();
  const { happened, house } = reportJson(report, rome);
  const html = reportHtml(report, { name: "Ecodan", language: "en" });
  const printed = html.replaceAll("\u00a0", " ").replaceAll("&gt;", ">").replaceAll("&#39;", "'");

  it("say what the printed report says, with plain spaces", () => {
    const sentences = [
      happened?.cycles.sentence,
      happened?.cycles.advice?.sentence,
      ...(house?.meters.map(({ sentence }) => sentence) ?? []),
    ];
    expect(sentences.length).toBeGreaterThan(1);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^\S[^\u00a0{}]*\S$/);
      expect(printed.toLowerCase()).toContain(sentence?.toLowerCase());
    }
  });

  it("have one for each day with runs", () => {
    expect(happened?.cycles.days.map(({ sentence }) => sentence)).toEqual(
      report.events?.cycles.days.map(() => expect.stringMatching(/short run|No run/)),
    );
  });
});
