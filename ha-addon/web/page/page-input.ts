import type { Clock } from "@heatloop/core/time/clock";
import type { ViewInput } from "@heatloop/lovelace-card/look/view";
import type { Api } from "../api/api.ts";
import type { LiveData, LiveDevice } from "../live/live-data.ts";
import type { PageTexts } from "../text/languages/english.ts";
import type { PageSession } from "./session.ts";

/** What a view of the page is given, anew at each change. */
export type PageInput = {
  readonly live: LiveData;
  /** The chosen heat pump; undefined where none was found. */
  readonly device: LiveDevice | undefined;
  /** The same for the card's views; undefined where none was found. */
  readonly view: ViewInput | undefined;
  readonly texts: PageTexts;
  /** As the browser has it, such as `de-CH`. */
  readonly language: string;
  readonly api: Api;
  readonly session: PageSession;
  /** Asks who looks again: what a person did has changed it. */
  renewSession(): void;
  /** Heatloop's time, whatever the browser's clock says. */
  readonly clock: Clock;
};

/** A view of the page is an element of its own, made when it is first looked at. */
export type PageElement = HTMLElement & { input: PageInput };
