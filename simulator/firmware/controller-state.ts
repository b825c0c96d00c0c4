import type { Orders } from "../physics/heat-pump.ts";
import type { HotWater } from "../physics/hot-water.ts";
import type { ModeState } from "./mode.ts";

/** The heat pump's controller (FTC): its mode and its orders. */
export type Controller = {
  mode: ModeState;
  hotWater: HotWater;
  /** Whether each zone asks for heat or cold. */
  readonly zoneDemand: Uint8Array;
  /** Valves that are open now. */
  readonly zoneOpen: Uint8Array;
  readonly orders: Orders;
  /** Fault code as the firmware publishes it, or null. */
  fault: string | null;
  /** Short-cycle lockout and boost of the firmware. */
  lockedOut: boolean;
  boostK: number;
  legionellaWeek: number;
  /** Since when the compressor can't reach the target by itself, or null. */
  weakSince: number | null;
  readonly dropK: number;
  readonly legionellaC: number;
};
