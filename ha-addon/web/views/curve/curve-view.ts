import { curveView } from "@heatloop/lovelace-card/views/curve/view-curve";
import { cardView } from "../card-view.ts";

/** The heating curve as it was used and set, and as the house needs it: as on the card. */
export const element = cardView(curveView);
