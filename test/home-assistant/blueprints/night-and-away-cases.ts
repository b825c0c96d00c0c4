import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { type BlueprintAutomation, type BlueprintCases, type BlueprintHouse, timeZone } from "./blueprint-house.ts";
import { setPoint } from "./set-point.ts";

/** A time of Home Assistant's clock, seconds from now. */
const clock = (seconds: number) => DateTime.now().setZone(timeZone).plus({ seconds }).toFormat("HH:mm:ss");
const hour = 3600;

const automation = (input: BlueprintAutomation["input"]): BlueprintAutomation => ({
  id: "night_and_away",
  blueprint: "night-and-away",
  input: {
    ...{ night_begins: clock(hour), night_ends: clock(2 * hour), usual_c: 20.5, setback_c: 19 },
    ...{ persons: ["device_tracker.ann", "device_tracker.ben"], away_for: { seconds: 2 }, ...input },
  },
});

const tracker = (name: string) =>
  `  - device_tracker: { name: ${name}, unique_id: ${name}, state_topic: persons/${name} }`;

function cases(started: () => BlueprintHouse): void {
  const room = setPoint(started, "zone_1_room");
  const report = (ann: string, ben: string) =>
    Promise.all([started().report("persons/ann", ann), started().report("persons/ben", ben)]);

  test("lowers it when the last one has been away for a while, and raises it when the first one is back", async () => {
    await report("home", "home");
    await room.set(20.5);
    await report("not_home", "home");
    await started().waitForState("device_tracker.ann", "not_home");
    await started().trigger("night_and_away");
    expect(room.targetC()).toBe(20.5);
    await report("not_home", "not_home");
    await room.waitFor(19);
    await report("home", "not_home");
    await room.waitFor(20.5);
  });

  test("takes a person whose whereabouts are not known as at home", async () => {
    const before = room.sent().length;
    await report("not_home", "None");
    await started().waitForState("device_tracker.ben", "unknown");
    await started().trigger("night_and_away");
    expect(room.sent()).toHaveLength(before);
  });

  test("leaves a set-point that a person chose", async () => {
    await room.set(22);
    const before = room.sent().length;
    await report("not_home", "not_home");
    await started().waitForState("device_tracker.ben", "not_home");
    await started().use([automation({ night_begins: clock(-hour), night_ends: clock(hour) })]);
    await started().trigger("night_and_away");
    expect(room.sent()).toHaveLength(before);
    await report("home", "home");
    await room.set(20.5);
  });

  test.each([
    ["that began an hour ago", -hour, hour, 19],
    ["that ended an hour ago", -2 * hour, -hour, 20.5],
    ["that has ended and begins in an hour", hour, -hour, 20.5],
    ["that ends in two hours and began an hour ago", -hour, 2 * hour, 19],
    ["of no length", hour, hour, 20.5],
  ])("has the right set-point for a night %s", async (_, begins, ends, expectedC) => {
    await started().use([automation({ night_begins: clock(begins), night_ends: clock(ends) })]);
    await started().trigger("night_and_away");
    await room.waitFor(expectedC);
  });

  test("begins and ends the night by the clock", async () => {
    await started().use([automation({ night_begins: clock(3), night_ends: clock(8) })]);
    await room.waitFor(19);
    await room.waitFor(20.5);
  });

  test("goes on after a restart of Home Assistant in the middle", async () => {
    await report("not_home", "not_home");
    await room.waitFor(19);
    const before = room.sent().length;
    await started().homeAssistant.restart();
    await started().waitForState("device_tracker.ben", "not_home");
    await started().waitForState("climate.ecodan_heatpump_zone_1_room", "auto");
    expect(room.sent()).toHaveLength(before);
    await report("not_home", "home");
    await room.waitFor(20.5);
  }, 90_000);

  test("ends as it is now after a thousand comings and goings, having sent a few", async () => {
    const before = room.sent().length;
    for (let turn = 0; turn < 1000; turn++) await started().report("persons/ben", turn % 2 === 0 ? "not_home" : "home");
    await report("not_home", "not_home");
    await room.waitFor(19);
    await report("home", "home");
    await room.waitFor(20.5);
    expect(room.sent().length - before).toBeLessThan(10);
  });
}

export const nightAndAwayCases: BlueprintCases = {
  blueprint: "night-and-away",
  automations: [automation({})],
  entities: [tracker("ann"), tracker("ben")],
  cases,
};
