import { fill } from "@heatloop/core/text/fill-text";
import type { EntityIds, HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import { situationColors } from "../../home-assistant/situation.ts";
import { type ValueSource, valueAt } from "../../home-assistant/value.ts";
import type { RecordedLine } from "../../record/recorded-line.ts";
import type { Texts } from "../../text/languages/english.ts";

/** A line of the view "temperatures": an entity, its name and its colour; set-points are dashed and start switched off. */
export type TemperatureLine = RecordedLine & {
  readonly key: HeatPumpEntity;
  readonly color: string;
  readonly setpoint: boolean;
};

const colors = {
  flow: "var(--red-color, #f44336)",
  return: "var(--blue-color, #2196f3)",
  outdoor: "var(--blue-grey-color, #607d8b)",
  room: "var(--green-color, #4caf50)",
  room_2: "var(--teal-color, #009688)",
  tank: situationColors.hot_water,
} as const;

/** All that the lines may be made of. */
export const temperatureEntities = [
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "dhw_temperature",
  "zone_1_room_temperature",
  "zone_2_room_temperature",
  "room_feed_zone_1_sent",
  "room_feed_zone_2_sent",
  "zone_1_flow_setpoint",
  "zone_1_room_setpoint",
  "dhw_setpoint",
] as const satisfies readonly HeatPumpEntity[];

type Row = readonly [HeatPumpEntity, string, string, "setpoint"?];

/**
 * The lines that this heat pump has, in the order of the legend. All are in the unit of the first of them, or in Home
 * Assistant's, `homeUnit`, where that has none.
 */
export function temperatureLines(source: ValueSource, texts: Texts, homeUnit: string): readonly TemperatureLine[] {
  const { entities } = source;
  const zone = (number: 1 | 2) =>
    roomEntity(source, 2) === undefined ? texts.room : fill(texts.zone, { zone: number });
  const rows: readonly (Row | undefined)[] = [
    ["flow_temperature", texts.flow, colors.flow],
    ["return_temperature", texts.return, colors.return],
    roomRow(roomEntity(source, 1), zone(1), colors.room),
    roomRow(roomEntity(source, 2), zone(2), colors.room_2),
    ["outdoor_temperature", texts.outdoor, colors.outdoor],
    ["dhw_temperature", texts.tank, colors.tank],
    ["zone_1_flow_setpoint", texts.flow_setpoint, colors.flow, "setpoint"],
    ["zone_1_room_setpoint", texts.room_setpoint, colors.room, "setpoint"],
    ["dhw_setpoint", texts.hot_water_setpoint, colors.tank, "setpoint"],
  ];
  const known = rows.flatMap((row) => {
    const entityId = row && entityOf(source, entities, row[0]);
    return row === undefined || entityId === undefined ? [] : [{ row, entityId }];
  });
  const first = source.states[known[0]?.entityId ?? ""]?.attributes.unit_of_measurement;
  const unit = typeof first === "string" ? first : homeUnit;
  return known.map(({ row: [key, name, color, setpoint], entityId }) => {
    const noneAt = key.endsWith("_room_temperature") ? noThermostat(unit) : undefined;
    return { key, entityId, name, color, setpoint: setpoint !== undefined, unit, decimals: 1, noneAt };
  });
}

/** An entity that is registered and has a state; one that is disabled has none. */
function entityOf({ states }: ValueSource, entities: EntityIds, id: HeatPumpEntity): string | undefined {
  const entityId = entities.get(id);
  return entityId !== undefined && states[entityId] !== undefined ? entityId : undefined;
}

function roomRow(id: HeatPumpEntity | undefined, name: string, color: string): Row | undefined {
  return id === undefined ? undefined : [id, name, color];
}

/** What a zone's temperature is read from: Heatloop's room feed where it has one, else the zone's thermostat. */
function roomEntity(source: ValueSource, zone: 1 | 2): HeatPumpEntity | undefined {
  const sent = `room_feed_zone_${zone}_sent` as const;
  const own = `zone_${zone}_room_temperature` as const;
  if (valueAt(source, sent).kind === "number") return sent;
  const value = valueAt(source, own);
  if (value.kind === "missing") return zone === 1 && valueAt(source, sent).kind !== "missing" ? sent : undefined;
  if (zone === 2 && value.kind === "number" && value.value === noThermostat(value.unit)) return undefined;
  return own;
}

/** The controller reports 0 °C where a zone has no thermostat. */
function noThermostat(unit: string): number {
  return unit === "°F" ? 32 : 0;
}
