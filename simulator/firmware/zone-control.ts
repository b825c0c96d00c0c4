import type { Home } from "../home-state.ts";
import { adaptedCoolingFlowC, adaptedHeatingFlowC, compensationCurveC } from "../physics/flow-target.ts";
import type { Setting } from "./settings.ts";

type SimulatedZone = 1 | 2;

/** Hysteresis of a zone's demand around its set-point; chosen, as the FTC's room thermostats have it. */
const tooWarmK = 0.5;
const warmAgainK = 0.2;
/** Outdoor temperature above which there is no heating; chosen. */
const noHeatingAboveC = 18;
/** How much the holiday mode lowers the set-point; chosen. */
const holidayK = 3;

/** The points of each zone; their names put together anew at each step would take a seventh of the simulation. */
const points = { 1: pointsOf(1), 2: pointsOf(2) } as const;

function pointsOf(zone: SimulatedZone) {
  return {
    mode: `zone_${zone}_operating_mode`,
    roomSource: `room_source_zone_${zone}`,
    roomFeedback: `room_feedback_zone_${zone}`,
    roomTarget: `zone_${zone}_room_climate_target`,
    flowTarget: `zone_${zone}_flow_climate_target`,
    prohibitHeating: `zone_${zone}_prohibit_heating`,
    prohibitCooling: `zone_${zone}_prohibit_cooling`,
  } as const;
}

/** How a zone is controlled, by its operating mode and the firmware's auto-adaptive switch. */
type Control = "auto_adaptive" | "own_thermostat" | "curve" | "fixed";

function controlOf(home: Home, zone: SimulatedZone): Control {
  const mode = home.settings.choice(points[zone].mode);
  switch (mode) {
    case "heat_target_temperature":
    case "cool_target_temperature":
      return "own_thermostat";
    case "heat_compensation_curve":
    case "cool_compensation_curve":
      return "curve";
    default:
      return home.settings.on("auto_adaptive") && mode !== "floor_dry_up" ? "auto_adaptive" : "fixed";
  }
}

function cools(home: Home): boolean {
  return home.settings.choice("zone_1_operating_mode").startsWith("cool");
}

/**
 * The room temperature that a zone is controlled by: what was fed to the firmware, without end, where that is its source and
 * anything was; else the controller's own thermostat, even where there is none and it reads 0.0.
 */
function controlRoomC(home: Home, zone: SimulatedZone): number {
  const fed =
    controlOf(home, zone) === "auto_adaptive" && home.settings.choice(points[zone].roomSource) === "home_assistant";
  const fedC = fed ? home.settings.number(points[zone].roomFeedback) : Number.NaN;
  return Number.isNaN(fedC) ? ownRoomC(home, zone) : fedC;
}

function setpointC(home: Home, zone: SimulatedZone): number {
  const { settings } = home;
  const biasK = controlOf(home, zone) === "auto_adaptive" ? settings.number("setpoint_bias") : 0;
  const awayK = settings.on("holiday_mode") ? (cools(home) ? -holidayK : holidayK) : 0;
  return settings.number(points[zone].roomTarget) + biasK - awayK;
}

/** Whether a zone asks for heat (or cold), with hysteresis around its set-point. */
export function nextZoneDemand(home: Home, zone: SimulatedZone, demands: boolean): boolean {
  const { settings, weather } = home;
  const cooling = cools(home);
  const prohibited = settings.on(cooling ? points[zone].prohibitCooling : points[zone].prohibitHeating);
  if (settings.on("server_control") && prohibited) return false;
  if (!cooling && weather.outdoorC > (demands ? noHeatingAboveC + 1 : noHeatingAboveC)) return false;
  const control = controlOf(home, zone);
  if (control === "curve" || control === "fixed") return true;
  const pastK = (controlRoomC(home, zone) - setpointC(home, zone)) * (cooling ? -1 : 1);
  return pastK < (demands ? tooWarmK : warmAgainK);
}

/** The flow target, °C: the warmest of the zones that ask for heat, the coldest of those that ask for cold. */
export function zoneFlowTargetC(home: Home): number {
  const { zoneDemand } = home.controller;
  const first = home.settings.number("zone_1_flow_climate_target");
  if (home.zones === 1 || zoneDemand[1] === 0) return first;
  const second = home.settings.number("zone_2_flow_climate_target");
  if (zoneDemand[0] === 0) return second;
  return cools(home) ? Math.min(first, second) : Math.max(first, second);
}

/** Moves a zone's flow set-point, as the firmware's auto-adaptive loop (while the ESP32 runs) or the controller does. */
export function adaptZone(home: Home, zone: SimulatedZone, firmwareRuns: boolean): void {
  const { settings, weather } = home;
  const control = controlOf(home, zone);
  if (control === "fixed" || (control === "auto_adaptive" && !firmwareRuns)) return;
  const id = points[zone].flowTarget;
  const cooling = cools(home);
  const set = (value: Setting) => settings.set(id, value);
  if (control === "curve") {
    set(cooling ? 18 : Math.round(compensationCurveC(weather.outdoorC) * 2) / 2);
    return;
  }
  const room = { outdoorC: weather.outdoorC, roomC: controlRoomC(home, zone), setpointC: setpointC(home, zone) };
  const before = settings.number(id);
  if (cooling) {
    const lowestC = settings.number(`cooling_flow_temperature_min_zone_${zone}`);
    const highestC = Math.max(lowestC, settings.number("cooling_smart_start_temperature"));
    set(adaptedCoolingFlowC(before, { ...room, lowestC, highestC }));
    return;
  }
  const lowestC = settings.number(`heating_flow_temperature_min_zone_${zone}`);
  const highestC = Math.max(lowestC, settings.number(`heating_flow_temperature_max_zone_${zone}`));
  set(adaptedHeatingFlowC(before, { ...room, lowestC, highestC }));
}

/** What the controller's own thermostat of a zone reads: 0.5 °C steps, or its sentinel 0.0 where there is none. */
export function ownRoomC(home: Home, zone: SimulatedZone): number {
  if (home.roomThermostat[zone - 1] !== true) return 0;
  const index = home.rooms.findIndex((room) => room.zone === zone);
  return Math.round((home.house.airC[index] as number) * 2) / 2;
}
