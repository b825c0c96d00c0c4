import type { SimulatedRoom } from "../physics/rooms.ts";

/** The topics of one room thermostat. */
export type ThermostatTopics = {
  readonly config: string;
  readonly temperature: string;
  readonly setpoint: string;
  readonly setpointCommand: string;
  readonly mode: string;
  readonly modeCommand: string;
  readonly attributes: string;
  readonly availability: string;
};

/** The topic on which the connection of all thermostats of a house is published. */
export function bridgeTopic(prefix: string): string {
  return `${prefix}-thermostats/bridge`;
}

export function thermostatTopics(prefix: string, room: SimulatedRoom): ThermostatTopics {
  const base = `${prefix}-thermostats/${room.id}`;
  return {
    config: `homeassistant/device/${nodeId(prefix)}_${room.id}_thermostat/config`,
    temperature: `${base}/temperature`,
    setpoint: `${base}/setpoint`,
    setpointCommand: `${base}/setpoint/set`,
    mode: `${base}/mode`,
    modeCommand: `${base}/mode/set`,
    attributes: `${base}/attributes`,
    availability: `${base}/availability`,
  };
}

/**
 * Home Assistant's device discovery payload of one thermostat: `climate.<room>_thermostat` and
 * `sensor.<room>_temperature`. Its attributes carry `last_seen`, so that a steady thermostat is seen to be alive.
 */
export function thermostatConfig(prefix: string, room: SimulatedRoom): string {
  const topics = thermostatTopics(prefix, room);
  const id = `${nodeId(prefix)}_${room.id}`;
  return JSON.stringify({
    device: {
      identifiers: [`${id}_thermostat`],
      name: `${room.name} thermostat`,
      manufacturer: "Heatloop",
      model: "Simulated room thermostat",
      suggested_area: room.name,
    },
    origin: { name: "Heatloop simulator" },
    availability: [
      { topic: bridgeTopic(prefix), payload_available: "online", payload_not_available: "offline" },
      { topic: topics.availability, payload_available: "online", payload_not_available: "offline" },
    ],
    availability_mode: "all",
    components: {
      thermostat: {
        platform: "climate",
        name: null,
        unique_id: `${id}_thermostat`,
        default_entity_id: `climate.${room.id}_thermostat`,
        modes: ["off", "heat"],
        mode_state_topic: topics.mode,
        mode_command_topic: topics.modeCommand,
        temperature_state_topic: topics.setpoint,
        temperature_command_topic: topics.setpointCommand,
        current_temperature_topic: topics.temperature,
        json_attributes_topic: topics.attributes,
        min_temp: 5,
        max_temp: 30,
        temp_step: 0.5,
        precision: 0.1,
        temperature_unit: "C",
      },
      temperature: {
        platform: "sensor",
        unique_id: `${id}_temperature`,
        default_entity_id: `sensor.${room.id}_temperature`,
        device_class: "temperature",
        state_class: "measurement",
        unit_of_measurement: "°C",
        suggested_display_precision: 1,
        state_topic: topics.temperature,
        json_attributes_topic: topics.attributes,
        force_update: true,
      },
    },
  });
}

function nodeId(prefix: string): string {
  return prefix.replace(/[^A-Za-z0-9_-]/g, "_");
}
