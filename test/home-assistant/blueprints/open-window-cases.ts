import { expect, test } from "vitest";
import { type BlueprintAutomation, type BlueprintCases, type BlueprintHouse, home } from "./blueprint-house.ts";
import { setPoint } from "./set-point.ts";

const automation = (input: BlueprintAutomation["input"]): BlueprintAutomation => ({
  id: "open_window",
  blueprint: "open-window",
  input: {
    windows: ["binary_sensor.window", "binary_sensor.door"],
    ...{ open_for: { seconds: 2 }, closed_for: { seconds: 1 }, ...input },
  },
});

const contact = (name: string) =>
  `  - binary_sensor: { name: ${name}, unique_id: ${name}, state_topic: ${name}, device_class: window }`;

function cases(started: () => BlueprintHouse): void {
  const room = setPoint(started, "zone_1_room");
  const report = (window: string, door: string) =>
    Promise.all([started().report("window", window), started().report("door", door)]);

  test("pauses while one is open, and ends when all are closed", async () => {
    await report("OFF", "OFF");
    await room.set(20.5);
    await report("ON", "OFF");
    await room.waitFor(15);
    await report("ON", "ON");
    await report("OFF", "ON");
    await started().waitForState("binary_sensor.window", "off");
    await started().trigger("open_window");
    expect(room.targetC()).toBe(15);
    await report("OFF", "OFF");
    await room.waitFor(20.5);
  });

  test("goes on with the pause while a second window has been opened before the first one was closed", async () => {
    await started().use([automation({ closed_for: { seconds: 0 } })]);
    await report("ON", "OFF");
    await room.waitFor(15);
    const before = room.sent().length;
    await started().report("door", "ON");
    await started().waitForState("binary_sensor.door", "on");
    await started().report("window", "OFF");
    await started().waitForState("binary_sensor.window", "off");
    await started().trigger("open_window");
    expect(room.sent()).toHaveLength(before);
    await started().report("door", "OFF");
    await room.waitFor(20.5);
    await started().use([automation({})]);
  });

  test("takes no notice of a window that is opened for a moment, nor of a thousand of these", async () => {
    const before = room.sent().length;
    for (let turn = 0; turn < 1000; turn++) await started().report("window", turn % 2 === 0 ? "ON" : "OFF");
    await report("OFF", "OFF");
    await started().waitForState("binary_sensor.window", "off");
    await started().trigger("open_window");
    expect(room.sent()).toHaveLength(before);
  });

  test("takes a contact that is not known as closed", async () => {
    await report("ON", "OFF");
    await room.waitFor(15);
    await report("None", "OFF");
    await room.waitFor(20.5);
  });

  test("ends the pause of a window that was forgotten", async () => {
    await started().use([automation({ at_most: { seconds: 4 } })]);
    await report("ON", "OFF");
    await room.waitFor(15);
    await room.waitFor(20.5);
    await report("OFF", "OFF");
  });

  test("leaves a set-point that a person chose", async () => {
    await started().use([automation({})]);
    await room.set(19.5);
    const before = room.sent().length;
    await report("ON", "OFF");
    await started().waitForState("binary_sensor.window", "on");
    const pausesElsewhere = setPoint(started, "zone_2_room");
    await pausesElsewhere.set(20.5);
    await started().use([
      automation({}),
      { ...automation({ zones: [pausesElsewhere.entity], open_for: { seconds: 0 } }), id: "open_window_elsewhere" },
    ]);
    await started().trigger("open_window_elsewhere");
    await pausesElsewhere.waitFor(15);
    expect(room.sent()).toHaveLength(before);
    await report("OFF", "OFF");
    await pausesElsewhere.waitFor(20.5);
    await room.set(20.5);
  });

  test("ends the pause when the window was closed while Home Assistant was away", async () => {
    await started().use([automation({})]);
    await started().report("window", "");
    await started().messages.publish("window", "ON");
    await room.waitFor(15);
    // The open window was not retained: after the restart nothing says that it is open.
    await started().homeAssistant.restart();
    await room.waitFor(20.5);
    expect(started().simulator(home).home.settings.number("zone_1_room_climate_target")).toBe(20.5);
  }, 90_000);
}

export const openWindowCases: BlueprintCases = {
  blueprint: "open-window",
  automations: [automation({})],
  entities: [contact("window"), contact("door")],
  cases,
};
