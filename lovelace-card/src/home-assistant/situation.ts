import {
  type OperationSigns,
  type OperationState,
  operationOf,
  operationPoints,
  operations,
} from "@heatloop/core/live/operation";
import { type Drawn, operationColors } from "@heatloop/core/live/operation-colors";
import type { HeatPumpEntity } from "./entity-id.ts";
import { firmwareKey, rowOf } from "./firmware-key.ts";
import { firmwareModes } from "./firmware-points.ts";
import { isOn, numberOf, stateOf, textOf, type ValueSource } from "./value.ts";

/** What the heat pump is doing, as far as Home Assistant knows. */
export type Situation = OperationState | "offline";

/** What the situation follows from. */
export const situationEntities = [
  "operation",
  ...operationPoints,
  "flow_temperature",
] as const satisfies readonly HeatPumpEntity[];

/** Heatloop's own operation where it is there, else what the firmware's signs mean (core/live/operation.ts). */
export function situationOf(source: ValueSource): Situation {
  if (isOffline(source)) return "offline";
  const reported = textOf(source, "operation");
  return operations.find((operation) => operation === reported) ?? operationOf(signsOf(source));
}

/**
 * Whether all that the situation follows from is unavailable: the heat pump or Heatloop is offline. Of a heat pump that is
 * offline Heatloop's own operation is there, and unknown.
 */
function isOffline(source: ValueSource): boolean {
  const states = situationEntities.flatMap((id) => {
    const state = stateOf(source, id)?.state;
    return state === undefined || (id === "operation" && state === "unknown") ? [] : state;
  });
  return states.length > 0 && states.every((state) => state === "unavailable");
}

function signsOf(source: ValueSource): OperationSigns {
  const mode = textOf(source, "operation_mode");
  return {
    operation_mode: mode === null ? null : (rowOf(firmwareModes, firmwareKey("mode", mode)) ?? mode),
    compressor: isOn(source, "compressor"),
    compressor_frequency: numberOf(source, "compressor_frequency"),
    defrost: isOn(source, "defrost"),
    booster_heater: isOn(source, "booster_heater"),
    booster_heater_2: isOn(source, "booster_heater_2"),
    immersion_heater: isOn(source, "immersion_heater"),
    three_way_valve: isOn(source, "three_way_valve"),
  };
}

/**
 * The colours of what is drawn: those of core/live/operation-colors.ts, light or dark as the card is. A theme has its say by
 * `--heatloop-heating`, `--heatloop-hot-water` and so on.
 */
export const situationColors = Object.fromEntries(
  Object.entries({ ...operationColors, offline: operationColors.not_seen }).map(([name, { light, dark }]) => [
    name,
    `var(--heatloop-${name.replaceAll("_", "-")}, light-dark(${light}, ${dark}))`,
  ]),
) as Readonly<Record<Situation | Drawn, string>>;
