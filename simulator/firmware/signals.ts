import type { MeterUse } from "@heatloop/core/catalogue/operation-modes";
import type { PointId } from "@heatloop/core/catalogue/points";
import { firmwareHeatPowerW } from "@heatloop/core/heat/heat";
import { secondMs } from "@heatloop/core/time/durations";
import type { Home } from "../home-state.ts";
import { smoothNoise } from "../physics/random.ts";
import { type Esp, totalIds } from "./esp.ts";
import { heatsTank } from "./mode.ts";
import { ownRoomC } from "./zone-control.ts";

export type NumericSignal = (at: number) => number;
type NumericSignals = Partial<Record<PointId, NumericSignal>>;

/** The outdoor unit reports its starts in hundreds (firmware, service request 3). */
const startsStep = 100;
/** What the heat pump had counted before the simulation; chosen: some three years of use. */
const startsBefore = 2300;
const hoursBefore = 4100;
/** Temperature of a thermistor that is not fitted. */
const absentC = 25;

const half = (value: number) => Math.round(value * 2) / 2;
const hundredthKwh = (wh: number) => Math.round(wh / 10) / 100;

/** What each numeric sensor reads that the physics moves, as the controller rounds it. */
export function numericSignals(home: Home, esp: Esp): NumericSignals {
  return {
    ...waterSignals(home),
    ...controllerSignals(home),
    ...meterSignals(home),
    ...espSignals(home, esp),
    ...outdoorUnitSignals(home),
    ...zoneSignals(home),
  };
}

/** The heating water as the sensors show it, errors included. */
function waterSensors(home: Home) {
  const { circuit } = home;
  return {
    flowC: () => half(circuit.flowC),
    returnC: () => half(circuit.returnC + home.returnSensorErrorK),
    flowLMin: () => Math.round(home.flowLMin * home.flowSensorFactor),
  };
}

/** Noise of a signal from -1 to 1; each `index` has its own. */
function noiseOf(seed: number) {
  return (index: number, periodS: number, at: number) => smoothNoise(seed + 50 + index, at / secondMs / periodS);
}

function waterSignals(home: Home): NumericSignals {
  const { circuit, controller, tank } = home;
  const { flowC, returnC, flowLMin } = waterSensors(home);
  const isCooling = () => controller.mode.mode === "cooling";
  return {
    output_power: () => Math.max(0, Math.round(Math.abs(circuit.heatW) / 1000)),
    estimated_output_power: () => estimatedOutputKw(flowLMin(), flowC(), returnC(), isCooling()),
    outdoor_temperature: () => half(home.weather.outdoorC),
    flow_temperature: flowC,
    return_temperature: returnC,
    temperature_difference: () => flowC() - returnC(),
    flow_rate: flowLMin,
    dhw_temperature: () => half(tank.waterC),
  };
}

function controllerSignals(home: Home): NumericSignals {
  const { controller, pump, seed, settings } = home;
  const noise = noiseOf(seed);
  const isPumping = () => controller.orders.pumpLMin > 0;
  return {
    operating_runtime: () => hoursBefore + Math.floor(pump.runS / 3600),
    compressor_frequency: () => Math.round(pump.frequencyHz),
    dhw_setpoint: () => half(settings.number("dhw_climate_target")),
    dhw_max_temperature_drop: () => controller.dropK,
    legionella_prevention_temperature: () => controller.legionellaC,
    pump_speed: () => (isPumping() ? (heatsTank(controller.mode.mode) ? 5 : 4) : 0),
    pump_power: (at) => (isPumping() ? controller.orders.pumpW + Math.round(noise(3, 90, at)) : 0),
  };
}

function meterSignals({ meters }: Home): NumericSignals {
  const yesterdayKwh = (use: MeterUse, side: "consumedWh" | "deliveredWh") =>
    hundredthKwh(meters.yesterday()[use][side]);
  const electricity = (use: MeterUse) => () => yesterdayKwh(use, "consumedWh");
  const heat = (use: MeterUse) => () => yesterdayKwh(use, "deliveredWh");
  const cop = (use: MeterUse) => () => {
    const consumedKwh = yesterdayKwh(use, "consumedWh");
    return consumedKwh === 0 ? 0 : yesterdayKwh(use, "deliveredWh") / consumedKwh;
  };
  return {
    daily_electricity: () => meters.dailyKwh(),
    cooling_cop_yesterday: cop("cooling"),
    heating_cop_yesterday: cop("heating"),
    dhw_cop_yesterday: cop("hot_water"),
    cooling_electricity_yesterday: electricity("cooling"),
    cooling_heat_yesterday: heat("cooling"),
    heating_electricity_yesterday: electricity("heating"),
    heating_heat_yesterday: heat("heating"),
    dhw_electricity_yesterday: electricity("hot_water"),
    dhw_heat_yesterday: heat("hot_water"),
  };
}

function espSignals({ pump, seed }: Home, esp: Esp): NumericSignals {
  const noise = noiseOf(seed);
  const wifiDbm = (at: number) => Math.round(-61 + 5 * noise(1, 700, at) + 2 * noise(2, 20, at));
  return {
    estimated_cop: () => (pump.compressor.kind === "stopped" ? 0 : esp.estimatedCop),
    daily_estimated_heat: () => esp.estimatedHeatWh / 1000,
    ...Object.fromEntries(totalIds.map((id) => [id, () => esp.totalsKwh[id]])),
    esp_uptime: (at) => Math.floor((at - esp.startedAt) / secondMs),
    wifi_signal: wifiDbm,
    wifi_signal_percent: (at) => Math.min(100, Math.max(0, 2 * (wifiDbm(at) + 100))),
  };
}

/** The refrigerant circuit and its outdoor unit; the differences to outdoors and flow are typical of R32 units. */
function outdoorUnitSignals(home: Home): NumericSignals {
  const { circuit, pump } = home;
  const running = () => pump.compressor.kind !== "stopped";
  const evaporatingC = () => (running() ? home.weather.outdoorC - 7 : home.weather.outdoorC);
  const condensingC = () => (running() ? circuit.flowC + 2 : circuit.flowC - 1);
  return {
    refrigerant_liquid_temperature: () => half(running() ? circuit.returnC + 1 : circuit.flowC - 2),
    refrigerant_condensing_temperature: () => half(condensingC()),
    compressor_starts: () => Math.floor((startsBefore + pump.starts) / startsStep) * startsStep,
    discharge_temperature: () =>
      Math.round(running() ? condensingC() + 18 + pump.frequencyHz * 0.3 : home.weather.outdoorC + 3),
    outdoor_unit_liquid_pipe_temperature: () => Math.round(evaporatingC() + 1),
    outdoor_unit_two_phase_pipe_temperature: () => Math.round(evaporatingC()),
    outdoor_unit_suction_pipe_temperature: () => Math.round(evaporatingC() + 3),
    outdoor_unit_heatsink_temperature: () => Math.round(home.weather.outdoorC + pump.frequencyHz * 0.35 + 4),
    outdoor_unit_compressor_surface_temperature: () =>
      Math.round(running() ? condensingC() + 20 : home.weather.outdoorC + 8),
    discharge_superheat: () => (running() ? Math.round(16 + pump.frequencyHz * 0.2) : 0),
    subcooling: () => (running() ? 4 : 0),
    fan_speed: () => (pump.compressor.kind === "running" ? Math.round((380 + pump.frequencyHz * 4) / 10) * 10 : 0),
  };
}

function zoneSignals(home: Home): NumericSignals {
  const { circuit, controller, settings } = home;
  const { flowC, returnC } = waterSensors(home);
  const zone2EmitterC = () => circuit.emitterC[1] as number;
  const isZone2Open = () => controller.zoneOpen[1] === 1;
  return {
    zone_1_flow_setpoint: () => half(settings.number("zone_1_flow_climate_target")),
    zone_1_room_temperature: () => ownRoomC(home, 1),
    zone_1_room_setpoint: () => half(settings.number("zone_1_room_climate_target")),
    zone_1_flow_temperature: () => (home.zones === 2 ? flowC() : absentC),
    zone_1_return_temperature: () => (home.zones === 2 ? returnC() : absentC),
    zone_2_flow_setpoint: () => half(settings.number("zone_2_flow_climate_target")),
    zone_2_room_temperature: () => ownRoomC(home, 2),
    zone_2_room_setpoint: () => half(settings.number("zone_2_room_climate_target")),
    zone_2_flow_temperature: () => half((circuit.flowC + zone2EmitterC()) / 2),
    zone_2_return_temperature: () => half(zone2EmitterC()),
    zone_2_mixing_valve_step: () => (isZone2Open() ? 90 : 0),
    mixing_valve_status: () => (isZone2Open() ? 1 : 0),
  };
}

/** The firmware's estimate: never below zero, so heat taken back in a defrost is hidden; cold counts as output. */
function estimatedOutputKw(flowLMin: number, flowC: number, returnC: number, cooling: boolean): number {
  const watts = firmwareHeatPowerW(flowLMin, flowC, returnC);
  return Math.max(0, cooling ? -watts : watts) / 1000;
}
