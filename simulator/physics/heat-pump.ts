import { secondMs } from "@heatloop/core/time/durations";
import type { Circuit } from "./circuit.ts";
import { type Compressor, nextCompressor } from "./compressor.ts";
import {
  coolingCapacityW,
  coolingEer,
  frostPerS,
  heatingCapacityW,
  heatingCop,
  highestHz,
  lowestHz,
} from "./performance.ts";
import type { Weather } from "./weather.ts";

/** Power, W, and speeds of an 8.5 kW unit; chosen, as published for its class. */
const standbyW = 18;
const immersionW = 3000;
const booster1W = 2000;
const booster2W = 4000;
const startHz = 36;
const hzPerKPerS = 0.06;
const fastestHzPerS = 0.35;
/** Heat builds up with this time constant after a start; the electricity begins at this share of its final power. */
const rampS = 70;
const startPowerShare = 0.55;
const rampPowerShare = 0.45;
/** Share of its capacity that a frosted evaporator loses. */
const frostLossShare = 0.1;
const defrostHeatW = -3900;
const defrostElectricityW = 1150;
const defrostS = 235;
const defrostHz = 52;

/** The controller's orders to the outdoor unit, the pump and the heaters. */
export type Orders = {
  powered: boolean;
  wanted: boolean;
  cooling: boolean;
  lockedOut: boolean;
  targetC: number;
  /** Highest compressor frequency for now. */
  limitHz: number;
  pumpLMin: number;
  pumpW: number;
  booster1: boolean;
  booster2: boolean;
  immersion: boolean;
};

/** The machine as it runs; power in W, frost as a share of what a defrost clears. */
export type SimulatedHeatPump = {
  compressor: Compressor;
  frequencyHz: number;
  frost: number;
  /** Heat into the heating water: condenser and booster heater; negative in defrost and cooling. */
  sourceW: number;
  immersionW: number;
  /** Everything together, standby and pump included. */
  electricityW: number;
  starts: number;
  defrosts: number;
  runS: number;
};

/** A heat pump at rest. */
export function startHeatPump(at: number): SimulatedHeatPump {
  return {
    compressor: { kind: "stopped", since: at },
    frequencyHz: 0,
    frost: 0,
    sourceW: 0,
    immersionW: 0,
    electricityW: 0,
    starts: 0,
    defrosts: 0,
    runS: 0,
  };
}

/** Goes on by one step that ends at `at`: obeys the orders, and makes heat or cold of electricity. */
export function stepHeatPump(
  pump: SimulatedHeatPump,
  orders: Orders,
  circuit: Circuit,
  weather: Weather,
  seconds: number,
  at: number,
): void {
  const before = pump.compressor;
  const { flowC } = circuit;
  const { powered, wanted, cooling, targetC, lockedOut } = orders;
  const after = nextCompressor(before, { at, wanted, powered, cooling, flowC, targetC, frost: pump.frost, lockedOut });
  pump.compressor = after;
  if (after.kind === "running" && before.kind === "stopped") {
    pump.starts += 1;
    pump.frequencyHz = startHz;
  }
  if (after.kind === "defrosting" && before.kind === "running") pump.defrosts += 1;
  let heatW = 0;
  let compressorW = 0;
  switch (after.kind) {
    case "stopped":
      pump.frequencyHz = 0;
      break;
    case "running": {
      modulate(pump, orders, flowC, seconds);
      const warm = 1 - Math.exp(-(at - after.since) / secondMs / rampS);
      const hz = pump.frequencyHz;
      const { outdoorC } = weather;
      if (cooling) {
        const coldW = coolingCapacityW(hz, outdoorC, flowC);
        heatW = -coldW * warm;
        compressorW = (coldW / coolingEer(hz, outdoorC, flowC)) * (startPowerShare + rampPowerShare * warm);
      } else {
        const fullW = heatingCapacityW(hz, outdoorC, flowC) * (1 - frostLossShare * Math.min(1, pump.frost));
        heatW = fullW * warm;
        compressorW = (fullW / heatingCop(hz, outdoorC, flowC)) * (startPowerShare + rampPowerShare * warm);
        pump.frost += frostPerS(outdoorC, weather.humidity, hz) * seconds;
      }
      break;
    }
    case "defrosting":
      pump.frequencyHz = defrostHz;
      heatW = defrostHeatW;
      compressorW = defrostElectricityW;
      pump.frost = Math.max(0, pump.frost - seconds / defrostS);
      break;
  }
  const boosterW = (orders.booster1 ? booster1W : 0) + (orders.booster2 ? booster2W : 0);
  pump.immersionW = orders.immersion ? immersionW : 0;
  pump.sourceW = heatW + boosterW;
  pump.electricityW = powered ? standbyW + orders.pumpW + compressorW + boosterW + pump.immersionW : 0;
  if (after.kind !== "stopped") pump.runS += seconds;
}

/** The inverter follows the flow temperature, not faster than it may and not below its lowest frequency. */
function modulate(pump: SimulatedHeatPump, orders: Orders, flowC: number, seconds: number): void {
  const belowTargetK = orders.cooling ? flowC - orders.targetC : orders.targetC - flowC;
  const rate = Math.min(fastestHzPerS, Math.max(-fastestHzPerS, belowTargetK * hzPerKPerS));
  const highest = Math.min(highestHz, orders.limitHz);
  pump.frequencyHz = Math.min(highest, Math.max(lowestHz, pump.frequencyHz + rate * seconds));
}
