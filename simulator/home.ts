import type { Zone } from "@heatloop/core/time/local-day";
import { startController, stepController } from "./firmware/controller.ts";
import { standardOffsetMs } from "./firmware/controller-clock.ts";
import { startMeters } from "./firmware/meters.ts";
import { heatsTank } from "./firmware/mode.ts";
import type { SimulatedSettings } from "./firmware/settings.ts";
import type { Home } from "./home-state.ts";
import { type Hydraulics, startCircuit, stepCircuit } from "./physics/circuit.ts";
import { startHeatPump, stepHeatPump } from "./physics/heat-pump.ts";
import { startHouse, stepHouse } from "./physics/house.ts";
import { nextSeason, setSeason } from "./physics/household.ts";
import type { SimulatedRoom } from "./physics/rooms.ts";
import { startTank, stepTank } from "./physics/tank.ts";
import type { Weather } from "./physics/weather.ts";
import { type Surroundings, startSurroundings } from "./surroundings.ts";

type HomeParts = {
  readonly startAt: number;
  readonly seed: number;
  readonly zones: 1 | 2;
  readonly rooms: readonly SimulatedRoom[];
  readonly roomThermostat: readonly boolean[];
  readonly timeZone: Zone;
  readonly settings: SimulatedSettings;
};

/** Temperatures at the start, °C; a day of simulation makes the rest true. */
const startC = { roomHeating: 20.5, roomCooling: 24, water: 26, tank: 45 } as const;

/** A home at a time (ms since the epoch), with the season that the weather of the days before asks for. */
export function startHome(parts: HomeParts): Home {
  const { startAt, seed, zones, rooms, timeZone, settings } = parts;
  const offsetMs = standardOffsetMs(timeZone, startAt);
  const surroundings = startSurroundings(seed, timeZone, offsetMs, startAt);
  const water = stillWater(rooms.length);
  const season = nextSeason("heating", seed, startAt, offsetMs);
  if (season === "cooling") setSeason(settings, season, zones);
  const home: Home = {
    seed,
    zones,
    rooms,
    roomThermostat: parts.roomThermostat,
    standardOffsetMs: offsetMs,
    settings,
    house: startHouse(rooms, season === "cooling" ? startC.roomCooling : startC.roomHeating),
    circuit: startCircuit(startC.water, rooms),
    tank: startTank(startC.tank),
    pump: startHeatPump(startAt),
    controller: startController(startAt, offsetMs),
    meters: startMeters(seed, offsetMs, startAt),
    valve: water.valve,
    weather: surroundings.current.weather,
    flowLMin: 0,
    flowSensorFactor: 1,
    returnSensorErrorK: 0,
    powered: true,
    season,
    step(at, seconds) {
      if (surroundings.update(at)) followSeason(home, at);
      home.weather = surroundings.current.weather;
      stepHome(home, surroundings.current, water, at, seconds);
    },
  };
  if (surroundings.update(startAt)) followSeason(home, startAt);
  home.weather = surroundings.current.weather;
  return home;
}

function stillWater(roomCount: number): Hydraulics {
  return {
    flowLMin: 0,
    sourceW: 0,
    toTank: false,
    tankC: 0,
    zoneOpen: new Uint8Array(2),
    valve: new Float64Array(roomCount).fill(1),
  };
}

/** The household changes its settings where the weather of the last days asks for another season. */
function followSeason(home: Home, at: number): void {
  const season = nextSeason(home.season, home.seed, at, home.standardOffsetMs);
  if (season !== home.season) setSeason(home.settings, season, home.zones);
  home.season = season;
}

function stepHome(home: Home, around: Surroundings, water: Hydraulics, at: number, seconds: number): void {
  const { controller, pump, circuit, tank, house, weather } = home;
  stepController(home, at);
  const { orders } = controller;
  stepHeatPump(pump, orders, circuit, weather, seconds, at);
  home.flowLMin = orders.pumpLMin * around.flowFactor;
  water.flowLMin = home.flowLMin;
  water.sourceW = pump.sourceW;
  water.toTank = heatsTank(controller.mode.mode);
  water.tankC = tank.waterC;
  water.zoneOpen[0] = controller.zoneOpen[0] as number;
  water.zoneOpen[1] = controller.zoneOpen[1] as number;
  stepCircuit(circuit, seconds, water, house);
  stepTank(tank, seconds, circuit.tankW + pump.immersionW, around.drawLMin, mainsC(weather));
  stepHouse(house, seconds, weather.outdoorC, around.internalGainsW + weather.solarW, circuit.emittedW);
  home.meters.add(controller.mode.mode, circuit.heatW, pump.electricityW, seconds, at);
}

/** Cold water from the mains: 10 °C in winter, up to 13 °C in summer, as in middle Europe. */
function mainsC(weather: Weather): number {
  return 10 + 0.15 * Math.max(0, Math.min(20, weather.outdoorC));
}
