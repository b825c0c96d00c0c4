import { report } from "@heatloop/core/report";
import { reportComponents } from "@heatloop/mqtt-discovery/report-components";
import { periodState, type ReportState, reportTopic } from "@heatloop/mqtt-discovery/report-states";
import { expect, test } from "vitest";
import { heatingDay, rome } from "#test/core/examples/example-days.ts";

test("every entity of a report reads a field that is published", () => {
  const now = rome.startOf("2026-01-03");
  const made = report({
    device: "hp",
    from: "2026-01-01",
    to: "2026-01-02",
    zone: rome,
    now,
    days: [heatingDay("2026-01-01", 60, 15)],
  });
  const period = periodState(made);
  const state: ReportState = { yesterday: period, month: period, currency: "EUR", day_text: "", week_text: "" };
  for (const component of Object.values(reportComponents("hp", "EUR"))) {
    expect(component.state_topic).toBe(reportTopic("hp"));
    for (const [, path = ""] of JSON.stringify(component).matchAll(/value_json\.([\w.]+)/g)) {
      const value = path.split(".").reduce<unknown>((of, key) => (of as Record<string, unknown>)[key], state);
      expect(value, path).not.toBeUndefined();
    }
  }
});

test("entities of cost are there with a currency only, and in it", () => {
  expect(Object.keys(reportComponents("hp", "")).filter((id) => id.endsWith("_cost"))).toEqual([]);
  expect(reportComponents("hp", "CHF").month_cost).toMatchObject({
    device_class: "monetary",
    unit_of_measurement: "CHF",
    value_template: "{{ value_json.month.known_cost }}",
  });
});

test("no entity of a report is a meter, since its figures may be corrected later", () => {
  for (const component of Object.values(reportComponents("hp", "EUR"))) {
    expect(component.state_class === undefined || component.state_class === "measurement").toBe(true);
  }
});
