import { columnOfDay, type DayColumns, type EnergyColumn } from "./day-columns.ts";
import { operations } from "./operation.ts";
import { newRowArrays, type RowArrays } from "./row-arrays.ts";

/** Rated power of the electric heaters, W. */
export type HeaterPowers = {
  readonly immersionHeaterW: number;
  readonly boosterHeaterW: number;
  readonly boosterHeater2W: number;
};

/** Usual Ecodan cylinders: 3 kW immersion heater, booster heater of 2 and 4 kW. */
export const usualHeaters: HeaterPowers = { immersionHeaterW: 3000, boosterHeaterW: 2000, boosterHeater2W: 4000 };

export const standbyW = 20;
/** A mid-size outdoor unit. */
const compressorWPerHz = 20;
const minuteS = 60;

/** What the estimate is made of. */
export const estimateColumns: readonly EnergyColumn[] = [
  ...operations.map((operation) => `${operation}_s` as const),
  "compressor_frequency",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
  "pump_power",
];

/** What each row of a day has used by what is known of it, one array a quantity; only the proportions count. */
export type EstimatedUses = {
  /** Seconds of which the operation is known. */
  readonly knownS: Float64Array;
  /** Those of an operation that is not standby. */
  readonly runningS: Float64Array;
  /** Energy of the known time, Wh; standby of 20 W, and what follows. */
  readonly wh: Float64Array;
  readonly compressorWh: Float64Array;
  readonly boosterWh: Float64Array;
  readonly immersionWh: Float64Array;
  readonly pumpWh: Float64Array;
};

/** The compressor's electricity follows its frequency, a heater's its rated power, the pump tells its own. */
export function estimatedUses(day: DayColumns, heaters: HeaterPowers, arrays: RowArrays = newRowArrays): EstimatedUses {
  const { rows } = day;
  const column = (name: Parameters<typeof columnOfDay>[1]) => columnOfDay(day, name);
  const [heating, hotWater, cooling] = [column("heating_s"), column("hot_water_s"), column("cooling_s")];
  const [defrost, standby] = [column("defrost_s"), column("standby_s")];
  const [frequency, pump] = [column("compressor_frequency"), column("pump_power")];
  const [booster, booster2, immersion] = [
    column("booster_heater"),
    column("booster_heater_2"),
    column("immersion_heater"),
  ];
  const { boosterHeaterW, boosterHeater2W, immersionHeaterW } = heaters;
  const uses = {
    knownS: arrays(rows),
    runningS: arrays(rows),
    wh: arrays(rows),
    compressorWh: arrays(rows),
    boosterWh: arrays(rows),
    immersionWh: arrays(rows),
    pumpWh: arrays(rows),
  };
  for (let row = 0; row < rows; row += 1) {
    const runningS = orZero(heating[row]) + orZero(hotWater[row]) + orZero(cooling[row]) + orZero(defrost[row]);
    const knownS = runningS + orZero(standby[row]);
    const pumpWh = (orZero(pump[row]) * Math.min(minuteS, knownS)) / 3600;
    let compressorWh = 0;
    let boosterWh = 0;
    let immersionWh = 0;
    if (runningS > 0) {
      compressorWh = (orZero(frequency[row]) * compressorWPerHz * minuteS) / 3600;
      boosterWh = (orZero(booster[row]) * boosterHeaterW + orZero(booster2[row]) * boosterHeater2W) / 3600;
      immersionWh = (orZero(immersion[row]) * immersionHeaterW) / 3600;
    }
    uses.knownS[row] = knownS;
    uses.runningS[row] = runningS;
    uses.wh[row] = (knownS * standbyW) / 3600 + compressorWh + boosterWh + immersionWh + pumpWh;
    uses.compressorWh[row] = compressorWh;
    uses.boosterWh[row] = boosterWh;
    uses.immersionWh[row] = immersionWh;
    uses.pumpWh[row] = pumpWh;
  }
  return uses;
}

function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}
