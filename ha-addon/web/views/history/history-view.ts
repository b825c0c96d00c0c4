import { temperaturesView } from "@heatloop/lovelace-card/views/temperatures/view-temperatures";
import { cardView } from "../card-view.ts";

/** Temperatures, with what the heat pump did: as on the card, from the minute log. */
export const element = cardView(temperaturesView);
