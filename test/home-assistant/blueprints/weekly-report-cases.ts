import { expect, test } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import type { BlueprintCases, BlueprintHouse } from "./blueprint-house.ts";
import { phoneMessages } from "./phone.ts";

function cases(started: () => BlueprintHouse): void {
  const told = () => phoneMessages(started().messages.all).map(({ message }) => message);
  /** Starts it without waiting for its end. */
  const begin = () =>
    void started()
      .trigger("weekly_report")
      .catch(() => undefined);

  test("sends the week's report, once there is one", async () => {
    const before = told().length;
    begin();
    await started().report("week", JSON.stringify({ week: "Last week: 200 kWh heat, COP 4.1" }));
    await started().report("week/state", "2026-01-14");
    await waitFor(() => told().length > before, "the phone is told");
    expect(told().slice(before)).toEqual(["Last week: 200 kWh heat, COP 4.1"]);
  });

  test("sends nothing without a report, and no longer waits for one after a restart of Home Assistant", async () => {
    await started().report("week", "{}");
    await started().report("week/state", "None");
    await started().waitForState("sensor.week", "unknown");
    const before = told().length;
    const current = async () => (await started().homeAssistant.state("automation.weekly_report"))?.attributes.current;
    begin();
    await waitFor(async () => (await current()) === 1, "it waits for a report");
    await started().homeAssistant.restart();
    await started().report("week", JSON.stringify({ week: "Last week: 100 kWh heat" }));
    await started().report("week/state", "2026-01-21");
    await started().waitForState("sensor.week", "2026-01-21");
    expect([await current(), told().length]).toEqual([0, before]);
  }, 90_000);
}

export const weeklyReportCases: BlueprintCases = {
  blueprint: "weekly-report",
  automations: [
    {
      id: "weekly_report",
      blueprint: "weekly-report",
      input: { notify_action: "script.phone", notify_entities: ["notify.paper"], report: "sensor.week" },
    },
  ],
  entities: ["  - sensor: { name: week, unique_id: week, state_topic: week/state, json_attributes_topic: week }"],
  cases,
};
