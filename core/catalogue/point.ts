import type { Quantity } from "./quantities.ts";
import type { StateSet } from "./text-states.ts";

/** Where ESPHome puts an entity on MQTT; text sensors are `sensor` there. */
export type Component =
  | "sensor"
  | "binary_sensor"
  | "number"
  | "select"
  | "switch"
  | "button"
  | "climate"
  | "text"
  | "update";

/** The sub-topics of a climate; only `target_temperature` obeys commands, the firmware ignores the mode. */
export type ClimatePart = "target_temperature" | "current_temperature" | "mode" | "action";

/** One thing that the heat pump reports or takes. */
export type Point = {
  /** The firmware's English name; its MQTT object id follows from it (topics.ts). */
  readonly name: string;
  readonly component: Component;
  readonly quantity: Quantity;
  readonly part?: ClimatePart;
  /** The language-free values of a `choice`. */
  readonly states?: StateSet;
  /** The plausible values, or those of a command; the quantity's own range where absent. */
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Decimals of the published text where they differ from the quantity's. */
  readonly decimals?: number;
  /** Seconds between two publications, or "change"; see `everyS`. */
  readonly every?: number | "change";
  /** What the controller reports where no sensor is fitted. */
  readonly absent?: number;
  readonly deviceClass?: "running" | "problem" | "restart";
  readonly stateClass?: "total" | "total_increasing";
  readonly category?: "diagnostic" | "config";
  /** How the minute log sums it up: mean, last value, or seconds on. */
  readonly log?: "mean" | "last" | "on";
};
