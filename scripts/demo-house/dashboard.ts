type Card = { readonly type: string; readonly [key: string]: unknown };

/** The demo's thermostats beside what Heatloop makes of them; `device` is the heat pump's entity ids' beginning. */
export function roomsDashboard(device: string): { readonly views: readonly unknown[] } {
  const tile = (entity: string, name?: string): Card => ({ type: "tile", entity, ...(name !== undefined && { name }) });
  const rooms = ["living_room", "bedroom", "kitchen"].map((room) => `climate.${room}_thermostat`);
  return {
    views: [
      {
        type: "sections",
        title: "Rooms",
        sections: [
          {
            type: "grid",
            cards: [
              { type: "heading", heading: "Thermostats" },
              ...rooms.map((entity) => ({ type: "thermostat", entity })),
            ],
          },
          {
            type: "grid",
            cards: [
              { type: "heading", heading: "Room feed" },
              tile(`sensor.${device}_room_feed_zone_1`, "Room feed"),
              tile(`sensor.${device}_room_feed_zone_1_sent`, "Sent"),
              { type: "thermostat", entity: `climate.${device}_zone_1_room` },
            ],
          },
        ],
      },
    ],
  };
}
