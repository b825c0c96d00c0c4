import { energyView } from "@heatloop/lovelace-card/views/energy/view-energy";
import { cardView } from "../card-view.ts";

/** Heat, electricity, COP and cost: as on the card. */
export const element = cardView(energyView);
