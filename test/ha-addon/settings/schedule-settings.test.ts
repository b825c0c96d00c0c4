import { pointOf } from "@heatloop/core/catalogue/points";
import { weekdays } from "@heatloop/core/time/weekdays";
import { scheduledPoints, scheduleEntrySchema } from "@heatloop/ha-addon/settings/schedule-settings";
import { check, mistakeLine } from "@heatloop/program/mistakes";
import { describe, expect, it } from "vitest";

const mistakesOf = (entry: object) => {
  const checked = check(scheduleEntrySchema, entry);
  return checked.ok ? [] : checked.mistakes.map(mistakeLine);
};

describe("an entry of the weekly schedule", () => {
  it("has a default for everything but its time and value", () => {
    expect(scheduleEntrySchema.parse({ at: "06:30", to: 21 })).toEqual({
      days: [...weekdays],
      at: "06:30",
      set: "room_setpoint_zone_1",
      to: 21,
    });
  });

  it("sets points that can be set", () => {
    for (const point of Object.values(scheduledPoints))
      expect([point, pointOf(point).part]).toEqual([point, "target_temperature"]);
  });

  it.each<[object, readonly string[]]>([
    [{ at: "24:00", to: 21 }, ['at: found "24:00"; allowed: a time such as 06:30']],
    [{ at: "6:30", to: 21 }, ['at: found "6:30"; allowed: a time such as 06:30']],
    [{ at: "06:30", to: 80 }, ["to: found 80; allowed: 8 to 28 degrees C"]],
    [{ at: "06:30", to: 90, set: "hot_water_setpoint" }, ["to: found 90; allowed: 40 to 60 degrees C"]],
    [
      { at: "06:30", to: 3, set: "hot_water_boost" },
      ["to: found 3; allowed: whole minutes from 5 to 480, or 0 to end it"],
    ],
    [
      { at: "06:30", to: 30.5, set: "hot_water_boost" },
      ["to: found 30.5; allowed: whole minutes from 5 to 480, or 0 to end it"],
    ],
    [{ at: "06:30", to: 0, set: "hot_water_boost" }, []],
    [
      { at: "x", days: [], to: "warm" },
      [
        "days: found a list; allowed: a list of from 1 to 7 entries",
        "at: found a text that is not shown here; allowed: a time such as 06:30",
        "to: found a text that is not shown here; allowed: a number: of degrees C, or of minutes for hot_water_boost",
      ],
    ],
  ])("%j", (entry, expected) => {
    expect(mistakesOf(entry)).toEqual(expected);
  });
});
