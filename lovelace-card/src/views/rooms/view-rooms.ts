import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import { lateView } from "../../look/late-view.ts";
import type { View } from "../../look/view.ts";
import { roomsGlance } from "../../readings/readings-glance.ts";

/** What it shows of the heat pump as Home Assistant has it. */
const roomEntities = [
  "room_feed_zone_1",
  "room_feed_zone_1_sent",
  "room_feed_zone_2",
  "room_feed_zone_2_sent",
] as const satisfies readonly HeatPumpEntity[];

/** On a tab of the card. */
export const roomsView = {
  name: "rooms",
  label: {
    en: "Room feed",
    de: "Raumtemperatur",
    nl: "Kamertemperatuur",
    da: "Rumtemperatur",
    no: "Romtemperatur",
    sv: "Rumstemperatur",
    it: "Temperatura ambiente",
    es: "Temperatura ambiente",
    fr: "Température ambiante",
    pl: "Temperatura pokojowa",
    sk: "Izbová teplota",
    fi: "Huonelämpötila",
  },
  element: lateView("heatloop-rooms-content", async () => (await import("./rooms-content.ts")).RoomsContent),
  follows: roomEntities,
  glance: roomsGlance,
} as const satisfies View;
