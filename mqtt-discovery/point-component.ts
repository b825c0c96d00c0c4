import { pointOf } from "@heatloop/core/catalogue/points";
import { type QuantityRow, quantities } from "@heatloop/core/catalogue/quantities";
import { climateDetails } from "./climate-component.ts";
import { type Details, type DiscoveryComponent, identity } from "./component.ts";
import { type Classes, classes, sensorClassesOf } from "./home-assistant.ts";
import { type EntityPoint, entityNameOf } from "./names.ts";
import { commandTopicOf, type EntitySource, stateTopicOf } from "./source.ts";
import {
  choiceTemplate,
  labelCommandTemplate,
  labelsOf,
  labelTemplate,
  numberCommandTemplate,
  numberTemplate,
  settingTemplate,
  textTemplate,
  valuesOf,
} from "./templates.ts";

/** The id of a point's entity: the point's own, a climate without its `_target`. */
export function entityIdOf(point: EntityPoint): string {
  return point.replace(/_climate_target$/, "_climate");
}

/** The entity of a point. */
export function pointComponent(point: EntityPoint, source: EntitySource): DiscoveryComponent {
  const { component, category } = pointOf(point);
  return {
    ...identity(source.device, component, entityIdOf(point)),
    name: entityNameOf(point),
    ...(category && { entity_category: category }),
    ...detailsOf(point, source),
  };
}

function detailsOf(point: EntityPoint, source: EntitySource): Details {
  const { component, quantity, deviceClass } = pointOf(point);
  const { device_class }: Classes = deviceClass === undefined ? classes[quantity] : { device_class: deviceClass };
  const kind = device_class === undefined ? {} : { device_class };
  const state = { state_topic: stateTopicOf(point, source) };
  const command = () => ({ command_topic: commandTopicOf(point, source) });
  switch (component) {
    case "sensor":
      return { ...state, ...sensorDetails(point, source) };
    case "binary_sensor":
      return { ...kind, ...state };
    case "number":
      return { ...kind, ...state, ...command(), ...numberDetails(point) };
    case "select":
      return { ...state, ...command(), ...selectDetails(point, source) };
    case "switch":
    case "text":
      return { ...state, ...command() };
    case "button":
      return { ...kind, ...command() };
    case "climate":
      return climateDetails(point, source);
    case "update":
      return { ...kind, ...state, ...command(), payload_install: "INSTALL" };
  }
}

function sensorDetails(point: EntityPoint, { language }: EntitySource): Details {
  const { quantity, states, decimals } = pointOf(point);
  if (states !== undefined) {
    return {
      device_class: "enum",
      options: valuesOf(states),
      value_template: choiceTemplate(states, language),
    };
  }
  const row: QuantityRow = quantities[quantity];
  if (row.kind !== "number") return { value_template: textTemplate };
  return {
    ...sensorClassesOf(point),
    ...unitOf(point),
    // The wire may carry more digits than the thing measured has.
    suggested_display_precision: Math.min(decimals ?? row.decimals, row.decimals),
    value_template: numberTemplate(point),
  };
}

function numberDetails(point: EntityPoint): Details {
  const { min = 0, max = 100, step = 1 } = pointOf(point);
  return {
    ...unitOf(point),
    min,
    max,
    step,
    mode: "box",
    value_template: settingTemplate(point),
    command_template: numberCommandTemplate(point),
  };
}

function selectDetails(point: EntityPoint, { language }: EntitySource): Details {
  const { states } = pointOf(point);
  if (states === undefined) return {};
  return {
    options: labelsOf(states),
    value_template: labelTemplate(states, language),
    command_template: labelCommandTemplate(states, language),
  };
}

function unitOf(point: EntityPoint): Pick<DiscoveryComponent, "unit_of_measurement"> {
  const { unit }: QuantityRow = quantities[pointOf(point).quantity];
  return unit === undefined ? {} : { unit_of_measurement: unit };
}
