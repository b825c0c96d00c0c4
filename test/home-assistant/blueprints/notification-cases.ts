import { expect, test } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { type BlueprintCases, type BlueprintHouse, home } from "./blueprint-house.ts";
import { phoneMessages } from "./phone.ts";

function cases(started: () => BlueprintHouse): void {
  const told = () => phoneMessages(started().messages.all);
  const toldOnPaper = () => started().messages.all.filter(({ topic }) => topic === "paper");
  // What the heat pump reports takes up to a round of the firmware, and counts some seconds later.
  const waitForTold = (count: number, text: RegExp) =>
    waitFor(
      () => told().length >= count && text.test(told().at(-1)?.message ?? ""),
      `message ${count}: ${text}`,
      60_000,
    );
  /** Starts an automation without waiting for its end. */
  const begin = (id: string) =>
    void started()
      .trigger(id)
      .catch(() => undefined);
  const press = (button: "later" | "do") =>
    started().homeAssistant.command({
      ...{ type: "fire_event", event_type: "mobile_app_notification_action" },
      event_data: {
        action: told()
          .at(-1)
          ?.data.actions?.find(({ action }) => action.endsWith(`_${button}`))?.action,
      },
    });

  test("shows by hand what a message looks like", async () => {
    await started().waitForState("sensor.ecodan_heatpump_fault_code", "No error");
    begin("notifications");
    await waitForTold(1, /^The heat pump reports a fault: No error$/);
    expect(told()[0]?.data.actions).toEqual([
      { action: "automation_notifications_example_later", title: "Remind me later" },
      { action: "automation_notifications_example_do", title: "Do something" },
      { action: "URI", title: "Open", uri: "/heat-pump" },
    ]);
    await waitFor(() => toldOnPaper().length === 1, "the notify entity has it too");
  });

  test("tells a fault, reminds of it, does what the button says, and tells when it is over", async () => {
    const before = told().length;
    started().simulator(home).fault("P6 1234");
    await waitForTold(before + 1, /reports a fault: .*P6/);
    // A person is slower than the run, which waits for the buttons a moment after it has told.
    await waitFor(
      async () => {
        await press("later");
        return told().length >= before + 2;
      },
      "it reminds",
      20_000,
      100,
    );
    await waitFor(
      async () => {
        await press("do");
        return started().messages.last("plug") === "again";
      },
      "the actions of the button are run",
      20_000,
      100,
    );
    started().simulator(home).fault(null);
    await waitForTold(before + 3, /^This is over: .*P6/);
    expect(
      new Set(
        told()
          .slice(before)
          .map(({ data }) => data.tag),
      ),
    ).toEqual(new Set([told().at(-1)?.data.tag]));
  }, 180_000);

  test("tells of a heat pump that is offline, and when it is back", async () => {
    const before = told().length;
    started().simulator(home).dropConnection(60);
    await waitForTold(before + 1, /^The heat pump is offline/);
    await waitForTold(before + 2, /^This is over: The heat pump is offline/);
  }, 180_000);

  test("tells a fault again after a restart of Home Assistant, once, and when it is over", async () => {
    const before = told().length;
    started().simulator(home).fault("P6 1234");
    await waitForTold(before + 1, /reports a fault: .*P6/);
    await started().homeAssistant.restart();
    await waitForTold(before + 2, /reports a fault: .*P6/);
    started().simulator(home).fault(null);
    await waitForTold(before + 3, /^This is over: .*P6/);
    expect(told()).toHaveLength(before + 3);
  }, 240_000);

  test("tells of too many defrosts once, whatever is unknown in between", async () => {
    const before = told().length;
    for (const defrosts of [3, "None", 12]) await started().report("defrosts", defrosts);
    await started().report("defrosts", 13);
    await waitForTold(before + 1, /Defrosts today: 13$/);
    await started().report("defrosts", 14);
    await started().report("defrosts", 0);
    await waitForTold(before + 2, /^This is over/);
    expect(told()).toHaveLength(before + 2);
  }, 120_000);

  test("tells once of what came and went a thousand times", async () => {
    const before = told().length;
    for (let turn = 0; turn < 1000; turn++) await started().report("defrosts", turn % 2 === 0 ? 20 : 0);
    await started().report("defrosts", 21);
    await waitForTold(before + 1, /Defrosts today: 21$/);
    await started().report("defrosts", 0);
    await waitForTold(before + 2, /^This is over/);
    expect(told()).toHaveLength(before + 2);
  }, 120_000);
}

export const notificationCases: BlueprintCases = {
  blueprint: "notifications",
  automations: [
    {
      id: "notifications",
      blueprint: "notifications",
      input: {
        ...{ notify_action: "script.phone", notify_entities: ["notify.paper"] },
        ...{ defrosts: "sensor.defrosts", defrost_limit: 12, page: "/heat-pump" },
        ...{ fault_for: { seconds: 2 }, offline_for: { seconds: 2 }, later: { seconds: 1 } },
        button_actions: [{ action: "mqtt.publish", data: { topic: "plug", payload: "again" } }],
      },
    },
  ],
  entities: ["  - sensor: { name: defrosts, unique_id: defrosts, state_topic: defrosts }"],
  cases,
};
