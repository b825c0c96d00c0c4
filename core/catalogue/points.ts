import type { Point } from "./point.ts";
import { asgardSensorsPoints } from "./points/asgard-sensors.ts";
import { asgardThermostatPoints } from "./points/asgard-thermostat.ts";
import { autoAdaptiveChoicesPoints } from "./points/auto-adaptive-choices.ts";
import { autoAdaptiveNumbersPoints } from "./points/auto-adaptive-numbers.ts";
import { baseControlsPoints } from "./points/base-controls.ts";
import { baseSensorsPoints } from "./points/base-sensors.ts";
import { baseStatesPoints } from "./points/base-states.ts";
import { baseTextsPoints } from "./points/base-texts.ts";
import { cpuMonitoringPoints } from "./points/cpu-monitoring.ts";
import { debugPoints } from "./points/debug.ts";
import { diagnosticsPoints } from "./points/diagnostics.ts";
import { controllerEnergyPoints } from "./points/energy.ts";
import { esp32s3Points } from "./points/esp32s3.ts";
import { otaPoints } from "./points/ota.ts";
import { requestCodesPoints } from "./points/request-codes.ts";
import { roomWatchdogPoints } from "./points/room-watchdog.ts";
import { slavePoints } from "./points/slave.ts";
import { wifiBasePoints } from "./points/wifi-base.ts";
import { zone1Points } from "./points/zone1.ts";
import { zone2Points } from "./points/zone2.ts";
import { type QuantityRow, quantities } from "./quantities.ts";

/**
 * The catalogue: every entity of the gekkekoe firmware, one row a value, in files by the firmware's packages. Sources: the
 * firmware's confs/*.yaml as ESPHome resolves them (165 entities), its optional packages, and the packages in esphome/. Where a
 * row stands means nothing.
 */
export const points = {
  ...baseSensorsPoints,
  ...baseStatesPoints,
  ...baseTextsPoints,
  ...baseControlsPoints,
  ...controllerEnergyPoints,
  ...cpuMonitoringPoints,
  ...requestCodesPoints,
  ...autoAdaptiveNumbersPoints,
  ...autoAdaptiveChoicesPoints,
  ...esp32s3Points,
  ...zone1Points,
  ...zone2Points,
  ...debugPoints,
  ...wifiBasePoints,
  ...asgardThermostatPoints,
  ...asgardSensorsPoints,
  ...slavePoints,
  ...otaPoints,
  ...roomWatchdogPoints,
  ...diagnosticsPoints,
} as const satisfies Record<string, Point>;

export type PointId = keyof typeof points;

export const pointIds = Object.keys(points) as PointId[];

/** The row of a point, typed as the general `Point`. */
export function pointOf(id: PointId): Point {
  return points[id];
}

/** Whether a text is the id of a point. */
export function isPointId(text: string): text is PointId {
  return Object.hasOwn(points, text);
}

/** The firmware's full poll of the heat pump: 21 requests, one each 500 ms. */
const pollS = 10.5;

/** Seconds between two publications of a point, or undefined where it is published on change only. */
export function everyS(id: PointId): number | undefined {
  const point = pointOf(id);
  if (point.every !== undefined) return point.every === "change" ? undefined : point.every;
  return point.component === "sensor" && quantities[point.quantity].kind === "number" ? pollS : undefined;
}

/**
 * How long a value stays valid, in seconds: three publications, so that a lost QoS 0 message
 * leaves no hole. A value published on change only stays valid as long as the device is online.
 */
export function holdS(id: PointId): number {
  const every = everyS(id);
  return every === undefined ? Number.POSITIVE_INFINITY : 3 * every;
}

/** How long an online device may publish nothing at all, in seconds, until nothing is known of it any more. */
export const silenceS = 60;

/** The smallest and largest plausible value of a numeric point. */
export function rangeOf(id: PointId): { readonly min: number; readonly max: number } {
  const point = pointOf(id);
  const quantity: QuantityRow = quantities[point.quantity];
  return {
    min: point.min ?? quantity.min ?? Number.NEGATIVE_INFINITY,
    max: point.max ?? quantity.max ?? Number.POSITIVE_INFINITY,
  };
}

/** The name of a point's column in people's CSV: the id with its unit (`flow_temperature_c`). */
export function columnOf(id: PointId): string {
  const point = pointOf(id);
  return point.log === "on" ? `${id}_s` : id + quantities[point.quantity].suffix;
}
