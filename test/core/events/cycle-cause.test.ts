import { timelineOf } from "@heatloop/core/energy/timeline";
import { causeOf, type StopCause, type StopEvidence, withOutput } from "@heatloop/core/events/cycle-cause";
import { cyclesOf } from "@heatloop/core/events/cycles";
import { flowTargetC } from "@heatloop/core/events/stop-evidence";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch } from "#test/core/examples/example-day.ts";
import { minuteOf } from "#test/core/examples/example-minutes.ts";

const zone = romeZone();
const date = "2026-03-10";
const startAt = zone.startOf(date);

const set = {
  zone_1_flow_setpoint: 30,
  zone_1_operating_mode: "heat_flow_temperature",
  heat_pump_power: 60,
  fault_code: "No error",
};
const still: Stretch = { seconds: 600, operation: "standby", points: { ...set, flow_temperature: 28 } };
const run: Stretch = { seconds: 300, operation: "heating", heatW: 4000, points: { ...set, flow_temperature: 30 } };

function with_(stretch: Stretch, points: Stretch["points"], more: Partial<Stretch> = {}): Stretch {
  return { ...stretch, ...more, points: { ...stretch.points, ...points } };
}

function causeIn(minutes: readonly Minute[]): unknown {
  const { runs } = cyclesOf(timelineOf({ date, zone, minutes }));
  expect(runs).toHaveLength(1);
  return runs[0]?.stop;
}

describe("the cause of a stop", () => {
  const hot = with_(run, { flow_temperature: 32 });
  const off = with_(still, { operation_mode: "off" });
  const table: [string, readonly Stretch[], StopCause][] = [
    ["is an overshoot where the flow is past its target and heat still wanted", [still, hot, still], "overshoot"],
    [
      "is an overshoot in cooling where the flow is below its target",
      [still, with_(run, { flow_temperature: 16, zone_1_flow_setpoint: 18 }, { operation: "cooling" }), still],
      "overshoot",
    ],
    ["is the room where the controller wants nothing any more", [still, run, off], "room_satisfied"],
    ["is an overshoot where it is clear although nothing is wanted afterwards", [still, hot, off], "overshoot"],
    [
      "is the room where the flow was but a little over",
      [still, with_(run, { flow_temperature: 31 }), off],
      "room_satisfied",
    ],
    [
      "is the room where its contact opens",
      [still, with_(run, { in1_thermostat: 60 }), with_(still, { in1_thermostat: 0 })],
      "room_satisfied",
    ],
    [
      "is not inferred from a contact that nobody wired",
      [with_(still, { in1_thermostat: 0 }), with_(run, { in1_thermostat: 0 }), with_(still, { in1_thermostat: 0 })],
      "unexplained",
    ],
    [
      "is a defrost that was just over",
      [still, run, { seconds: 240, operation: "defrost", points: set }, with_(run, {}, { seconds: 60 }), still],
      "defrost",
    ],
    [
      "is the change-over where hot water begins",
      [still, run, with_(still, { operation_mode: "hot_water" })],
      "hot_water",
    ],
    [
      "is the change-over where hot water ends",
      [still, with_(run, {}, { operation: "hot_water" }), still],
      "hot_water",
    ],
    [
      "is the lock-out that was set before",
      [still, with_(run, { short_cycle_lockout: 60 }), with_(still, { short_cycle_lockout: 60 })],
      "lockout",
    ],
    ["is not the lock-out that came of it", [still, hot, with_(still, { short_cycle_lockout: 60 })], "overshoot"],
    ["is a person who switched it off", [still, hot, with_(off, { heat_pump_power: 0 })], "manual"],
    [
      "is a person who chose another mode",
      [still, run, with_(off, { zone_1_operating_mode: "cool_flow_temperature" })],
      "manual",
    ],
    [
      "is a person who turned the room down",
      [
        with_(still, { zone_1_room_setpoint: 21 }),
        with_(run, { zone_1_room_setpoint: 21 }),
        with_(off, { zone_1_room_setpoint: 18 }),
      ],
      "manual",
    ],
    ["is a fault", [still, hot, with_(still, { fault_code: "P6 1234" })], "fault"],
    ["is not known where there is no evidence", [still, run, still], "unexplained"],
  ];
  it.each(table)("%s", (_, stretches, cause) => {
    expect(causeIn(minutesOf(startAt, stretches))).toMatchObject({ cause });
  });

  it("is not the lock-out that ended when the run began", () => {
    const locked = with_(still, { short_cycle_lockout: 60 }, { seconds: 630 });
    const minutes = minutesOf(startAt, [locked, with_(hot, { short_cycle_lockout: 0 }, { seconds: 150 }), still]);
    const reported = minutes.map((minute, i) =>
      i === 10 ? { ...minute, points: { ...minute.points, short_cycle_lockout: 30 } } : minute,
    );
    expect(causeIn(reported)).toMatchObject({ cause: "overshoot" });
  });

  it.each([
    [24, 26, "manual"],
    [26, 24, "unexplained"],
  ])("in cooling, with the room set from %d to %d °C, is %s", (from, to, cause) => {
    const points = { zone_1_room_setpoint: from, zone_1_flow_setpoint: 30 };
    const cooling = with_(run, points, { operation: "cooling" });
    expect(
      causeIn(
        minutesOf(startAt, [with_(still, points), cooling, with_(still, { ...points, zone_1_room_setpoint: to })]),
      ),
    ).toMatchObject({ cause });
  });

  it("is nothing where the stop was not seen", () => {
    expect(causeIn(minutesOf(startAt, [still, hot]))).toBeNull();
  });

  it("is the target that came down, where it did", () => {
    const before = with_(run, { zone_1_flow_setpoint: 33 }, { seconds: 180 });
    expect(causeIn(minutesOf(startAt, [still, before, with_(hot, {}, { seconds: 120 }), still]))).toEqual({
      cause: "overshoot",
      reason: "target_lowered",
    });
  });

  it("is seen in the last minutes of the day before too", () => {
    const before: Stretch = { seconds: 240, operation: "defrost", points: set };
    const all = minutesOf(startAt - 300_000, [
      with_(run, {}, { seconds: 20 }),
      before,
      with_(run, {}, { seconds: 100 }),
      still,
    ]);
    const dayBefore = all.filter(({ at }) => at < startAt);
    const minutes = all.filter(({ at }) => at >= startAt);
    const [seen] = cyclesOf(timelineOf({ date, zone, minutes, dayBefore })).runs;
    expect(seen).toMatchObject({ from: startAt, startSeen: false, stop: { cause: "defrost" } });
  });

  it("is seen in the first minutes of the next day too", () => {
    const from = zone.endOf(date) - 14 * minuteMs;
    const all = minutesOf(from, [still, with_(run, {}, { seconds: 230 }), off]);
    const minutes = all.filter(({ at }) => at < zone.endOf(date));
    const nextDay = all.filter(({ at }) => at >= zone.endOf(date));
    const [seen] = cyclesOf(timelineOf({ date, zone, minutes, nextDay })).runs;
    expect(seen).toMatchObject({ to: from + 830_000, endSeen: true, stop: { cause: "room_satisfied" } });
  });
});

describe("an overshoot", () => {
  const evidence: StopEvidence = {
    flowPastTargetK: 2,
    targetMovedK: 0,
    nothingWanted: false,
    lockedBefore: false,
    lockedAfter: false,
    changedOver: false,
    defrosted: false,
    fault: false,
    setByHand: false,
  };
  const stop = causeOf(evidence);

  it.each([
    ["could not be avoided where the house takes less than the least output", 1500, 900, "minimum_output"],
    ["could be avoided where it takes more", 1500, 2000, null],
  ])("%s", (_, leastOutputW, needW, reason) => {
    expect(withOutput(stop, { leastOutputW, needW })).toEqual({ cause: "overshoot", reason });
  });

  it("keeps its cause where the output is not known, and other causes don't ask for it", () => {
    expect(withOutput(stop, null)).toEqual(stop);
    const defrosted = causeOf({ ...evidence, defrosted: true });
    expect(withOutput(defrosted, { leastOutputW: 1500, needW: 900 })).toEqual({ cause: "defrost", reason: null });
  });
});

describe("the flow target", () => {
  const minute = (points: Stretch["points"]) => ({ ...minuteOf(startAt, {}, points ?? {}), use: null });
  const both = { zone_1_flow_setpoint: 30, zone_2_flow_setpoint: 40 };
  it.each([
    ["is that of the only zone", { zone_1_flow_setpoint: 31 }, false, 31],
    ["is that of the zone at work", { ...both, multi_zone_status: "zone_1" }, false, 30],
    ["is the warmer one of two in heating", { ...both, multi_zone_status: "both" }, false, 40],
    ["is the colder one of two in cooling", { zone_1_flow_setpoint: 16, zone_2_flow_setpoint: 18 }, true, 16],
    ["is not known without a set-point", {}, false, null],
  ])("%s", (_, points, cooling, expected) => expect(flowTargetC(minute(points), cooling)).toBe(expected));
});
