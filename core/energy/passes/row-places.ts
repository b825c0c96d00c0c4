import type { i32 } from "./row-columns.ts";

// Positions in `energyColumns` (day-columns.ts); a test compares the two.
export const covered: i32 = 0;
export const heat: i32 = 1;
export const electricity: i32 = 2;
export const coolingWh: i32 = 3;
export const heatingWh: i32 = 4;
export const hotWaterWh: i32 = 5;
export const defrostWh: i32 = 6;
export const standbyWh: i32 = 7;
export const heatingS: i32 = 8;
export const hotWaterS: i32 = 9;
export const coolingS: i32 = 10;
export const defrostS: i32 = 11;
export const standbyS: i32 = 12;
export const coefficient: i32 = 18;
export const frequency: i32 = 19;
export const booster: i32 = 21;
export const booster2: i32 = 22;
export const immersion: i32 = 23;
export const flowRate: i32 = 30;
export const flowC: i32 = 31;
export const returnC: i32 = 32;
export const outdoorC: i32 = 33;
export const firmwareKwh: i32 = 35;
export const pump: i32 = 36;
export const columnCount: i32 = 37;

// Positions in the scratch of the passes. The results of `estimateUses` for each row:
export const knownS: i32 = 0;
export const runningS: i32 = 1;
export const estimateWh: i32 = 2;
export const compressorWh: i32 = 3;
export const boosterWh: i32 = 4;
export const immersionWh: i32 = 5;
export const pumpWh: i32 = 6;
/** The electricity that `distributeSteps` gives to the known and the unknown time of each row. */
export const knownWh: i32 = 7;
export const unknownWh: i32 = 8;
/** Of each step: its size, its first and last row, the estimate and the unknown seconds of its time. */
export const stepWh: i32 = 9;
export const stepFirst: i32 = 10;
export const stepLast: i32 = 11;
export const stepSeenWh: i32 = 12;
export const stepUnknownS: i32 = 13;
/** Of each stretch of minutes without a row: its start, its minutes, the step it belongs to; then its electricity. */
export const unseenFrom: i32 = 14;
export const unseenMinutes: i32 = 15;
export const unseenStep: i32 = 16;
export const unseenWh: i32 = 17;
/** The heat that one L/min and one K of each row carry, Wh. */
export const perLMin: i32 = 9;
export const perK: i32 = 10;
/** Of each span that only the firmware saw: see `FirmwareSpan`. */
export const spanFrom: i32 = 9;
export const spanTo: i32 = 10;
export const spanWh: i32 = 11;
export const spanCoolingShare: i32 = 12;
export const spanCertain: i32 = 13;
export const scratchColumns: i32 = 18;
