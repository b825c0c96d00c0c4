import { fill } from "@heatloop/core/text/fill-text";
import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import { isOn, stateOf, textOf, type ValueSource } from "../../home-assistant/value.ts";
import type { TemperatureItem } from "../../look/control-item.ts";
import type { CurveTexts } from "../../text/curve/english.ts";
import type { Texts } from "../../text/languages/english.ts";

/** Whether a zone is heated by the compensation curve of the heat pump itself. */
export function followsOwnCurve(source: ValueSource): boolean {
  const modes = [textOf(source, "zone_1_operating_mode"), textOf(source, "zone_2_operating_mode")];
  return modes.some((mode) => /^heat.compensation.curve$/i.test(mode ?? ""));
}

/** The limits of the flow that the firmware's auto-adaptive control keeps; none where it is off. */
export function flowLimits(source: ValueSource, texts: Texts, curveTexts: CurveTexts): readonly TemperatureItem[] {
  if (isOn(source, "auto_adaptive") !== true) return [];
  const twoZones = source.entities.has("zone_2_operating_mode");
  const zones = twoZones ? ([1, 2] as const) : ([1] as const);
  return zones.flatMap((zone) => {
    const of = twoZones ? ` · ${fill(texts.zone, { zone })}` : "";
    return [
      limit(source, `heating_flow_temperature_max_zone_${zone}`, `${curveTexts.limit_max}${of}`),
      limit(source, `heating_flow_temperature_min_zone_${zone}`, `${curveTexts.limit_min}${of}`),
    ].filter((item) => item !== undefined);
  });
}

/** Undefined where there is no such number, or Home Assistant does not say how far it goes. */
function limit(source: ValueSource, id: HeatPumpEntity, label: string): TemperatureItem | undefined {
  const state = stateOf(source, id);
  const { min, max, step } = state?.attributes ?? {};
  if (state === undefined || typeof min !== "number" || typeof max !== "number") return undefined;
  const value = Number.parseFloat(state.state);
  return {
    kind: "number",
    id,
    entityId: state.entity_id,
    label,
    value: Number.isFinite(value) ? value : null,
    min,
    max,
    step: typeof step === "number" && step > 0 ? step : 0.5,
  };
}
