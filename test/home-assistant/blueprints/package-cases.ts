import { expect, test } from "vitest";
import { waitFor } from "#test/support/wait-for.ts";
import type { BlueprintHouse } from "./blueprint-house.ts";

/** The second room of the package; the first one is a room of the room feed's tests. */
export const packageEntities = [
  `  - climate: { name: bedroom, unique_id: bedroom_thermostat, current_temperature_topic: rooms/bedroom_thermostat,
      modes: ["heat"] }`,
];

const parts = {
  electricity: ["heating_electricity_total", "dhw_electricity_total", "cooling_electricity_total"],
  heat: ["heating_heat_total", "dhw_heat_total"],
} as const;

/** The controller's totals that the package says to enable. */
export const packageTotals = Object.values(parts).flat();

export function packageCases(started: () => BlueprintHouse): void {
  const numberOf = async (entity: string) => Number((await started().homeAssistant.state(entity))?.state);

  test("has the mean of the rooms that are known", async () => {
    await started().report("rooms/living_room/status", "online");
    await started().report("rooms/living_room", 21);
    await started().report("rooms/bedroom_thermostat", 20);
    await started().waitForState("sensor.heatloop_rooms", "20.5");
    await started().report("rooms/living_room/status", "offline");
    await started().waitForState("sensor.heatloop_living_room", "unavailable");
    await started().waitForState("sensor.heatloop_rooms", "20.0");
  });

  test.each(Object.entries(parts))("has the sum of the controller's %s, and its meters", async (name, ids) => {
    const isSum = async () => {
      const totals = await Promise.all(ids.map((id) => numberOf(`sensor.ecodan_heatpump_${id}`)));
      const sum = totals.reduce((total, part) => total + part, 0);
      return Math.abs((await numberOf(`sensor.heatloop_${name}`)) - sum) < 0.01;
    };
    await waitFor(isSum, `the whole ${name} is the sum of its parts`);
    for (const cycle of ["today", "this_month", "this_year"]) {
      expect(await numberOf(`sensor.heatloop_${name}_${cycle}_controller`)).toBeGreaterThanOrEqual(0);
    }
  });
}
