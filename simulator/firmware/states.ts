import type { PointId } from "@heatloop/core/catalogue/points";
import type { Home } from "../home-state.ts";
import { heatsTank } from "./mode.ts";

/** What a binary sensor (boolean), a text state (language-free) or a text reads. */
export type StateSignal = (at: number) => boolean | string;

/** The binary sensors, text states and texts of the firmware that the physics moves. */
export function stateSignals(home: Home): Partial<Record<PointId, StateSignal>> {
  const { controller, pump, settings } = home;
  const { orders } = controller;
  const served = (id: PointId) => () => settings.on("server_control") && settings.on(id);

  return {
    holiday_mode_active: () => settings.on("holiday_mode"),
    dhw_forced: () => settings.on("force_dhw"),
    dhw_eco: () => settings.choice("dhw_mode") === "eco",
    compressor: () => pump.compressor.kind !== "stopped",
    defrost: () => pump.compressor.kind === "defrosting",
    booster_heater: () => orders.booster1,
    booster_heater_2: () => orders.booster2,
    immersion_heater: () => orders.immersion,
    dhw_prohibited: served("prohibit_dhw"),
    water_pump: () => orders.pumpLMin > 0,
    three_way_valve: () => heatsTank(controller.mode.mode),
    in1_thermostat: () => controller.zoneDemand[0] === 1,
    in6_thermostat_2: () => controller.zoneDemand[1] === 1,
    controller_date: (at) => new Date(home.meters.localMs(at)).toISOString().slice(0, 10),
    heat_source: () => heatSource(home),
    operation_mode: () => controller.mode.mode,
    pump_feedback: () => (orders.pumpLMin > 0 ? "active" : "standby"),
    refrigerant_error: () => (controller.fault === null ? "normal" : "system_error"),
    fault_code: () => controller.fault ?? "No error",
    multi_zone_status: () => multiZoneStatus(home),
    predictive_boost_active: () => controller.boostK > 0,
    short_cycle_lockout: () => controller.lockedOut,
    zone_1_heating_prohibited: served("zone_1_prohibit_heating"),
    zone_1_cooling_prohibited: served("zone_1_prohibit_cooling"),
    water_pump_2: () => home.zones === 2 && controller.zoneOpen[0] === 1 && orders.pumpLMin > 0,
    zone_1_master_room_sensor: () => (home.roomThermostat[0] === true ? "MRC" : "TH1"),
    zone_2_heating_prohibited: served("zone_2_prohibit_heating"),
    zone_2_cooling_prohibited: served("zone_2_prohibit_cooling"),
    water_pump_3: () => controller.zoneOpen[1] === 1 && orders.pumpLMin > 0,
    zone_2_master_room_sensor: () => (home.roomThermostat[1] === true ? "RRC1" : "TH1"),
  };
}

function heatSource(home: Home): string {
  const { immersion, booster1, booster2 } = home.controller.orders;
  const booster = booster1 || booster2;
  if (immersion) return booster ? "immersion_and_booster_heater" : "immersion_heater";
  return booster ? "booster_heater" : "heat_pump";
}

function multiZoneStatus(home: Home): string {
  const { mode, zoneOpen, orders } = home.controller;
  if (orders.pumpLMin === 0 || heatsTank(mode.mode)) return "idle";
  if (zoneOpen[0] === 1) return zoneOpen[1] === 1 ? "both" : "zone_1";
  return zoneOpen[1] === 1 ? "zone_2" : "idle";
}
