import type { Controller } from "./firmware/controller-state.ts";
import type { Meters } from "./firmware/meters.ts";
import type { SimulatedSettings } from "./firmware/settings.ts";
import type { Circuit } from "./physics/circuit.ts";
import type { SimulatedHeatPump } from "./physics/heat-pump.ts";
import type { SimulatedHouse } from "./physics/house.ts";
import type { SimulatedSeason } from "./physics/household.ts";
import type { SimulatedRoom } from "./physics/rooms.ts";
import type { Tank } from "./physics/tank.ts";
import type { Weather } from "./physics/weather.ts";

/** Everything physical: weather, house, water, tank, heat pump and its controller. */
export type Home = {
  readonly seed: number;
  readonly zones: 1 | 2;
  readonly rooms: readonly SimulatedRoom[];
  /** Whether each zone has the controller's own room thermostat. */
  readonly roomThermostat: readonly boolean[];
  readonly standardOffsetMs: number;
  readonly settings: SimulatedSettings;
  readonly house: SimulatedHouse;
  readonly circuit: Circuit;
  readonly tank: Tank;
  readonly pump: SimulatedHeatPump;
  readonly controller: Controller;
  readonly meters: Meters;
  /** How far each room's thermostat opens its valve, 0 to 1. */
  readonly valve: Float64Array;
  weather: Weather;
  /** True water flow, L/min. */
  flowLMin: number;
  /** What the flow sensor shows of it, and what the return sensor shows too much, K; 1 and 0 are right. */
  flowSensorFactor: number;
  returnSensorErrorK: number;
  powered: boolean;
  season: SimulatedSeason;
  /** Goes on to `at`, by one step. */
  step(at: number, seconds: number): void;
};
