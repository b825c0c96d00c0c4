import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { type BlueprintCases, type BlueprintHouse, timeZone } from "./blueprint-house.ts";
import { setPoint } from "./set-point.ts";

function cases(started: () => BlueprintHouse): void {
  const room = setPoint(started, "zone_1_room");
  const water = setPoint(started, "dhw");

  /** What a calendar shows: whether an event goes on, and its end as a local time. */
  async function report(state: string, hoursLeft?: number): Promise<void> {
    const end = DateTime.now()
      .setZone(timeZone)
      .plus({ hours: hoursLeft ?? 0 });
    const attributes = hoursLeft === undefined ? {} : { end_time: end.toFormat("yyyy-MM-dd HH:mm:ss") };
    await started().report("holiday/attributes", JSON.stringify(attributes));
    const shown = async () => (await started().homeAssistant.state("binary_sensor.holiday"))?.attributes.end_time;
    await waitFor(async () => (await shown()) === attributes.end_time, "the end of the holiday is shown");
    await started().report("holiday", state);
  }

  async function both(roomC: number, waterC: number): Promise<void> {
    await room.waitFor(roomC);
    await water.waitFor(waterC);
  }

  test("lowers room and hot water for a holiday, and raises both at its end", async () => {
    await report("OFF");
    await room.set(20.5);
    await water.set(48);
    await report("ON");
    await both(17, 40);
    await report("OFF");
    await both(20.5, 48);
  });

  test("makes the house warm before a calendar's event ends", async () => {
    await report("ON", 13);
    await both(17, 40);
    await report("ON", 11);
    await started().trigger("holiday");
    await both(20.5, 48);
    await report("OFF");
  });

  test("changes nothing while the calendar is not known", async () => {
    await report("ON");
    await both(17, 40);
    const before = [room.sent().length, water.sent().length];
    await started().report("holiday", "None");
    await started().waitForState("binary_sensor.holiday", "unknown");
    await started().trigger("holiday");
    expect([room.sent().length, water.sent().length]).toEqual(before);
    await report("OFF");
    await both(20.5, 48);
  });

  test("leaves the hot water alone during the legionella prevention, and lowers it after that", async () => {
    await started().report("holiday/mode", "legionella_prevention");
    await started().waitForState("sensor.holiday_mode", "legionella_prevention");
    const before = water.sent().length;
    await report("ON");
    await room.waitFor(17);
    await started().trigger("holiday");
    expect(water.sent()).toHaveLength(before);
    await started().report("holiday/mode", "heating");
    await water.waitFor(40);
    await report("OFF");
    await both(20.5, 48);
  });

  test("raises both at the end of a holiday with a restart of Home Assistant in the middle", async () => {
    await report("ON");
    await both(17, 40);
    await started().report("holiday", "");
    await started().homeAssistant.restart();
    // What is not known changes nothing.
    await started().waitForState("binary_sensor.holiday", "unknown");
    await both(17, 40);
    await report("OFF");
    await both(20.5, 48);
  }, 90_000);

  test("ends as it is now after a thousand changes, having sent a few", async () => {
    for (let turn = 0; turn < 1000; turn++) await started().report("holiday", turn % 2 === 0 ? "ON" : "OFF");
    await report("OFF");
    await both(20.5, 48);
  });
}

export const holidayCases: BlueprintCases = {
  blueprint: "holiday",
  automations: [
    {
      id: "holiday",
      blueprint: "holiday",
      input: { holiday: "binary_sensor.holiday", operation_mode: "sensor.holiday_mode" },
    },
  ],
  entities: [
    "  - binary_sensor: { name: holiday, unique_id: holiday, state_topic: holiday, json_attributes_topic: holiday/attributes }",
    "  - sensor: { name: holiday mode, unique_id: holiday_mode, state_topic: holiday/mode }",
  ],
  cases,
};
