import { beforeAll, expect, test } from "vitest";
import type { BlueprintCases, BlueprintHouse } from "./blueprint-house.ts";
import { setPoint } from "./set-point.ts";

function cases(started: () => BlueprintHouse): void {
  const room = setPoint(started, "zone_1_room");
  beforeAll(() => room.set(19.8));

  test.each([
    ["0.3", 20.5],
    ["0.149", 21.5],
    ["0.15", 20.5],
    ["0.35", 20.5],
    ["0.351", 19.8],
    ["-0.02", 21.5],
    ["VERY_EXPENSIVE", 19.8],
    ["normal", 20.5],
    ["Cheap", 21.5],
    ["None", 20.5],
  ])("has the step of a price of %s", async (price, expectedC) => {
    await started().report("prices/now", price);
    await room.waitFor(expectedC);
  });

  test("leaves a set-point that is none of the steps", async () => {
    await room.set(20);
    const before = room.sent().length;
    await started().report("prices/now", "0.05");
    await started().waitForState("sensor.price_now", "0.05");
    await started().trigger("price_steps");
    expect(room.sent()).toHaveLength(before);
    await room.set(20.5);
    await started().trigger("price_steps");
    await room.waitFor(21.5);
  });

  test("goes back to the usual step after a restart of Home Assistant that has no price any more", async () => {
    await started().report("prices/now", "");
    await started().messages.publish("prices/now", "0.9");
    await room.waitFor(19.8);
    await started().homeAssistant.restart();
    await room.waitFor(20.5);
  }, 90_000);

  test("ends with the last price after a thousand, having sent a few", async () => {
    const before = room.sent().length;
    for (let turn = 0; turn < 1000; turn++) await started().report("prices/now", turn % 2 === 0 ? 0.1 : 0.5);
    await started().report("prices/now", 0.2);
    await started().waitForState("sensor.price_now", "0.2");
    await started().trigger("price_steps");
    await room.waitFor(20.5);
    expect(room.sent().length - before).toBeLessThan(20);
  });
}

export const priceStepsCases: BlueprintCases = {
  blueprint: "price-steps",
  automations: [
    { id: "price_steps", blueprint: "price-steps", input: { price: "sensor.price_now", settle: { seconds: 1 } } },
  ],
  entities: ["  - sensor: { name: price now, unique_id: price_now, state_topic: prices/now }"],
  cases,
};
