import { expect, test } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import { type BlueprintAutomation, type BlueprintCases, type BlueprintHouse, home } from "./blueprint-house.ts";

const automation = (input: BlueprintAutomation["input"]): BlueprintAutomation => ({
  id: "short_cycle_guard",
  blueprint: "short-cycle-guard",
  input: { compressor: "binary_sensor.compressor", starts: 3, hold: { hours: 12 }, ...input },
});

function cases(started: () => BlueprintHouse): void {
  const minutes = () => started().simulator(home).home.settings.number("minimum_on_time");
  const sent = () => started().sent("number/short-cycle__minimum_on-time");
  const waitForMinutes = async (expected: number) => {
    // The listener may hear of a command after the heat pump.
    await waitFor(
      () => minutes() === expected && Number(sent().at(-1)) === expected,
      `the minimum on-time is ${expected} min`,
    );
    await started().waitForState("number.ecodan_heatpump_minimum_on_time", expected.toFixed(1));
  };
  const setMinutes = async (value: number) => {
    const entity_id = "number.ecodan_heatpump_minimum_on_time";
    const isThere = async () => Number((await started().homeAssistant.state(entity_id))?.state) > 0;
    await waitFor(isThere, "the number is there, as after a restart");
    await started().homeAssistant.callService("number", "set_value", { entity_id, value });
    await waitForMinutes(value);
  };

  async function startCompressor(times: number): Promise<void> {
    for (let turn = 0; turn < times; turn++) {
      for (const [payload, state] of [
        ["OFF", "off"],
        ["ON", "on"],
      ] as const) {
        await started().report("compressor", payload);
        await started().waitForState("binary_sensor.compressor", state);
      }
    }
  }

  test("raises the minimum on-time with the third start within the hour, and not before", async () => {
    await setMinutes(5);
    await startCompressor(2);
    expect(minutes()).toBe(5);
    await startCompressor(1);
    await waitForMinutes(15);
  });

  test("changes it once, however often the compressor starts after that", async () => {
    const before = sent().length;
    await startCompressor(50);
    expect(sent()).toHaveLength(before);
    expect(minutes()).toBe(15);
    // One that holds, and the two that count from the last two starts.
    const runs = async () => (await started().homeAssistant.state("automation.short_cycle_guard"))?.attributes.current;
    await waitFor(async () => (await runs()) === 3, "three runs are left");
  });

  test("does not count what was unavailable or unknown as a start", async () => {
    await started().use([automation({ starts: 4 })]);
    await setMinutes(5);
    const before = sent().length;
    for (let turn = 0; turn < 6; turn++) {
      for (const [payload, state] of [
        ["None", "unknown"],
        ["ON", "on"],
      ] as const) {
        await started().report("compressor", payload);
        await started().waitForState("binary_sensor.compressor", state);
      }
    }
    await startCompressor(3);
    expect(sent()).toHaveLength(before);
  });

  test("takes it back after the chosen time", async () => {
    await started().use([automation({ starts: 2, hold: { seconds: 3 } })]);
    await startCompressor(2);
    await waitForMinutes(15);
    await waitForMinutes(5);
  });

  test("takes it back when the heat pump is there again, where it was offline at that moment", async () => {
    const number = "number.ecodan_heatpump_minimum_on_time";
    await startCompressor(2);
    await waitForMinutes(15);
    started().simulator(home).dropConnection(72);
    await started().waitForState(number, "unavailable");
    await waitForMinutes(5);
  }, 60_000);

  test("starts that are further apart are not too many", async () => {
    await started().use([automation({ starts: 2, within: { milliseconds: 1 }, hold: { seconds: 4 } })]);
    const before = sent().length;
    await startCompressor(4);
    expect(sent()).toHaveLength(before);
  });

  test("leaves a value that a person chose", async () => {
    await started().use([automation({ starts: 2, hold: { seconds: 3 } })]);
    await setMinutes(8);
    const before = sent().length;
    await startCompressor(3);
    expect(sent()).toHaveLength(before);
    await setMinutes(5);
  });

  test("takes it back after a restart of Home Assistant in the middle", async () => {
    await started().use([automation({ starts: 2, hold: { seconds: 2 } })]);
    await setMinutes(15);
    await started().homeAssistant.restart();
    await waitForMinutes(5);
  }, 90_000);
}

export const shortCycleGuardCases: BlueprintCases = {
  blueprint: "short-cycle-guard",
  automations: [automation({})],
  entities: ["  - binary_sensor: { name: compressor, unique_id: compressor, state_topic: compressor }"],
  cases,
};
