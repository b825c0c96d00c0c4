import type { Clock } from "@heatloop/core/clock";
import type { CardConfig } from "./config.ts";
import type { HeatPumpEntity } from "./entity-id.ts";
import type { HeatPump } from "./find-entities.ts";
import type { Formats } from "./formats.ts";
import type { Hass } from "./hass.ts";
import type { Situation } from "./situation.ts";
import type { TextKey, Texts } from "./texts/english.ts";

/** What a view is given, anew at each change that concerns it. */
export type ViewInput = {
  readonly hass: Hass;
  readonly config: CardConfig;
  readonly heatPump: HeatPump;
  readonly situation: Situation;
  readonly formats: Formats;
  readonly texts: Texts;
  readonly clock: Clock;
};

/** A view is an element of its own: made when it is first looked at, and left to itself. */
export type ViewElement = HTMLElement & { input: ViewInput };

/** A row of the table of views. */
export type View = {
  readonly label: TextKey;
  readonly tag: string;
  readonly element: new () => ViewElement;
  /** The entities whose changes it wants to hear of. */
  readonly follows: readonly HeatPumpEntity[];
};
