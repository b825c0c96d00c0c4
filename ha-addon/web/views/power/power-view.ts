import { powerView } from "@heatloop/lovelace-card/views/power/view-power";
import { cardView } from "../card-view.ts";

/** Electric power, heat and compressor frequency, with what the heat pump did: as on the card, from the minute log. */
export const element = cardView(powerView);
