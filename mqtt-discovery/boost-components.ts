import { type DiscoveryComponent, identity } from "./component.ts";

/** A boost of the hot water with a duration as Home Assistant shows it, and asks for it. */

/** The boost of now; a `BoostState`, retained. */
export function boostTopic(device: string): string {
  return `heatloop/${device}/boost`;
}

/** Where a boost is asked for, in whole minutes from now; `0` or `off` ends it. */
export function boostCommandTopic(device: string): string {
  return `heatloop/${device}/boost/set`;
}

export type BoostState = {
  /** How long it is in all; 0: there is none. null: a person began one without a duration, or it is not known. */
  readonly minutes: number | null;
  /** When it ends, ISO 8601 with offset; null where there is no end. */
  readonly until: string | null;
};

/** The durations that people choose from, each with its minutes. */
const choices = { Off: 0, "30 min": 30, "1 h": 60, "2 h": 120, "4 h": 240 } as const;
const labelOfMinutes = Object.fromEntries(Object.entries(choices).map(([label, minutes]) => [minutes, label]));

export type BoostEntityId = "hot_water_boost" | "hot_water_boost_until";

/** The entities of the boost of a device, by their id; another duration than one of the choices is unknown there. */
export function boostComponents(device: string): Readonly<Record<BoostEntityId, DiscoveryComponent>> {
  return {
    hot_water_boost: {
      ...identity(device, "select", "hot_water_boost"),
      name: "Hot water boost",
      options: Object.keys(choices),
      state_topic: boostTopic(device),
      value_template: `{{ ${JSON.stringify(labelOfMinutes)}.get(value_json.minutes | string) }}`,
      command_topic: boostCommandTopic(device),
      command_template: `{{ ${JSON.stringify(choices)}[value] }}`,
    },
    hot_water_boost_until: {
      ...identity(device, "sensor", "hot_water_boost_until"),
      name: "Hot water boost until",
      device_class: "timestamp",
      state_topic: boostTopic(device),
      value_template: "{{ value_json.until }}",
    },
  };
}
