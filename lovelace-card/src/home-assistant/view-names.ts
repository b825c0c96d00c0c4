/** The views of the card in the order that a card without `views:` shows them. */
export const viewNames = ["now", "temperatures", "energy", "cycles", "control", "downloads"] as const;
export type ViewName = (typeof viewNames)[number];
