import type { Described } from "./dashboard.ts";
import { changes, overSteps } from "./influxql.ts";
import { bands, chart, table } from "./panels.ts";

function zoneOf(zone: 1 | 2) {
  const suffix = zone === 1 ? "" : " 2";
  return {
    [`Fed${suffix}`]: `last("room_feedback_zone_${zone}_c")`,
    [`Room${suffix}`]: `mean("zone_${zone}_room_temperature_c")`,
    [`Room${suffix} set-point`]: `last("zone_${zone}_room_setpoint_c")`,
  };
}

export const roomFeed: Described = {
  uid: "heatloop-room-feed",
  title: "Heatloop: room feed",
  description: "The room temperature that Heatloop feeds to the heat pump, and the state of the feed.",
  from: "now-7d/d",
  refresh: "1m",
  sections: [
    {
      title: "Temperatures",
      panels: [
        chart({
          title: "Zone 1",
          description:
            "Fed: what the heat pump was sent as its room temperature, as it reads it back. Room: what the controller uses. Rooms one by one are in Home Assistant, not in the log.",
          query: overSteps(zoneOf(1)),
          unit: "celsius",
          wide: 24,
          decimals: 1,
          step: "1m",
          drawn: "steps",
          names: Object.keys(zoneOf(1)),
        }),
        chart({
          title: "Zone 2",
          description: "The same of the second heating circuit; blank where there is none.",
          query: overSteps(zoneOf(2)),
          unit: "celsius",
          wide: 24,
          decimals: 1,
          step: "1m",
          drawn: "steps",
          names: Object.keys(zoneOf(2)),
        }),
        chart({
          title: "Flow set-point and outdoor temperature",
          description: "What the controller makes of it: the flow that it asks for, and how cold it is.",
          query: overSteps({
            "Flow set-point": 'last("zone_1_flow_setpoint_c")',
            Flow: 'mean("flow_temperature_c")',
            Outdoor: 'mean("outdoor_temperature_c")',
          }),
          unit: "celsius",
          wide: 24,
          decimals: 1,
          step: "1m",
          names: ["Flow set-point", "Flow", "Outdoor"],
        }),
      ],
    },
    {
      title: "State",
      panels: [
        bands({
          title: "State of the feed",
          description:
            "From each change to the next one. Blank before the first change in the range: choose a longer one to see the state before.",
          query: changes({ selected: { State: '"to"' }, what: "room_feed", groupBy: '"zone"' }),
          unit: "string",
          wide: 24,
          alias: "Zone $tag_zone",
        }),
        bands({
          title: "Where the heat pump takes the room temperature from",
          description: "The firmware's own setting, by each step's end.",
          query: overSteps({
            "Zone 1": 'last("room_source_zone_1")',
            "Zone 2": 'last("room_source_zone_2")',
          }),
          unit: "string",
          wide: 24,
          alias: "$col",
          step: "1m",
        }),
        table({
          title: "Changes of the feed",
          description: "The last 500 changes of its state, the newest first, with how long the state before lasted.",
          query: `${changes({
            selected: {
              Zone: '"zone"',
              From: '"from"',
              To: '"to"',
              Lasted: '"duration_s"',
              Room: '"zone_1_room_temperature_c"',
              Fed: '"room_feedback_zone_1_c"',
            },
            what: "room_feed",
          })} ORDER BY time DESC LIMIT 500`,
          unit: "celsius",
          wide: 24,
          decimals: 1,
          units: { Lasted: "s", Zone: "none" },
        }),
      ],
    },
  ],
};
