import { cyclesView } from "@heatloop/lovelace-card/views/cycles/view-cycles";
import { cardView } from "../card-view.ts";

/** What ran when, and why runs were short: as on the card. */
export const element = cardView(cyclesView);
