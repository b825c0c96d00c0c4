import type { Clock } from "@heatloop/core/time/clock";
import type { CardConfig } from "../home-assistant/config.ts";
import type { HeatPumpEntity } from "../home-assistant/entity-id.ts";
import type { HeatPumpEntities } from "../home-assistant/find-entities.ts";
import type { Formats } from "../home-assistant/formats.ts";
import type { Hass } from "../home-assistant/hass.ts";
import type { Situation } from "../home-assistant/situation.ts";
import type { TextKey, Texts } from "../text/languages/english.ts";

/** What a view is given, anew at each change that concerns it. */
export type ViewInput = {
  readonly hass: Hass;
  readonly config: CardConfig;
  readonly heatPump: HeatPumpEntities;
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
