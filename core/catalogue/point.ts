import type { FirmwarePackage } from "./firmware-packages.ts";
import type { Language } from "./languages.ts";
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

/** A value that goes up and down around its mean, within `swing` of it, with a new turn about every `periodS` seconds. */
export type Wave = { readonly mean: number; readonly swing: number; readonly periodS: number };

/** One thing that the heat pump reports or takes: everything that the programs know of it, but how physics moves it. */
export type Point = {
  /** The firmware's English name; its MQTT object id follows from it (topics.ts). */
  readonly name: string;
  /** Its names in the firmware's other languages, where `firmware-names.ts` has none; English where absent. */
  readonly names?: Readonly<Partial<Record<Exclude<Language, "en">, string>>>;
  /** What its entity in Home Assistant is called, behind the device's name; the firmware's name where absent. */
  readonly entity?: string;
  /** The part of the firmware that it belongs to, so whether a heat pump may have it. */
  readonly package: FirmwarePackage;
  /** The zone that it belongs to; only those of zone 2 have it, which not every home heats. */
  readonly zone?: 2;
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
  /** As the firmware announces it. */
  readonly stateClass?: "total" | "total_increasing";
  /** The state class in Home Assistant where it has to differ from the firmware's; null is none. */
  readonly homeAssistantClass?: "total_increasing" | null;
  readonly category?: "diagnostic" | "config";
  /** Of a button, which has no state: the point of the same package by which it is known to be there. */
  readonly shownWith?: string;
  /**
   * What the simulated heat pump publishes where its physics has nothing to say: a value, or a wave. The first value of what
   * a person sets. Where absent: `absent`, or what is nearest to nothing (0, off, the first state, no text).
   */
  readonly simulated?: number | boolean | string | Wave;
} & (Logged | { readonly log?: never; readonly column?: never });

/** A value with a column of its own in the minute log. */
type Logged = {
  /** How the minute log sums it up: mean, last value, or seconds on. */
  readonly log: "mean" | "last" | "on";
  /** Which of the log's columns it is, from 1, after the figures. Never changed: a new one gets the next free number. */
  readonly column: number;
};
