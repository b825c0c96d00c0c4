import type { Clock } from "@heatloop/core/time/clock";
import { type AddonAnswer, askAddon } from "../../home-assistant/addon.ts";
import { type HeatPumpEntities, heatloopId } from "../../home-assistant/find-entities.ts";
import type { Hass } from "../../home-assistant/hass.ts";

/** A flow temperature at an outdoor temperature, °C. */
export type FlowPoint = { readonly outdoor_c: number; readonly flow_c: number };
export type SeenFlow = FlowPoint & { readonly minutes: number };
export type CurveZoneName = "zone_1" | "zone_2";

/** Of `GET api/devices/<id>/heating-curve` what the card reads; ha-addon/src/web/heating-curve.ts describes it. */
export type CurveAnswer = {
  readonly used: readonly SeenFlow[];
  readonly curves: Readonly<Record<CurveZoneName, readonly SeenFlow[]>>;
  readonly needed: {
    readonly points: readonly FlowPoint[];
    readonly suggested: { readonly cold: FlowPoint; readonly warm: FlowPoint };
    readonly gain: CurveGain | null;
    readonly room_c: number;
  } | null;
  readonly why_unknown: "too_few_days" | "too_little_cold" | "no_relation" | "no_steady_heating" | null;
  readonly assumptions: readonly CurveAssumptionName[];
};
export type CurveGain = {
  readonly lower_k: number;
  readonly electricity_share: number | null;
  readonly verdict: "lower" | "fits" | "higher";
};
export type CurveAssumptionName =
  | "exponent"
  | "room_temperature"
  | "coldest_seen"
  | "beyond_seen"
  | "zones_together"
  | "share_of_carnot";

/** The heating curve of the last year. Never rejected. */
export function loadCurve(hass: Hass, clock: Clock, { device }: HeatPumpEntities): Promise<AddonAnswer<CurveAnswer>> {
  return askAddon(hass, clock, `api/devices/${encodeURIComponent(heatloopId(device) ?? "")}/heating-curve`);
}
