import { fireEvent } from "custom-card-helpers";
import type { Action, Gesture } from "./config.ts";

/** What the frontend is asked to do: it knows all kinds of actions, asks back where it has to, and navigates. */
type ActionRequest = {
  readonly config: { readonly entity: string | undefined } & Readonly<Partial<Record<`${Gesture}_action`, Action>>>;
  readonly action: Gesture;
};

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: one more event of those that custom-card-helpers knows.
  interface HASSDomEvents {
    "hass-action": ActionRequest;
  }
}

/** Has the frontend do what a gesture is configured to do. */
export function requestAction(from: HTMLElement, request: ActionRequest): void {
  fireEvent(from, "hass-action", request);
}

/** Opens Home Assistant's dialog of an entity. */
export function showMoreInfo(from: HTMLElement, entityId: string | undefined): void {
  if (entityId !== undefined) fireEvent(from, "hass-more-info", { entityId });
}
