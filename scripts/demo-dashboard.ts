type Card = { readonly type: string; readonly [key: string]: unknown };

/** A dashboard of Home Assistant's own cards for the demo's heat pump; `device` is its entity ids' beginning. */
export function demoDashboard(device: string): { readonly views: readonly unknown[] } {
  const tile = (entity: string, name?: string): Card => ({ type: "tile", entity, ...(name !== undefined && { name }) });
  const sensor = (id: string, name?: string) => tile(`sensor.${device}_${id}`, name);
  const section = (heading: string, cards: readonly Card[]) => ({
    type: "grid",
    cards: [{ type: "heading", heading }, ...cards],
  });
  const history = (title: string, ids: readonly string[]): Card => ({
    type: "history-graph",
    title,
    hours_to_show: 6,
    entities: ids.map((id) => ({ entity: `sensor.${device}_${id}` })),
    grid_options: { columns: "full" },
  });
  return {
    views: [
      {
        type: "sections",
        title: "Heat pump",
        max_columns: 3,
        sections: [
          section("Now", [
            sensor("operation", "Operation"),
            sensor("compressor_frequency", "Compressor"),
            sensor("flow_temperature", "Flow"),
            sensor("return_temperature", "Return"),
            sensor("outdoor_temperature", "Outdoor"),
            sensor("dhw_temperature", "Hot water"),
            history("Temperatures", ["flow_temperature", "return_temperature", "dhw_temperature"]),
          ]),
          section("Today", [
            sensor("today_heat", "Heat"),
            sensor("today_electricity", "Electricity"),
            sensor("today_cop", "COP"),
            sensor("today_starts", "Starts"),
            sensor("yesterday_cop", "COP yesterday"),
            sensor("today_coverage", "Coverage"),
          ]),
          section("Rooms", [
            { type: "thermostat", entity: `climate.${device}_zone_1_room` },
            sensor("room_feed_zone_1", "Room feed"),
            sensor("room_feed_zone_1_sent", "Sent"),
            tile("climate.living_room_thermostat"),
            tile("climate.bedroom_thermostat"),
            tile("climate.kitchen_thermostat"),
          ]),
        ],
      },
    ],
  };
}
