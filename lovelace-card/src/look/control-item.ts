import type { HeatPumpEntity } from "../home-assistant/entity-id.ts";
import type { TextKey } from "../text/languages/english.ts";

/** A service of Home Assistant that sets a value. */
export type Call = { readonly domain: string; readonly service: string; readonly data: Record<string, unknown> };

type Base<V> = {
  readonly id: HeatPumpEntity;
  readonly entityId: string;
  readonly label: string;
  /** What the heat pump reports; null where it is not known. */
  readonly value: V | null;
};
export type TemperatureItem = Base<number> & {
  /** `temperature`: the set-point of a climate entity; `number`: a number. */
  readonly kind: "temperature" | "number";
  readonly min: number;
  readonly max: number;
  readonly step: number;
};
export type ChoiceItem = Base<string> & {
  readonly kind: "choice";
  readonly options: readonly { readonly value: string; readonly label: string }[];
};
/** A boost with a duration; `value` is the duration that is on, or `off`. */
export type BoostItem = Base<string> & {
  readonly kind: "boost";
  readonly off: string;
  readonly durations: readonly string[];
  readonly isOn: boolean;
  /** When it ends, ms since the epoch; null where it is off, or has no end. */
  readonly until: number | null;
};
export type SwitchItem = Base<boolean> & { readonly kind: "switch" };

/** One setting of the heat pump. */
export type ControlItem = TemperatureItem | ChoiceItem | BoostItem | SwitchItem;
export type ControlValue = number | string | boolean;

/** What is asked before a value is set, and what the button is called that sets it. */
export type Question = { readonly ask: TextKey; readonly yes: TextKey };

/** The question before a value is set; undefined where it is set at once. `unit` is that of temperatures. */
export type QuestionOf = (item: ControlItem, value: ControlValue, unit: string) => Question | undefined;

/** The call that sets a value. */
export function callOf(item: ControlItem, value: ControlValue): Call {
  switch (item.kind) {
    case "temperature":
      return { domain: "climate", service: "set_temperature", data: { temperature: value } };
    case "number":
      return { domain: "number", service: "set_value", data: { value } };
    case "choice":
    case "boost":
      return { domain: "select", service: "select_option", data: { option: value } };
    case "switch":
      return { domain: "switch", service: value === true ? "turn_on" : "turn_off", data: {} };
  }
}

/** A set-point one step up or down: on the step's grid, within its range. */
export function stepped(item: TemperatureItem, from: number, direction: 1 | -1): number {
  const grid = from / item.step;
  const next = direction === 1 ? Math.floor(grid + 1e-6) + 1 : Math.ceil(grid - 1e-6) - 1;
  return Number(Math.min(item.max, Math.max(item.min, next * item.step)).toFixed(2));
}
