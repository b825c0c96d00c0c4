import { timelineOf } from "@heatloop/core/energy/timeline";
import { curveChanges } from "@heatloop/core/events/flow-curve";
import { joinSettings, settingsOf } from "@heatloop/core/events/setting-changes";
import { minuteMs } from "@heatloop/core/time/durations";
import { nextDate } from "@heatloop/core/time/local-day";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch } from "#test/core/examples/example-day.ts";
import { minuteOf } from "#test/core/examples/example-minutes.ts";

const zone = romeZone();
const date = "2026-02-03";
const startAt = zone.startOf(date);

type Points = NonNullable<Stretch["points"]>;

function unchanged(minutes: number, points: Points): Stretch {
  return { seconds: minutes * 60, operation: "standby", points };
}

function day(stretches: readonly Stretch[], on = date) {
  return settingsOf(timelineOf({ date: on, zone, minutes: minutesOf(zone.startOf(on), stretches) }));
}

function changes(...stretches: readonly Stretch[]) {
  return joinSettings([day(stretches)]).map(({ point, from, to, at, notBefore }) => [
    point,
    from,
    to,
    (at - startAt) / minuteMs,
    (notBefore - startAt) / minuteMs,
  ]);
}

describe("changes of settings", () => {
  it.each<[string, Points, Points, unknown, unknown]>([
    ["dhw_setpoint", { dhw_setpoint: 48 }, { dhw_setpoint: 52.5 }, 48, 52.5],
    ["dhw_mode", { dhw_mode: "normal" }, { dhw_mode: "eco" }, "normal", "eco"],
    [
      "zone_1_operating_mode",
      { zone_1_operating_mode: "heat_flow_temperature" },
      { zone_1_operating_mode: "heat_compensation_curve" },
      "heat_flow_temperature",
      "heat_compensation_curve",
    ],
    ["zone_2_room_setpoint", { zone_2_room_setpoint: 20 }, { zone_2_room_setpoint: 21 }, 20, 21],
    [
      "room_source_zone_1",
      { room_source_zone_1: "room_thermostat" },
      { room_source_zone_1: "home_assistant" },
      "room_thermostat",
      "home_assistant",
    ],
    ["heat_pump_power", { heat_pump_power: 60 }, { heat_pump_power: 0 }, true, false],
    ["auto_adaptive", { auto_adaptive: 0 }, { auto_adaptive: 60 }, false, true],
  ])("of %s are seen with their time", (point, before, after, from, to) => {
    expect(changes(unchanged(60, before), unchanged(60, after))).toEqual([[point, from, to, 60, 60]]);
  });

  it("of a switch in the middle of a minute are dated by the first whole minute", () => {
    const table = changes(
      unchanged(10, { heat_pump_power: 60 }),
      unchanged(1, { heat_pump_power: 25 }),
      unchanged(10, { heat_pump_power: 0 }),
    );
    expect(table).toEqual([["heat_pump_power", true, false, 11, 10]]);
  });

  it("in a gap have the time that they lie in, and a gap alone is no change", () => {
    const gap = unchanged(120, { dhw_setpoint: null });
    expect(changes(unchanged(10, { dhw_setpoint: 48 }), gap, unchanged(10, { dhw_setpoint: 50 }))).toEqual([
      ["dhw_setpoint", 48, 50, 130, 10],
    ]);
    expect(changes(unchanged(10, { dhw_setpoint: 48 }), gap, unchanged(10, { dhw_setpoint: 48 }))).toEqual([]);
  });

  it("step by step within ten minutes are one, and none where it ends where it began", () => {
    const steps = [48, 49, 50, 51].map((dhw_setpoint) => unchanged(2, { dhw_setpoint }));
    expect(changes(...steps, unchanged(60, { dhw_setpoint: 51 }))).toEqual([["dhw_setpoint", 48, 51, 2, 2]]);
    expect(
      changes(
        unchanged(9, { dhw_setpoint: 48 }),
        unchanged(3, { dhw_setpoint: 55 }),
        unchanged(9, { dhw_setpoint: 48 }),
      ),
    ).toEqual([]);
    const later = [
      unchanged(60, { dhw_setpoint: 48 }),
      unchanged(60, { dhw_setpoint: 50 }),
      unchanged(60, { dhw_setpoint: 48 }),
    ];
    expect(changes(...later)).toHaveLength(2);
  });

  it("of a flow set-point are a person's only where nothing else moves it", () => {
    const fixed = { zone_1_operating_mode: "heat_flow_temperature", auto_adaptive: 0 };
    const moved = (points: Points) =>
      changes(
        unchanged(60, { ...points, zone_1_flow_setpoint: 30 }),
        unchanged(60, { ...points, zone_1_flow_setpoint: 35 }),
      );
    expect(moved(fixed)).toHaveLength(1);
    expect(moved({ zone_1_operating_mode: "heat_flow_temperature" })).toHaveLength(1);
    expect(moved({ ...fixed, auto_adaptive: 60 })).toEqual([]);
    expect(moved({ ...fixed, zone_1_operating_mode: "heat_compensation_curve" })).toEqual([]);
    expect(moved({ ...fixed, zone_1_operating_mode: "heat_target_temperature" })).toEqual([]);
  });

  it("don't take what a curve left behind for a person's", () => {
    const fixed = { zone_1_operating_mode: "heat_flow_temperature", auto_adaptive: 0 };
    const curve = { zone_1_operating_mode: "heat_compensation_curve", auto_adaptive: 0 };
    const table = changes(
      unchanged(60, { ...fixed, zone_1_flow_setpoint: 30 }),
      unchanged(60, { ...curve, zone_1_flow_setpoint: 36 }),
      unchanged(60, { ...fixed, zone_1_flow_setpoint: 34 }),
    );
    expect(table.map(([point]) => point)).toEqual(["zone_1_operating_mode", "zone_1_operating_mode"]);
  });

  it("over midnight and over days without a log are found when days are put together", () => {
    const first = day([unchanged(60, { dhw_setpoint: 48 })]);
    const empty = settingsOf(timelineOf({ date: nextDate(date), zone, minutes: [] }));
    const last = day([unchanged(60, { dhw_setpoint: 50 })], "2026-02-05");
    const [change] = joinSettings([first, empty, last]);
    expect(change).toMatchObject({
      point: "dhw_setpoint",
      from: 48,
      to: 50,
      at: zone.startOf("2026-02-05"),
      notBefore: startAt + 60 * minuteMs,
    });
    expect(joinSettings([first, empty, first])).toEqual([]);
  });

  it("are none of a heat pump that reports nothing", () => {
    const minutes = Array.from({ length: 5 }, (_, i) => minuteOf(startAt + i * minuteMs));
    expect(joinSettings([settingsOf(timelineOf({ date, zone, minutes }))])).toEqual([]);
  });
});

describe("a compensation curve", () => {
  const curveDay = (
    on: string,
    flowAt: (outdoorC: number) => number,
    mode = "heat_compensation_curve",
    outdoors: readonly number[] = [1, 2, 3, 4, 5, 6],
  ) =>
    day(
      outdoors.map((outdoor_temperature) =>
        unchanged(60, {
          zone_1_operating_mode: mode,
          outdoor_temperature,
          zone_1_flow_setpoint: Math.round(flowAt(outdoor_temperature) * 2) / 2,
        }),
      ),
      on,
    );
  const curve = (outdoorC: number) => 25 + 0.5 * (18 - outdoorC);
  const higher = (outdoorC: number) => curve(outdoorC) + 2;
  const dates = ["2026-02-03", "2026-02-04", "2026-02-05", "2026-02-06"];

  it("that stays the same is no change, whatever the weather", () => {
    expect(curveChanges(dates.map((on) => curveDay(on, curve)))).toEqual([]);
  });

  it("that is one step of the set-point off is no change", () => {
    const days = dates.map((on, i) => curveDay(on, (outdoorC) => curve(outdoorC) + (i < 2 ? 0 : 0.5)));
    expect(curveChanges(days)).toEqual([]);
  });

  it("that was moved is forgotten as it was before, at temperatures that come later too", () => {
    const days = dates.map((on, i) => {
      if (i < 1) return curveDay(on, curve);
      return curveDay(on, higher, undefined, i < 3 ? [1, 2, 3] : [4, 5, 6]);
    });
    expect(curveChanges(days)).toHaveLength(1);
  });

  it("that was moved is seen on the day, by how much", () => {
    const days = dates.map((on, i) => curveDay(on, i < 2 ? curve : higher));
    expect(curveChanges(days)).toEqual([{ zone: "zone_1", date: "2026-02-05", shiftK: 2 }]);
  });

  it("that was moved in the middle of a day is one change", () => {
    const mixed = (outdoorC: number) => curve(outdoorC) + (outdoorC <= 3 ? 0 : 2);
    const half = curveDay("2026-02-04", (outdoorC) => (curve(outdoorC) + higher(outdoorC)) / 2);
    for (const middle of [half, curveDay("2026-02-04", mixed)]) {
      const found = curveChanges([
        curveDay("2026-02-03", curve),
        middle,
        curveDay("2026-02-05", higher),
        curveDay("2026-02-06", higher),
      ]);
      expect(found).toHaveLength(1);
      expect(found[0]?.shiftK).toBeGreaterThan(0.9);
    }
  });

  it("is not looked for while the zone does not follow it", () => {
    const days = dates.map((on, i) => curveDay(on, i < 2 ? curve : higher, "heat_flow_temperature"));
    expect(curveChanges(days)).toEqual([]);
  });
});
