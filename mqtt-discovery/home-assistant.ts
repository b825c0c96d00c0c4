import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import type { Quantity } from "@heatloop/core/catalogue/quantities";
import type { DiscoveryComponent } from "./component.ts";

/** What Home Assistant calls a kind of value. Its unit is the catalogue's. */
export type Classes = {
  readonly device_class?: string;
  readonly state_class?: NonNullable<DiscoveryComponent["state_class"]>;
};

/**
 * Device class and state class of each quantity. A class takes certain units only, else Home Assistant refuses the
 * entity. Energy has no state class of its own: whether it is a meter depends on the point.
 */
export const classes = {
  temperature: { device_class: "temperature", state_class: "measurement" },
  // As plain temperature a difference of 5 K would be shown as 41 °F.
  temperature_difference: { device_class: "temperature_delta", state_class: "measurement" },
  power: { device_class: "power", state_class: "measurement" },
  kilowatts: { device_class: "power", state_class: "measurement" },
  energy: { device_class: "energy" },
  frequency: { device_class: "frequency", state_class: "measurement" },
  flow_rate: { device_class: "volume_flow_rate", state_class: "measurement" },
  rotation: { state_class: "measurement" },
  percent: { state_class: "measurement" },
  signal: { device_class: "signal_strength", state_class: "measurement" },
  hours: { device_class: "duration", state_class: "total_increasing" },
  minutes: { device_class: "duration", state_class: "measurement" },
  seconds: { device_class: "duration", state_class: "measurement" },
  milliseconds: { device_class: "duration", state_class: "measurement" },
  bytes: { device_class: "data_size", state_class: "measurement" },
  ratio: { state_class: "measurement" },
  count: { state_class: "measurement" },
  on_off: {},
  choice: { device_class: "enum" },
  text: {},
  json: { device_class: "firmware" },
  press: {},
} as const satisfies Record<Quantity, Classes>;

/**
 * The classes of a sensor. Two things differ from what the firmware itself announces (`homeAssistantClass`):
 * - Yesterday's totals have no state class. They are published once a day and are not a meter: as `total` Home Assistant
 *   would book their change from day to day as energy, and offer them on the energy dashboard.
 * - The daily estimated heat is `total_increasing`: as `total` its reset at midnight would take the day back.
 */
export function sensorClassesOf(point: PointId): Classes {
  const { quantity, stateClass, homeAssistantClass } = pointOf(point);
  const { device_class, state_class }: Classes = classes[quantity];
  const stated = homeAssistantClass === undefined ? (stateClass ?? state_class) : homeAssistantClass;
  return stated == null ? device(device_class) : { ...device(device_class), state_class: stated };
}

function device(device_class: string | undefined): Classes {
  return device_class === undefined ? {} : { device_class };
}
