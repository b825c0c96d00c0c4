import { minuteMs } from "@heatloop/core/time/durations";
import type { Home } from "../home-state.ts";
import type { Orders } from "../physics/heat-pump.ts";
import { nextHotWater } from "../physics/hot-water.ts";
import type { Controller } from "./controller-state.ts";
import { heatsTank, type ModeInput, nextMode, wantedMode } from "./mode.ts";
import { nextZoneDemand, zoneFlowTargetC } from "./zone-control.ts";

const weekMs = 7 * 24 * 60 * minuteMs;
const sundayAt2Ms = (3 * 24 + 2) * 60 * minuteMs;
/** The circulation pump runs before and after the compressor; chosen, as observed on an FTC6. */
const pumpBeforeMs = 20_000;
const pumpAfterMs = minuteMs;
/** The FTC's settings for legionella prevention and hot water; chosen: near the factory's. */
const legionellaC = 60;
const hotWaterFlowC = 58;
const dropK = 8;
/** Economy mode lets the tank fall further. */
const ecoDropK = 2;
/** Above this tank temperature the immersion heater alone goes on. */
const heatPumpLegionellaC = 52;
/** Highest compressor frequency for hot water, normal and eco, and for heating; chosen for an 8.5 kW unit. */
const limitHz = { hotWater: 54, hotWaterEco: 40, heating: 90 } as const;
/** Water flow of hot water, of one zone or both, and of one zone of two; power of the pump at them; chosen. */
const flowLMin = { hotWater: 20.4, allZones: 17.7, oneOfTwo: 13.6 } as const;
const pumpW = { hotWater: 56, heating: 41 } as const;
/** The booster heater's stages: how long the target is missed by the compressor, and below which outdoor temperature. */
const boosterAfterMs = [30 * minuteMs, 75 * minuteMs] as const;
const boosterBelowC = [0, -8] as const;
/** The compressor is too weak when at this frequency the flow is so much below its target. */
const fullSpeedHz = 85;
const weakK = 1.5;
const reachedK = 0.5;
/** Frost protection: from which room temperature on, until which one, and up to which outdoor temperature. */
const frostRoomC = 8;
const frostEndsC = 10;
const frostOutdoorC = 3;
const frostFlowC = 20;

/** A controller at rest. */
export function startController(at: number, standardOffsetMs: number): Controller {
  return {
    mode: { mode: "off", since: at },
    hotWater: { kind: "resting" },
    zoneDemand: new Uint8Array(2),
    zoneOpen: new Uint8Array(2),
    orders: {
      powered: true,
      wanted: false,
      cooling: false,
      lockedOut: false,
      targetC: 25,
      limitHz: limitHz.heating,
      pumpLMin: 0,
      pumpW: 0,
      booster1: false,
      booster2: false,
      immersion: false,
    },
    fault: null,
    lockedOut: false,
    boostK: 0,
    legionellaWeek: weekOf(at + standardOffsetMs),
    weakSince: null,
    dropK,
    legionellaC,
  };
}

/** Goes on to `at`: decides the mode from demand and hot water, and orders what it needs. */
export function stepController(home: Home, at: number): void {
  const { controller, settings, pump } = home;
  if (!home.powered) {
    controller.mode = controller.mode.mode === "off" ? controller.mode : { mode: "off", since: at };
    controller.hotWater = { kind: "resting" };
    stopAll(controller.orders);
    return;
  }
  for (const zone of home.zones === 2 ? ([1, 2] as const) : ([1] as const)) {
    controller.zoneDemand[zone - 1] = nextZoneDemand(home, zone, controller.zoneDemand[zone - 1] === 1) ? 1 : 0;
  }
  stepHotWater(home, at);
  const { orders } = controller;
  const stopped = pump.compressor.kind === "stopped";
  const heaterOn = orders.booster1 || orders.booster2 || orders.immersion;
  const isDemanded = controller.zoneDemand[0] === 1 || controller.zoneDemand[1] === 1;
  const cools = settings.choice("zone_1_operating_mode").startsWith("cool");
  const input: ModeInput = {
    at,
    allowed: settings.on("heat_pump_power") && controller.fault === null,
    frostDanger: frostDanger(home),
    legionellaDue: controller.hotWater.kind === "legionella",
    hotWater: controller.hotWater.kind === "charging",
    heating: isDemanded && !cools,
    cooling: isDemanded && cools,
    defrosting: pump.compressor.kind === "defrosting",
    atRest: stopped && !heaterOn && at - pump.compressor.since >= pumpAfterMs,
  };
  controller.mode = nextMode(controller.mode, input);
  order(home, at, wantedMode(input) === controller.mode.mode, controller.fault === null);
}

function stepHotWater(home: Home, at: number): void {
  const { controller, settings, tank } = home;
  const week = weekOf(at + home.standardOffsetMs);
  const before = controller.hotWater;
  const forced = settings.on("force_dhw");
  const regular = settings.on("regular_dhw");
  const switchedOff = !settings.on("heat_pump_power") || settings.on("holiday_mode") || controller.fault !== null;
  controller.hotWater = nextHotWater(before, {
    at,
    tankC: tank.waterC,
    setpointC: settings.number("dhw_climate_target"),
    dropK: settings.choice("dhw_mode") === "eco" ? dropK + ecoDropK : dropK,
    legionellaC,
    legionellaDue: week !== controller.legionellaWeek,
    forced,
    regular,
    prohibited: switchedOff || (settings.on("server_control") && settings.on("prohibit_dhw")),
  });
  if (controller.hotWater.kind === "legionella") controller.legionellaWeek = week;
  const ended =
    controller.hotWater.kind === "resting" &&
    (before.kind === "charging" || tank.waterC >= settings.number("dhw_climate_target"));
  if (ended && forced) settings.set("force_dhw", false);
  if (ended && regular) settings.set("regular_dhw", false);
}

function order(home: Home, at: number, wanted: boolean, healthy: boolean): void {
  const { controller, settings, pump, tank, circuit } = home;
  const { orders } = controller;
  const { mode, since } = controller.mode;
  const tankMode = heatsTank(mode);
  const byHeaterOnly = mode === "legionella_prevention" && tank.waterC >= heatPumpLegionellaC;
  orders.powered = true;
  orders.lockedOut = controller.lockedOut && !tankMode;
  orders.cooling = mode === "cooling";
  orders.wanted = wanted && healthy && mode !== "off" && !byHeaterOnly && at - since >= pumpBeforeMs;
  orders.immersion = wanted && byHeaterOnly && tank.waterC < legionellaC + 0.5;
  const isEco = settings.choice("dhw_mode") === "eco";
  orders.limitHz = tankMode ? (isEco ? limitHz.hotWaterEco : limitHz.hotWater) : limitHz.heating;
  const both = controller.zoneDemand[0] === 1 && controller.zoneDemand[1] === 1;
  const frost = mode === "frost_protection";
  controller.zoneOpen[0] = !tankMode && (frost || controller.zoneDemand[0] === 1 || !wanted) ? 1 : 0;
  controller.zoneOpen[1] = !tankMode && home.zones === 2 && (frost || controller.zoneDemand[1] === 1) ? 1 : 0;
  orders.targetC = tankMode ? hotWaterFlowC : frost ? frostFlowC : zoneFlowTargetC(home) + controller.boostK;
  const pumping =
    mode !== "off" && (!byHeaterOnly || pump.compressor.kind !== "stopped" || at - pump.compressor.since < pumpAfterMs);
  const heatingLMin = home.zones === 1 || both ? flowLMin.allZones : flowLMin.oneOfTwo;
  orders.pumpLMin = !pumping ? 0 : tankMode ? flowLMin.hotWater : heatingLMin;
  orders.pumpW = !pumping ? 0 : tankMode ? pumpW.hotWater : pumpW.heating;
  orderBoosters(controller, mode === "heating" && wanted, circuit.flowC, pump.frequencyHz, home.weather.outdoorC, at);
}

/** The booster heater helps where the compressor at full speed misses the target for half an hour in frost. */
function orderBoosters(
  controller: Controller,
  heating: boolean,
  flowC: number,
  frequencyHz: number,
  outdoorC: number,
  at: number,
): void {
  const { orders } = controller;
  const missedK = orders.targetC - flowC;
  const weak = heating && missedK > weakK && frequencyHz >= fullSpeedHz;
  if (!heating || missedK < -reachedK) controller.weakSince = null;
  else if (weak) controller.weakSince ??= at;
  const weakMs = controller.weakSince === null ? 0 : at - controller.weakSince;
  orders.booster1 = weakMs > boosterAfterMs[0] && outdoorC < boosterBelowC[0] && (orders.booster1 || weak);
  orders.booster2 = weakMs > boosterAfterMs[1] && outdoorC < boosterBelowC[1] && (orders.booster2 || weak);
}

function frostDanger(home: Home): boolean {
  if (home.settings.on("heat_pump_power") || home.controller.fault !== null || home.weather.outdoorC > frostOutdoorC) {
    return false;
  }
  const coldest = home.house.airC.reduce((low, airC) => Math.min(low, airC), Number.POSITIVE_INFINITY);
  return coldest < (home.controller.mode.mode === "frost_protection" ? frostEndsC : frostRoomC);
}

function stopAll(orders: Orders): void {
  orders.powered = false;
  orders.wanted = false;
  orders.pumpLMin = 0;
  orders.pumpW = 0;
  orders.booster1 = false;
  orders.booster2 = false;
  orders.immersion = false;
}

/** Weeks that begin on Sunday at 02:00 of the controller's clock. */
function weekOf(localMs: number): number {
  return Math.floor((localMs - sundayAt2Ms) / weekMs);
}
