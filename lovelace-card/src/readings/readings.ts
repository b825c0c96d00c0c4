import { fill } from "@heatloop/core/text/fill-text";
import type { CardConfig } from "../home-assistant/config.ts";
import type { HeatPumpEntity } from "../home-assistant/entity-id.ts";
import type { Formats } from "../home-assistant/formats.ts";
import {
  type EntityValue,
  type Shown,
  shownPower,
  shownValue,
  stateOf,
  textOf,
  type ValueSource,
  valueAt,
  valueFrom,
} from "../home-assistant/value.ts";
import type { Texts } from "../text/languages/english.ts";
import { copOf, meteredCop, whyNotCounted } from "./cop-now.ts";

/** A figure of the view "now" and the place where the picture shows it. */
export type ShownReading = Shown & {
  readonly place: "outdoor" | "flow" | "return" | "difference" | "room" | "room_2" | "tank" | "figure";
  readonly label: string;
  /** Its set-point and what that is called; undefined where it has none, or none is known. */
  readonly target?: { readonly figure: string; readonly name: string } | undefined;
  readonly entityId: string | undefined;
};

/** What readings are made of with Heatloop. */
export const readingEntities = [
  "operation",
  "outdoor_temperature",
  "flow_temperature",
  "return_temperature",
  "dhw_temperature",
  "zone_1_room_temperature",
  "zone_2_room_temperature",
  "zone_1_flow_setpoint",
  "zone_1_room_setpoint",
  "zone_2_room_setpoint",
  "dhw_setpoint",
  "room_feed_zone_1",
  "room_feed_zone_2",
  "room_feed_zone_1_sent",
  "room_feed_zone_2_sent",
  "compressor_frequency",
  "heat_power",
  "electric_power",
  "cop",
  "today_cop",
  "flow_rate",
  "water_pump",
] as const satisfies readonly HeatPumpEntity[];

/** The firmware's own, which stand in where Heatloop's figures are not there. */
export const estimateEntities = [
  "estimated_output_power",
  "estimated_cop",
  "zone_1_room_climate",
  "zone_2_room_climate",
] as const satisfies readonly HeatPumpEntity[];

type Target = NonNullable<ShownReading["target"]>;
type Parts = {
  readonly source: ValueSource;
  readonly config: CardConfig;
  readonly formats: Formats;
  readonly texts: Texts;
};

/**
 * The figures of this moment. What each heat pump has is always there, with the reason where it is not known; what
 * only some have (a tank, a second zone, a power meter) is there where its entity is.
 */
export function readingsOf({ source, config, formats, texts }: Parts): readonly ShownReading[] {
  const readings: ShownReading[] = [];
  function add(place: ShownReading["place"], label: string, value: EntityValue, shown: Shown, target?: Target): void {
    readings.push({ place, label, ...shown, target, entityId: value.kind === "missing" ? undefined : value.entityId });
  }
  function temperature(place: ShownReading["place"], label: string, value: EntityValue, target?: Target): void {
    add(place, label, value, shownValue(value, 1, formats, texts), target);
  }
  function target(name: string, value: EntityValue): Target | undefined {
    const figure = targetText(value, formats);
    return figure === undefined ? undefined : { figure, name };
  }

  /** What follows from the heat pump's own counter: why it is not known. */
  function counted(value: EntityValue, shown: Shown): Shown {
    return value.kind === "unknown" ? { ...shown, reason: whyNotCounted(source, texts) } : shown;
  }

  const outdoor = valueAt(source, "outdoor_temperature");
  add("outdoor", texts.outdoor, outdoor, shownValue(outdoor, decimalsOf(outdoor), formats, texts));
  const [flow, back] = [valueAt(source, "flow_temperature"), valueAt(source, "return_temperature")];
  temperature("flow", texts.flow, flow, target(texts.flow_setpoint, valueAt(source, "zone_1_flow_setpoint")));
  temperature("return", texts.return, back);
  readings.push(...differenceOf(flow, back, formats));
  const room2 = roomOf(source, 2);
  const room = roomOf(source, 1);
  const zone = (number: number) => (room2 === undefined ? texts.room : fill(texts.zone, { zone: number }));
  if (room !== undefined) temperature("room", zone(1), room, target(texts.room_setpoint, roomTargetOf(source, 1)));
  if (room2 !== undefined) temperature("room_2", zone(2), room2, target(texts.room_setpoint, roomTargetOf(source, 2)));
  const tank = valueAt(source, "dhw_temperature");
  if (tank.kind !== "missing")
    temperature("tank", texts.tank, tank, target(texts.hot_water_setpoint, valueAt(source, "dhw_setpoint")));

  const compressor = valueAt(source, "compressor_frequency");
  add("figure", texts.compressor, compressor, shownValue(compressor, 0, formats, texts));
  const heat = firstOf(valueAt(source, "heat_power"), valueAt(source, "estimated_output_power"));
  add("figure", texts.heat, heat, shownPower(heat, formats, texts));
  const meter = config.electricPower;
  const electricity = meter === undefined ? valueAt(source, "electric_power") : valueFrom(source.states[meter]);
  if (electricity.kind !== "missing" || meter !== undefined) {
    add("figure", texts.electricity, electricity, counted(electricity, shownPower(electricity, formats, texts)));
  }
  const cop = meter === undefined ? copOf(source) : meteredCop(source, heat, electricity);
  const copToday = valueAt(source, "today_cop");
  if (cop.kind !== "number" && copToday.kind === "number") {
    add("figure", `${texts.cop} ${texts.today}`, copToday, shownValue(copToday, 2, formats, texts));
  } else add("figure", texts.cop, cop, counted(cop, shownValue(cop, 1, formats, texts)));
  const flowRate = valueAt(source, "flow_rate");
  if (flowRate.kind !== "missing") add("figure", texts.flow_rate, flowRate, shownValue(flowRate, 0, formats, texts));
  return readings;
}

/** Why figures are dashes, a sentence for each reason. */
export function reasonsOf(readings: readonly ShownReading[]): readonly string[] {
  const reasons = Map.groupBy(readings, ({ reason }) => reason);
  return [...reasons].flatMap(([reason, of]) =>
    reason === undefined ? [] : [`${of.map(({ label }) => label).join(", ")}: ${reason}`],
  );
}

/** Flow minus return; none where one of them is not known. */
function differenceOf(flow: EntityValue, back: EntityValue, formats: Formats): readonly ShownReading[] {
  if (flow.kind !== "number" || back.kind !== "number" || flow.unit !== back.unit) return [];
  const figure = formats.number(flow.value - back.value, 1);
  const unit = flow.unit === "°C" ? "K" : flow.unit;
  return [{ place: "difference", label: "ΔT", figure, unit, reason: undefined, entityId: undefined }];
}

/** A set-point without its unit, which is that of the temperature beside it. The controller reports 0 where it has none. */
function targetText(target: EntityValue, formats: Formats): string | undefined {
  return target.kind === "number" && target.value !== 0 ? formats.number(target.value, 1) : undefined;
}

/** The firmware without Heatloop has it at its thermostat alone. */
function roomTargetOf(source: ValueSource, zone: 1 | 2): EntityValue {
  const target = valueAt(source, `zone_${zone}_room_setpoint`);
  const thermostat = stateOf(source, `zone_${zone}_room_climate`);
  const value = thermostat?.attributes.temperature;
  if (target.kind !== "missing" || thermostat === undefined || typeof value !== "number") return target;
  return { kind: "number", entityId: thermostat.entity_id, value, unit: "" };
}

/** A zone's temperature: what its rooms amount to where Heatloop feeds them, else the zone's own thermostat. */
function roomOf(source: ValueSource, zone: 1 | 2): EntityValue | undefined {
  const feed = textOf(source, `room_feed_zone_${zone}`);
  const sent = valueAt(source, `room_feed_zone_${zone}_sent`);
  const own = valueAt(source, `zone_${zone}_room_temperature`);
  if (own.kind === "missing" && (sent.kind === "missing" || zone === 2)) return undefined;
  if ((feed === "ok" || feed === "degraded") && sent.kind === "number") return sent;
  // The controller reports 0.0 °C (32 °F) where the zone has no thermostat.
  if (own.kind === "number" && own.value === (own.unit === "°F" ? 32 : 0)) {
    return { kind: "unknown", entityId: own.entityId };
  }
  return own.kind === "missing" ? sent : own;
}

function firstOf(first: EntityValue, second: EntityValue): EntityValue {
  return first.kind === "missing" ? second : first;
}

// The firmware rounds the outdoor temperature; a tenth that was not measured is not shown.
function decimalsOf(value: EntityValue): number {
  return value.kind === "number" && !Number.isInteger(value.value) ? 1 : 0;
}
