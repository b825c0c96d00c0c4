import type { Operation } from "../live/operation.ts";

/** Electricity by operation, Wh; `unknown` is what no operation can be named for. */
export type ElectricityByPart = Record<Operation | "unknown", number>;

/** No electricity of any part. */
export function noElectricityByPart(): ElectricityByPart {
  return { heating: 0, hot_water: 0, cooling: 0, defrost: 0, standby: 0, unknown: 0 };
}

/** The electricity of all parts, Wh. */
export function totalUse(use: ElectricityByPart): number {
  return use.heating + use.hot_water + use.cooling + use.defrost + use.standby + use.unknown;
}
