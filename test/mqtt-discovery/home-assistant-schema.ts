/** What Home Assistant 2026.11 takes (homeassistant/components/mqtt/*.py, sensor/const.py): it drops the rest. */

export const topLevelKeys = [
  "device",
  "origin",
  "components",
  "availability",
  "availability_mode",
  "availability_topic",
  "availability_template",
  "payload_available",
  "payload_not_available",
  "state_topic",
  "command_topic",
  "message_expiry_interval",
  "qos",
  "encoding",
];

export const deviceKeys = [
  "identifiers",
  "connections",
  "name",
  "manufacturer",
  "model",
  "model_id",
  "hw_version",
  "sw_version",
  "serial_number",
  "suggested_area",
  "configuration_url",
  "via_device",
];

export const originKeys = ["name", "sw_version", "support_url"];

const common = [
  "platform",
  "unique_id",
  "default_entity_id",
  "name",
  "entity_category",
  "enabled_by_default",
  "icon",
  "availability",
  "json_attributes_topic",
  "json_attributes_template",
];

const keys: Readonly<Record<string, readonly string[]>> = {
  sensor: [
    "state_topic",
    "value_template",
    "device_class",
    "unit_of_measurement",
    "state_class",
    "suggested_display_precision",
    "last_reset_value_template",
    "options",
  ],
  binary_sensor: ["state_topic", "value_template", "device_class"],
  event: ["state_topic", "event_types"],
  number: [
    "state_topic",
    "value_template",
    "command_topic",
    "command_template",
    "device_class",
    "unit_of_measurement",
    "min",
    "max",
    "step",
    "mode",
  ],
  select: ["state_topic", "value_template", "command_topic", "command_template", "options"],
  switch: ["state_topic", "command_topic", "device_class"],
  button: ["command_topic", "device_class"],
  climate: [
    "modes",
    "mode_state_topic",
    "mode_state_template",
    "action_topic",
    "action_template",
    "current_temperature_topic",
    "current_temperature_template",
    "temperature_state_topic",
    "temperature_state_template",
    "temperature_command_topic",
    "temperature_command_template",
    "min_temp",
    "max_temp",
    "temp_step",
    "precision",
    "temperature_unit",
  ],
  text: ["state_topic", "command_topic"],
  update: ["state_topic", "command_topic", "payload_install", "device_class"],
};

const triggerKeys = ["platform", "automation_type", "topic", "value_template", "payload", "type", "subtype"];

export function componentKeys(platform: string): readonly string[] {
  if (platform === "device_automation") return triggerKeys;
  return [...common, ...(keys[platform] ?? [])];
}

/** The units that Home Assistant accepts for each device class that Heatloop uses. */
export const unitsOfDeviceClass: Readonly<Record<string, readonly string[]>> = {
  temperature: ["°C", "°F", "K"],
  temperature_delta: ["°C", "°F", "K"],
  power: ["mW", "W", "kW", "MW"],
  energy: ["Wh", "kWh", "MWh", "MJ", "GJ"],
  frequency: ["Hz", "kHz", "MHz", "GHz"],
  volume_flow_rate: ["m³/h", "m³/min", "m³/s", "L/h", "L/min", "L/s", "mL/s"],
  signal_strength: ["dB", "dBm"],
  duration: ["d", "h", "min", "s", "ms", "μs"],
  data_size: ["B", "kB", "MB", "KiB", "MiB"],
};

const total = ["total", "total_increasing"];
export const stateClassesOfDeviceClass: Readonly<Record<string, readonly string[]>> = {
  temperature: ["measurement"],
  temperature_delta: ["measurement"],
  power: ["measurement"],
  energy: total,
  frequency: ["measurement"],
  volume_flow_rate: ["measurement"],
  signal_strength: ["measurement"],
  duration: ["measurement", ...total],
  data_size: ["measurement", ...total],
  enum: [],
};
