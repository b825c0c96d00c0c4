import { type Behaviour, behaviours } from "./thermostat.ts";

/** What a person can make go wrong on purpose. */
export type Misbehaviour =
  | { readonly kind: "thermostat"; readonly room: string; readonly behaviour: Behaviour }
  | { readonly kind: "fault"; readonly code: string | null }
  | { readonly kind: "power_cut"; readonly seconds: number }
  | { readonly kind: "connection_drop"; readonly seconds: number };

const help =
  'It takes {"thermostat":"bedroom","behaviour":"double"}, {"fault":"P6 1234"}, {"fault":null}, {"powerCutS":30} or {"dropConnectionS":30}.';
const longestS = 7 * 86_400;

/** The topic of requests for misbehaviour. */
export function commandTopicOf(prefix: string): string {
  return `${prefix}/simulator/command`;
}

/** Reads a message of the command topic; hands back a sentence where it is wrong. */
export function readMisbehaviour(payload: string, rooms: readonly string[]): Misbehaviour | string {
  let message: unknown;
  try {
    message = JSON.parse(payload);
  } catch {
    return `The simulator command is not JSON. ${help}`;
  }
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    return `The simulator command is not a JSON object. ${help}`;
  }
  const fields = new Map<string, unknown>(Object.entries(message));
  const keys = [...fields.keys()].sort().join(" ");
  switch (keys) {
    case "behaviour thermostat":
      return readThermostat(fields.get("thermostat"), fields.get("behaviour"), rooms);
    case "fault":
      return readFault(fields.get("fault"));
    case "powerCutS":
      return readSeconds("power_cut", "powerCutS", fields.get("powerCutS"));
    case "dropConnectionS":
      return readSeconds("connection_drop", "dropConnectionS", fields.get("dropConnectionS"));
    default:
      return `The simulator command has the fields "${keys}". ${help}`;
  }
}

function readThermostat(room: unknown, behaviour: unknown, rooms: readonly string[]): Misbehaviour | string {
  if (typeof room !== "string" || !rooms.includes(room)) {
    return `There is no thermostat ${JSON.stringify(room)}. There are: ${rooms.join(", ")}.`;
  }
  const known = behaviours.find((name) => name === behaviour);
  if (known === undefined) {
    return `A thermostat can't be ${JSON.stringify(behaviour)}. It can be: ${behaviours.join(", ")}.`;
  }
  return { kind: "thermostat", room, behaviour: known };
}

function readFault(code: unknown): Misbehaviour | string {
  if (code === null || code === "No error") return { kind: "fault", code: null };
  // As the firmware decodes it: a letter, a sign, a number.
  if (typeof code === "string" && /^([AbEFJLPU][1-9ABCDEFOHJLPU] \d{1,5}|Bad communication with unit)$/.test(code)) {
    return { kind: "fault", code };
  }
  return `${JSON.stringify(code)} is not a fault code. It looks like "P6 1234"; null clears the fault.`;
}

function readSeconds(kind: "power_cut" | "connection_drop", field: string, value: unknown): Misbehaviour | string {
  if (typeof value === "number" && value > 0 && value <= longestS) return { kind, seconds: value };
  return `${field} must be a number of seconds above 0 and at most ${longestS}.`;
}
