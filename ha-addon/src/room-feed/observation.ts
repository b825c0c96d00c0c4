import type { RoomObservation } from "@heatloop/core/room-feed/room-health";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import type { TemperatureUnit } from "../home-assistant/config.ts";
import type { EntityState } from "../home-assistant/entity-state.ts";

/** A room's entity as it is read: the observation, and what people see beside it. */
export type RoomReading = {
  readonly observation: RoomObservation;
  /** The temperature as Home Assistant has it, in its unit; null where there is none. */
  readonly rawValue: number | string | null;
  /** Home Assistant's name of the entity; null where it does not exist. */
  readonly name: string | null;
};

/**
 * What an entity reports of its room. A `climate` has the temperature in `current_temperature` and its set-point in
 * `temperature`, both in Home Assistant's unit system; a `sensor` in its state and `unit_of_measurement` (Home
 * Assistant's unit where it has none). `undefined` is an entity that does not exist.
 */
export function readRoom(
  entity: string,
  state: EntityState | undefined,
  unit: TemperatureUnit | undefined,
): RoomReading {
  if (state === undefined) return { observation: none({ code: "no_entity" }), rawValue: null, name: null };
  const { friendly_name: friendlyName } = state.attributes;
  const name = typeof friendlyName === "string" && friendlyName !== "" ? friendlyName : null;
  if (state.state === "unavailable") return { observation: none({ code: "unavailable" }), rawValue: null, name };
  return { ...(entity.startsWith("climate.") ? readClimate(state, unit) : readSensor(state, unit)), name };
}

type Measured = Omit<RoomReading, "name">;

function readClimate({ state, attributes, lastReported }: EntityState, unit: TemperatureUnit | undefined): Measured {
  const raw = attributes.current_temperature ?? null;
  const temperature = numberOf(raw);
  if (temperature === null) {
    return { observation: none({ code: "no_current_temperature" }), rawValue: shown(raw) };
  }
  if (unit === undefined) return { observation: none({ code: "unit_unknown" }), rawValue: temperature };
  const setpoint = numberOf(attributes.temperature);
  const setpointC = state === "off" ? "off" : setpoint === null ? null : celsius(setpoint, unit);
  const observation = temperatureOf(celsius(temperature, unit), setpointC, lastReported);
  return { observation, rawValue: temperature };
}

function readSensor({ state, attributes, lastReported }: EntityState, unit: TemperatureUnit | undefined): Measured {
  if (state === "unknown") return { observation: none({ code: "no_value" }), rawValue: null };
  const value = numberOf(state);
  if (value === null) return { observation: none({ code: "no_number" }), rawValue: shown(state) };
  const own = attributes.unit_of_measurement ?? unit;
  if (own === undefined) return { observation: none({ code: "unit_unknown" }), rawValue: value };
  if (own !== "°C" && own !== "°F" && own !== "K") {
    return { observation: none({ code: "other_unit", unit: String(own).slice(0, 20) }), rawValue: value };
  }
  return { observation: temperatureOf(celsius(value, own), null, lastReported), rawValue: value };
}

function none(reason: RoomReason): RoomObservation {
  return { kind: "none", reason };
}

function temperatureOf(temperatureC: number, setpointC: number | "off" | null, reportedAt: number): RoomObservation {
  return { kind: "temperature", temperatureC, setpointC, reportedAt };
}

const decimalNumber = /^[+-]?\d{1,10}(\.\d{1,20})?$/;

function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" && decimalNumber.test(value.trim()) ? Number(value) : null;
}

function shown(value: unknown): string | null {
  return typeof value === "string" ? value.slice(0, 40) : null;
}

function celsius(value: number, unit: TemperatureUnit | "K"): number {
  if (unit === "°C") return value;
  return unit === "K" ? value - 273.15 : ((value - 32) * 5) / 9;
}
