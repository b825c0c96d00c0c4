import type { Clock } from "@heatloop/core/time/clock";
import type { CardConfig } from "../home-assistant/config.ts";
import type { HeatPumpEntity } from "../home-assistant/entity-id.ts";
import type { HeatPumpEntities } from "../home-assistant/find-entities.ts";
import type { Formats } from "../home-assistant/formats.ts";
import type { Hass } from "../home-assistant/hass.ts";
import type { Situation } from "../home-assistant/situation.ts";
import { type CardLanguage, languageOf } from "../text/language.ts";
import type { Texts } from "../text/languages/english.ts";

/** What a view is given, anew at each change that concerns it. */
export type ViewInput = {
  readonly hass: Hass;
  readonly config: CardConfig;
  readonly heatPump: HeatPumpEntities;
  readonly situation: Situation;
  readonly formats: Formats;
  readonly texts: Texts;
  /** The text of its tab, in the person's language. */
  readonly label: string;
  readonly clock: Clock;
};

/** A view is an element of its own: made when it is first looked at, and left to itself. */
export type ViewElement = HTMLElement & { input: ViewInput };

/** A figure with what it is of, as a person reads them. */
export type GlanceFigure = { readonly label: string; readonly figure: string; readonly unit: string };

/** What stands in place of a view where a person fixed so few rows that it would be cut off. */
export type Glance = {
  /** In rows of a section; with more the view itself is shown. */
  readonly upToRows: number;
  /** The entities by whose changes it is drawn anew. */
  readonly follows: readonly HeatPumpEntity[];
  /** The time that the figures are of; without it they are of this moment. */
  readonly of?: (input: ViewInput) => string;
  /** The most important ones first: as many as fit are shown, and none in part. */
  figures(input: ViewInput): readonly GlanceFigure[];
};

/** A view as its folder describes it; a new one is a folder and its place in `views.ts`. */
export type View = {
  /** As `views:` of the card's configuration has it. */
  readonly name: string;
  /** On its tab, in every language of the card. */
  readonly label: Readonly<Record<CardLanguage, string>>;
  readonly element: new () => ViewElement;
  /** The entities by whose changes it is drawn anew. */
  readonly follows: readonly HeatPumpEntity[];
  /** Without it the view itself is shown however few rows there are, and scrolls. */
  readonly glance?: Glance;
};

export function labelOf({ label }: Pick<View, "label">, language: string): string {
  return label[languageOf(language)];
}

/** Makes a view's element, which is defined with the first one: most views of a dashboard are never looked at. */
export function makeElement(view: View): ViewElement {
  const tag = tagOf(view);
  if (customElements.get(tag) === undefined) customElements.define(tag, view.element);
  return document.createElement(tag) as ViewElement;
}

/** The name of a view's element. */
export function tagOf({ name }: Pick<View, "name">): string {
  return `heatloop-${name}`;
}
