import type { PointId } from "@heatloop/core/catalogue/points";
import { waitFor } from "#test/support/wait-for.ts";
import { type BlueprintHouse, home } from "./blueprint-house.ts";

/** A set-point of the heat pump that blueprints change, as a thermostat of Home Assistant. */
export type SetPoint = {
  readonly entity: string;
  /** What the heat pump has, °C. */
  targetC(): number;
  /** Waits until the heat pump has it and Home Assistant shows it, which blueprints look at before they change it. */
  waitFor(temperatureC: number): Promise<void>;
  /** Sets it as a person does. */
  set(temperatureC: number): Promise<void>;
  /** What Home Assistant sent so far. */
  sent(): readonly string[];
};

const setPoints = {
  dhw: { point: "dhw_climate_target", climate: "dhw_climate" },
  zone_1_room: { point: "zone_1_room_climate_target", climate: "zone_1_room_temp" },
  zone_2_room: { point: "zone_2_room_climate_target", climate: "zone_2_room_temp" },
} as const satisfies Record<string, { point: PointId; climate: string }>;

export function setPoint(started: () => BlueprintHouse, name: keyof typeof setPoints): SetPoint {
  const { point, climate } = setPoints[name];
  const entity = `climate.ecodan_heatpump_${name}`;
  const targetC = () => started().simulator(home).home.settings.number(point);
  const shownC = async () => (await started().homeAssistant.state(entity))?.attributes.temperature;

  const sent = () => started().sent(`climate/${climate}/target_temperature`);

  async function waitForTarget(temperatureC: number): Promise<void> {
    const isIt = (found: unknown) => Math.abs(Number(found) - temperatureC) < 0.01;
    // The listener may hear of a command after the heat pump.
    const isHeard = () => sent().length === 0 || isIt(sent().at(-1));
    const isThere = async () => isHeard() && isIt(targetC()) && isIt(await shownC());
    await waitFor(isThere, `${entity} is set to ${temperatureC} °C`);
  }

  return {
    entity,
    targetC,
    waitFor: waitForTarget,
    async set(temperature) {
      await waitFor(async () => typeof (await shownC()) === "number", `${entity} is there, as after a restart`);
      await started().homeAssistant.callService("climate", "set_temperature", { entity_id: entity, temperature });
      await waitForTarget(temperature);
    },
    sent,
  };
}
