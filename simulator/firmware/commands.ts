import type { Language } from "@heatloop/core/catalogue/languages";
import { type PointId, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import { statesOf, textOf } from "@heatloop/core/catalogue/text-states";
import type { Setting } from "./settings.ts";

/** What the firmware does with a command. */
export type Command =
  | { readonly kind: "set"; readonly value: Setting }
  | { readonly kind: "press" }
  | { readonly kind: "ignored" };

const ignored: Command = { kind: "ignored" };
const floatText = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const longestText = 255;

/**
 * The firmware's rules: a number outside its range is rejected, not clamped; a climate's target is clamped; a select
 * takes the exact text of the device's language; a switch ON, OFF or TOGGLE in any case; a button exactly PRESS.
 * `before` is the present value, for TOGGLE.
 */
export function commandOf(
  point: PointId,
  payload: string,
  language: Language,
  before: Setting | undefined,
  cooling: boolean,
): Command {
  const { component, states } = pointOf(point);
  switch (component) {
    case "number": {
      const value = floatOf(payload);
      const { min, max } = rangeOf(point);
      return value !== undefined && value >= min && value <= max ? { kind: "set", value } : ignored;
    }
    case "climate": {
      const value = floatOf(payload);
      const { min, max } = climateRange(point, cooling);
      return value === undefined ? ignored : { kind: "set", value: Math.min(max, Math.max(min, value)) };
    }
    case "select": {
      const value = states && statesOf(states).find((state) => textOf(states, state, language) === payload);
      return value === undefined ? ignored : { kind: "set", value };
    }
    case "switch":
      return switchCommand(payload, before);
    case "button":
      return payload === "PRESS" ? { kind: "press" } : ignored;
    case "text":
      return payload.length <= longestText ? { kind: "set", value: payload } : ignored;
    default:
      return ignored;
  }
}

/** As C's strtof: nothing may follow the number. */
function floatOf(payload: string): number | undefined {
  if (!floatText.test(payload)) return undefined;
  const value = Math.fround(Number(payload));
  return Number.isFinite(value) ? value : undefined;
}

/** The firmware keeps a flow set-point within 24 to 60 °C in heating and 5 to 25 °C in cooling. */
function climateRange(point: PointId, cooling: boolean): { readonly min: number; readonly max: number } {
  if (!point.endsWith("_flow_climate_target")) return rangeOf(point);
  return cooling ? { min: 5, max: 25 } : { min: 24, max: 60 };
}

function switchCommand(payload: string, before: Setting | undefined): Command {
  switch (payload.toUpperCase()) {
    case "ON":
      return { kind: "set", value: true };
    case "OFF":
      return { kind: "set", value: false };
    case "TOGGLE":
      return { kind: "set", value: before !== true };
    default:
      return ignored;
  }
}
