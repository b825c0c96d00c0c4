/** Tells Home Assistant's frontend something; it listens at the root of the page. */
export function fire(from: EventTarget, type: string, detail: object): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}

/** Opens Home Assistant's dialog of an entity. */
export function showMoreInfo(from: EventTarget, entityId: string | undefined): void {
  if (entityId !== undefined) fire(from, "hass-more-info", { entityId });
}
