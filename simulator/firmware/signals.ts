import type { PointId } from "@heatloop/core/catalogue/points";
import { firmwareHeatPowerW } from "@heatloop/core/heat/heat";
import type { Home } from "../home-state.ts";
import { smoothNoise } from "../physics/random.ts";
import { type Esp, totalIds } from "./esp.ts";
import { heatsTank } from "./mode.ts";
import { ownRoomC } from "./zone-control.ts";

export type NumericSignal = (at: number) => number;

const half = (value: number) => Math.round(value * 2) / 2;
const hundredth = (wh: number) => Math.round(wh / 10) / 100;
const startsBefore = 2300;
const hoursBefore = 4100;
/** Raw value of a mixing valve that is not fitted, and of a thermistor that is not. */
const noValve = 124;
const absentC = 25;

/** What each numeric sensor reads, as the controller rounds it. */
export function numericSignals(home: Home, esp: Esp): Partial<Record<PointId, NumericSignal>> {
  const { seed, circuit, tank, pump, controller, meters, settings } = home;
  const noise = (index: number, periodS: number, at: number) => smoothNoise(seed + 50 + index, at / 1000 / periodS);
  const flowC = () => half(circuit.flowC);
  const returnC = () => half(circuit.returnC + home.returnSensorErrorK);
  const flowLMin = () => Math.round(home.flowLMin * home.flowSensorFactor);
  const running = () => pump.compressor.kind !== "stopped";
  const evaporatingC = () => (running() ? home.weather.outdoorC - 7 : home.weather.outdoorC);
  const condensingC = () => (running() ? circuit.flowC + 2 : circuit.flowC - 1);
  const absent = () => absentC;
  const yesterday = (use: "heating" | "hot_water" | "cooling", side: "consumedWh" | "deliveredWh") => () =>
    hundredth(meters.yesterday()[use][side]);
  const copYesterday = (use: "heating" | "hot_water" | "cooling") => () => {
    const consumedWh = hundredth(meters.yesterday()[use].consumedWh);
    return consumedWh === 0 ? 0 : hundredth(meters.yesterday()[use].deliveredWh) / consumedWh;
  };
  const wifi = (at: number) => Math.round(-61 + 5 * noise(1, 700, at) + 2 * noise(2, 20, at));

  return {
    operating_runtime: () => hoursBefore + Math.floor(pump.runS / 3600),
    compressor_frequency: () => Math.round(pump.frequencyHz),
    output_power: () => Math.max(0, Math.round(Math.abs(circuit.heatW) / 1000)),
    estimated_output_power: () => estimatedOutputKw(flowLMin(), flowC(), returnC(), controller.mode.mode === "cooling"),
    outdoor_temperature: () => half(home.weather.outdoorC),
    flow_temperature: flowC,
    return_temperature: returnC,
    refrigerant_liquid_temperature: () => half(running() ? circuit.returnC + 1 : circuit.flowC - 2),
    refrigerant_condensing_temperature: () => half(condensingC()),
    boiler_flow_temperature: absent,
    boiler_return_temperature: absent,
    mixing_tank_temperature: absent,
    dhw_temperature: () => half(tank.waterC),
    dhw_secondary_temperature: absent,
    dhw_setpoint: () => half(settings.number("dhw_climate_target")),
    dhw_max_temperature_drop: () => controller.dropK,
    legionella_prevention_temperature: () => controller.legionellaC,
    flow_rate: flowLMin,
    pump_speed: () => (controller.orders.pumpLMin === 0 ? 0 : heatsTank(controller.mode.mode) ? 5 : 4),
    pump_power: (at) => (controller.orders.pumpLMin === 0 ? 0 : controller.orders.pumpW + Math.round(noise(3, 90, at))),
    daily_electricity: () => meters.dailyKwh(),
    estimated_cop: () => (running() ? esp.estimatedCop : 0),
    temperature_difference: () => flowC() - returnC(),
    esp_uptime: (at) => Math.floor((at - esp.startedAt) / 1000),
    daily_estimated_heat: () => esp.estimatedHeatWh / 1000,
    cooling_cop_yesterday: copYesterday("cooling"),
    heating_cop_yesterday: copYesterday("heating"),
    dhw_cop_yesterday: copYesterday("hot_water"),
    cooling_electricity_yesterday: yesterday("cooling", "consumedWh"),
    cooling_heat_yesterday: yesterday("cooling", "deliveredWh"),
    heating_electricity_yesterday: yesterday("heating", "consumedWh"),
    heating_heat_yesterday: yesterday("heating", "deliveredWh"),
    dhw_electricity_yesterday: yesterday("hot_water", "consumedWh"),
    dhw_heat_yesterday: yesterday("hot_water", "deliveredWh"),
    ...Object.fromEntries(totalIds.map((id) => [id, () => esp.totalsKwh[id]])),
    cpu_0_load: (at) => 22 + 8 * noise(4, 15, at),
    cpu_1_load: (at) => 9 + 5 * noise(5, 15, at),
    // The outdoor unit tells its starts in hundreds (firmware, service request 3).
    compressor_starts: () => Math.floor((startsBefore + pump.starts) / 100) * 100,
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
    esp_temperature: (at) => 46 + 3 * noise(6, 1800, at),
    zone_1_flow_setpoint: () => half(settings.number("zone_1_flow_climate_target")),
    zone_1_room_temperature: () => ownRoomC(home, 1),
    zone_1_room_setpoint: () => half(settings.number("zone_1_room_climate_target")),
    zone_1_flow_temperature: () => (home.zones === 2 ? flowC() : absentC),
    zone_1_return_temperature: () => (home.zones === 2 ? returnC() : absentC),
    zone_1_mixing_valve_step: () => noValve,
    zone_2_flow_setpoint: () => half(settings.number("zone_2_flow_climate_target")),
    zone_2_room_temperature: () => ownRoomC(home, 2),
    zone_2_room_setpoint: () => half(settings.number("zone_2_room_climate_target")),
    zone_2_flow_temperature: () => half((circuit.flowC + (circuit.emitterC[1] as number)) / 2),
    zone_2_return_temperature: () => half(circuit.emitterC[1] as number),
    zone_2_mixing_valve_step: () => (controller.zoneOpen[1] === 1 ? 90 : 0),
    mixing_valve_status: () => (controller.zoneOpen[1] === 1 ? 1 : 0),
    wifi_signal: wifi,
    wifi_signal_percent: (at) => Math.min(100, Math.max(0, 2 * (wifi(at) + 100))),
  };
}

/** The firmware's estimate: never below zero, so heat taken back in a defrost is hidden; cold counts as output. */
function estimatedOutputKw(flowLMin: number, flowC: number, returnC: number, cooling: boolean): number {
  const watts = firmwareHeatPowerW(flowLMin, flowC, returnC);
  return Math.max(0, cooling ? -watts : watts) / 1000;
}
