import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { timelineOf } from "@heatloop/core/energy/timeline";
import { heatingFlowOf, usedFlows } from "@heatloop/core/events/heating-flow";
import type { Operation } from "@heatloop/core/live/operation";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch } from "#test/core/examples/example-day.ts";

const zone = romeZone();
const date = "2026-02-03";

type Points = Partial<Record<PointId, Value>>;

const water = (flowC: number, returnC: number): Points => ({
  flow_temperature: flowC,
  return_temperature: returnC,
  flow_rate: 14,
  outdoor_temperature: 2,
});

function stretch(minutes: number, operation: Operation, heatW: number, points: Points): Stretch {
  return { seconds: minutes * 60, operation, heatW, points };
}

function flowOf(...stretches: readonly Stretch[]) {
  return heatingFlowOf(timelineOf({ date, zone, minutes: minutesOf(zone.startOf(date), stretches) }));
}

describe("flow temperatures that were heated with", () => {
  it("are means of the minutes that heated throughout, by whole degrees outdoors", () => {
    const { used } = flowOf(
      stretch(30, "heating", 6000, { ...water(36, 31), outdoor_temperature: -1.4 }),
      stretch(30, "heating", 4000, { ...water(34, 30), outdoor_temperature: -0.6 }),
      stretch(60, "heating", 3000, { ...water(30, 27), outdoor_temperature: 4.2 }),
    );
    expect(used).toEqual([
      { outdoorC: -1, flowC: 35, minutes: 60, heatWh: expect.closeTo(5000) },
      { outdoorC: 4, flowC: 30, minutes: 60, heatWh: expect.closeTo(3000) },
    ]);
  });

  it.each<[string, Stretch]>([
    ["hot water", stretch(30, "hot_water", 6000, water(50, 45))],
    ["a defrost", stretch(5, "defrost", -2000, water(20, 25))],
    ["standby", stretch(30, "standby", 0, water(26, 26))],
    ["a flow that is not known", stretch(30, "heating", 5000, { outdoor_temperature: 2 })],
    [
      "an outdoor temperature that is not known",
      stretch(30, "heating", 5000, { ...water(36, 31), outdoor_temperature: "" }),
    ],
  ])("are not those of %s", (_what, other) => {
    expect(flowOf(other).used).toEqual([]);
  });

  it("of several days are put together by their minutes", () => {
    const day = (flowC: number, minutes: number) => ({ outdoorC: 3, flowC, minutes, heatWh: 100 * minutes });
    expect(usedFlows([day(30, 30), { ...day(40, 5), outdoorC: -2 }, day(36, 60)])).toEqual([
      { outdoorC: -2, flowC: 40, minutes: 5, heatWh: 500 },
      { outdoorC: 3, flowC: 34, minutes: 90, heatWh: 9000 },
    ]);
  });
});

describe("steady heating", () => {
  it("begins an hour after water went round, and has what was put in over starts and stops", () => {
    const on = stretch(30, "heating", 6000, water(36, 31));
    const off = stretch(30, "standby", 0, water(27, 26));
    expect(flowOf(on, off, on, off, on, off).steady).toEqual({
      minutes: 120,
      heatW: expect.closeTo(3000),
      waterC: expect.closeTo(30),
      flowOverReturnK: expect.closeTo(3),
      roomC: null,
    });
  });

  it("begins anew after hot water, and after the pump stood", () => {
    const heats = stretch(90, "heating", 5000, water(35, 30));
    expect(flowOf(heats, stretch(30, "hot_water", 6000, water(50, 45)), heats).steady?.minutes).toBe(60);
    expect(flowOf(heats, stretch(1, "standby", 0, { flow_rate: 0 }), heats).steady?.minutes).toBe(60);
  });

  it("is not known where water never went round for longer than an hour", () => {
    const cycle = [stretch(20, "heating", 5000, water(35, 30)), stretch(20, "standby", 0, { flow_rate: 0 })];
    expect(flowOf(...cycle, ...cycle, ...cycle).steady).toBeNull();
  });

  it.each<[string, Points, number | null]>([
    ["that of the zone's own thermostat", { zone_1_room_temperature: 21, room_feedback_zone_1: 19 }, 21],
    [
      "what is fed where the firmware uses that",
      { room_source_zone_1: "home_assistant", zone_1_room_temperature: 23, room_feedback_zone_1: 20.5 },
      20.5,
    ],
    ["the mean of two zones", { zone_1_room_temperature: 22, zone_2_room_temperature: 20 }, 21],
    ["not that of a thermostat in no heated room", { zone_1_room_temperature: 4 }, null],
  ])("has as its room temperature %s", (_what, rooms, roomC) => {
    expect(flowOf(stretch(120, "heating", 5000, { ...water(35, 30), ...rooms })).steady?.roomC ?? null).toBe(roomC);
  });
});
