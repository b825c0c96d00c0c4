import { hourMs, minuteMs } from "@heatloop/core/time/durations";
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
import { nextSeason, setSeason, startHousehold } from "./physics/household.ts";
import { smoothNoise } from "./physics/random.ts";
import type { SimulatedRoom } from "./physics/rooms.ts";
import { startTank, stepTank } from "./physics/tank.ts";
import { type Weather, weatherAt } from "./physics/weather.ts";

export type HomeParts = {
  readonly startAt: number;
  readonly seed: number;
  readonly zones: 1 | 2;
  readonly rooms: readonly SimulatedRoom[];
  readonly roomThermostat: readonly boolean[];
  readonly timeZone: Zone;
  readonly settings: SimulatedSettings;
};

export function startHome(parts: HomeParts): Home {
  const { startAt, seed, zones, rooms, timeZone, settings } = parts;
  const offsetMs = standardOffsetMs(timeZone, startAt);
  const household = startHousehold(seed, timeZone);
  const water: Hydraulics = {
    flowLMin: 0,
    sourceW: 0,
    toTank: false,
    tankC: 0,
    zoneOpen: new Uint8Array(2),
    valve: new Float64Array(rooms.length).fill(1),
  };
  let minute = Number.NaN;
  let hour = Number.NaN;
  let warmthW = 0;
  let drawLMin = 0;
  let flowFactor = 1;

  /** What changes slowly is asked for once a minute, or once an hour. */
  function lookAround(at: number): void {
    minute = Math.floor(at / minuteMs);
    home.weather = weatherAt(seed, at, offsetMs);
    warmthW = household.warmthW(at);
    drawLMin = household.drawLMin(at);
    flowFactor = 1 + 0.03 * smoothNoise(seed + 30, at / (3 * hourMs));
    if (Math.floor(at / hourMs) === hour) return;
    hour = Math.floor(at / hourMs);
    const season = nextSeason(home.season, seed, at, offsetMs);
    if (season !== home.season) setSeason(settings, season, zones);
    home.season = season;
  }

  const season = nextSeason("heating", seed, startAt, offsetMs);
  if (season === "cooling") setSeason(settings, season, zones);
  const home: Home = {
    seed,
    zones,
    rooms,
    roomThermostat: parts.roomThermostat,
    standardOffsetMs: offsetMs,
    settings,
    house: startHouse(rooms, season === "cooling" ? 24 : 20.5),
    circuit: startCircuit(26, rooms),
    tank: startTank(45),
    pump: startHeatPump(startAt),
    controller: startController(startAt, offsetMs),
    meters: startMeters(seed, offsetMs, startAt),
    valve: water.valve,
    weather: weatherAt(seed, startAt, offsetMs),
    flowLMin: 0,
    flowSensorFactor: 1,
    returnSensorErrorK: 0,
    powered: true,
    season,
    step(at, seconds) {
      if (Math.floor(at / minuteMs) !== minute) lookAround(at);
      const { controller, pump, circuit, tank, house, weather } = home;
      stepController(home, at);
      const { orders } = controller;
      stepHeatPump(pump, orders, circuit, weather, seconds, at);
      home.flowLMin = orders.pumpLMin * flowFactor;
      water.flowLMin = home.flowLMin;
      water.sourceW = pump.sourceW;
      water.toTank = heatsTank(controller.mode.mode);
      water.tankC = tank.waterC;
      water.zoneOpen[0] = controller.zoneOpen[0] as number;
      water.zoneOpen[1] = controller.zoneOpen[1] as number;
      stepCircuit(circuit, seconds, water, house);
      stepTank(tank, seconds, circuit.tankW + pump.immersionW, drawLMin, mainsC(weather));
      stepHouse(house, seconds, weather.outdoorC, warmthW + weather.solarW, circuit.emittedW);
      home.meters.add(controller.mode.mode, circuit.heatW, pump.electricityW, seconds, at);
    },
  };
  lookAround(startAt);
  return home;
}

/** Cold water from the mains, a little warmer in summer. */
function mainsC(weather: Weather): number {
  return 10 + 0.15 * Math.max(0, Math.min(20, weather.outdoorC));
}
