/**
 * Heat that water carries, in W: flow x temperature difference x specific heat, negative where the return is
 * warmer than the flow (defrost, cooling). Flow in L/min, temperatures in °C; 1 kg/L as in the firmware.
 * c(T) = 4.21 - 2.04e-3 T + 3.09e-5 T² - 9.63e-8 T³ kJ/(kg K) at the mean temperature (the firmware's polynomial).
 */
export function heatPowerW(flowLMin: number, flowTemperatureC: number, returnTemperatureC: number): number {
  const t = (flowTemperatureC + returnTemperatureC) / 2;
  const specificHeat = 4.21 - 2.04e-3 * t + 3.09e-5 * t ** 2 - 9.63e-8 * t ** 3;
  return (flowLMin / 60) * (flowTemperatureC - returnTemperatureC) * specificHeat * 1000;
}
