import { expect } from "vitest";
import { bySteps, type Check, changesOf, expectChanges, expectSeries, mean } from "./checks.ts";

const last = (values: readonly (number | string)[]) => values.at(-1) ?? null;

/** What each panel of the room feed shows: the archive's rows and changes. */
export const roomFeed: Readonly<Record<string, Check>> = {
  "Zone 1": (rows, month) => {
    expectSeries(rows, "Fed", bySteps(month, ["room_feedback_zone_1_c"], last));
    expectSeries(rows, "Room", bySteps(month, ["zone_1_room_temperature_c"], mean));
    expectSeries(rows, "Room set-point", bySteps(month, ["zone_1_room_setpoint_c"], last));
  },
  "Zone 2": (rows, month) => {
    expectSeries(rows, "Fed 2", bySteps(month, ["room_feedback_zone_2_c"], last));
    // There is no second circuit: its room is not known, and so it is blank.
    for (const row of rows) expect([row["Room 2"], row["Room 2 set-point"]]).toEqual([null, null]);
  },
  "Flow set-point and outdoor temperature": (rows, month) => {
    expectSeries(rows, "Flow set-point", bySteps(month, ["zone_1_flow_setpoint_c"], last));
    expectSeries(rows, "Flow", bySteps(month, ["flow_temperature_c"], mean));
    expectSeries(rows, "Outdoor", bySteps(month, ["outdoor_temperature_c"], mean));
  },
  "State of the feed": (rows, month) =>
    expectChanges(rows, changesOf(month, ["room_feed"]), ({ to }) => ({ State: to, zone: "1" })),
  "Where the heat pump takes the room temperature from": (rows, month) => {
    expectSeries(rows, "Zone 1", bySteps(month, ["room_source_zone_1"], last));
    expectSeries(rows, "Zone 2", bySteps(month, ["room_source_zone_2"], last));
  },
  "Changes of the feed": (rows, month) =>
    expectChanges(rows, changesOf(month, ["room_feed"]).toReversed(), ({ from, to, durationS, zone, context }) => ({
      Zone: String(zone),
      From: from,
      To: to,
      Lasted: durationS,
      Room: context.zone_1_room_temperature as number | null,
      Fed: context.room_feedback_zone_1 as number | null,
    })),
};
