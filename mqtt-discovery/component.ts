import { deviceSlug } from "@heatloop/core/catalogue/device-slug";
import type { Component } from "@heatloop/core/catalogue/point";

/** Those of the firmware, and one of ours. */
export type Platform = Component | "event";

type EntityCategory = "config" | "diagnostic";

/** The topic on which `online` or `offline` shows whether an entity is available. */
export type Availability = readonly { readonly topic: string }[];

/**
 * One entity as Home Assistant's MQTT discovery takes it. It drops a key that it does not know without a word, so
 * every key is spelled out here. Source: the schemas of homeassistant/components/mqtt, 2026.11.
 */
export type DiscoveryComponent = {
  readonly platform: Platform;
  readonly unique_id: string;
  /** Platform and object id; Home Assistant takes it at the first registration only. */
  readonly default_entity_id: string;
  readonly name: string;
  /** Where it is another one than the device's. */
  readonly availability?: Availability;
  readonly entity_category?: EntityCategory;
  readonly enabled_by_default?: false;
  readonly device_class?: string;
  readonly state_class?: "measurement" | "total" | "total_increasing";
  readonly unit_of_measurement?: string;
  readonly suggested_display_precision?: number;
  readonly state_topic?: string;
  readonly value_template?: string;
  readonly last_reset_value_template?: string;
  readonly json_attributes_topic?: string;
  readonly json_attributes_template?: string;
  readonly command_topic?: string;
  readonly command_template?: string;
  readonly payload_install?: string;
  readonly options?: readonly string[];
  readonly event_types?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly mode?: "box" | "slider";
  readonly modes?: readonly string[];
  readonly mode_state_topic?: string;
  readonly mode_state_template?: string;
  readonly action_topic?: string;
  readonly action_template?: string;
  readonly current_temperature_topic?: string;
  readonly current_temperature_template?: string;
  readonly temperature_state_topic?: string;
  readonly temperature_state_template?: string;
  readonly temperature_command_topic?: string;
  readonly temperature_command_template?: string;
  readonly min_temp?: number;
  readonly max_temp?: number;
  readonly temp_step?: number;
  readonly precision?: 0.1;
  readonly temperature_unit?: "C";
};

/** The part of an entity that follows from its kind; the rest is who it is. */
export type Details = Omit<DiscoveryComponent, "platform" | "unique_id" | "default_entity_id" | "name">;

/** Who an entity is, over all devices: `sensor.<device>_<id>`, `climate.<device>_dhw`. */
export function identity(device: string, platform: Platform, id: string) {
  return {
    platform,
    unique_id: `heatloop_${device}_${id}`,
    default_entity_id: `${platform}.${deviceSlug(device)}_${id.replace(/_climate$/, "")}`,
  } as const;
}

/** Fields of a topic's JSON as attributes; none where an earlier version left its message without them. */
export function attributesOf(topic: string, fields: readonly string[]): Details {
  const attributes = fields.map((field) => `'${field}': value_json.${field} | default(none)`);
  return { json_attributes_topic: topic, json_attributes_template: `{{ {${attributes.join(", ")}} | tojson }}` };
}
