import type { PointId } from "../catalogue/points.ts";
import { parseReading, type Value } from "../catalogue/reading.ts";
import { commandTopic } from "../catalogue/topics.ts";
import type { FirmwareMessage } from "./f1p.ts";
import { f1pOperatingModes } from "./f1p-points.ts";

/** Where the F1p firmware takes a value, below `<prefix>/Command/`, and how it wants it; undefined: not this value. */
type F1pCommand = { readonly path: string; readonly payload: (value: Value) => string | undefined };

const decimal = (value: Value) => (typeof value === "number" ? String(value) : undefined);
const digit = (value: Value) => (typeof value === "boolean" ? (value ? "1" : "0") : undefined);
const power = (value: Value) => (typeof value === "boolean" ? (value ? "On" : "Standby") : undefined);
const hotWaterMode = (value: Value) => (value === "normal" ? "Normal" : value === "eco" ? "Eco" : undefined);

function operatingMode(value: Value): string | undefined {
  const isMode = typeof value === "string" && Object.hasOwn(f1pOperatingModes, value);
  return isMode ? f1pOperatingModes[value as keyof typeof f1pOperatingModes].commanded : undefined;
}

/** The room temperature goes with the compensation curve, as JSON; what is not in it stays as it is. */
function roomTemperature(zone: 1 | 2) {
  return (value: Value) =>
    typeof value === "number" ? JSON.stringify({ [`zone${zone}`]: { room_temperature: value } }) : undefined;
}

function zoneCommands(zone: 1 | 2): Partial<Record<PointId, F1pCommand>> {
  const path = `Zone${zone}`;
  return {
    [`zone_${zone}_room_climate_target`]: { path: `${path}/ThermostatSetpoint`, payload: decimal },
    [`zone_${zone}_flow_climate_target`]: { path: `${path}/FlowSetpoint`, payload: decimal },
    [`zone_${zone}_operating_mode`]: { path: `${path}/HeatingMode`, payload: operatingMode },
    [`zone_${zone}_prohibit_heating`]: { path: `${path}/ProhibitHeating`, payload: digit },
    [`zone_${zone}_prohibit_cooling`]: { path: `${path}/ProhibitCooling`, payload: digit },
    [`room_feedback_zone_${zone}`]: { path: "System/CompCurve", payload: roomTemperature(zone) },
  };
}

/** What can be set, by point. */
const commands: Partial<Record<PointId, F1pCommand>> = {
  dhw_climate_target: { path: "HotWater/Setpoint", payload: decimal },
  dhw_mode: { path: "HotWater/Mode", payload: hotWaterMode },
  force_dhw: { path: "HotWater/Boost", payload: digit },
  prohibit_dhw: { path: "HotWater/Prohibit", payload: digit },
  holiday_mode: { path: "System/HolidayMode", payload: digit },
  server_control: { path: "System/SvrControlMode", payload: digit },
  heat_pump_power: { path: "System/Power", payload: power },
  ...zoneCommands(1),
  ...zoneCommands(2),
};

/** The points that the F1p firmware takes commands for. */
export const f1pCommandPoints = Object.keys(commands) as readonly PointId[];

/** The topics on which commands for them come, in those of the gekkekoe firmware. */
export function f1pCommandTopics(prefix: string): readonly string[] {
  return f1pCommandPoints.map((point) => commandTopic(prefix, point, "en") as string);
}

/** A command of the gekkekoe firmware's as the F1p one takes it; undefined where it is none, or its value is no such. */
export function f1pCommand(prefix: string, topic: string, payload: string): FirmwareMessage | undefined {
  const point = f1pCommandPoints.find((each) => commandTopic(prefix, each, "en") === topic);
  const command = point && commands[point];
  if (command === undefined) return undefined;
  const reading = parseReading(topic.replace(/\/command$/, "/state"), payload, 0);
  const text = reading && command.payload(reading.value);
  return text === undefined ? undefined : { topic: `${prefix}/Command/${command.path}`, payload: text };
}
