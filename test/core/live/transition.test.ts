import { noSigns } from "@heatloop/core/live/operation";
import { type CurrentStates, noCurrentStates, type StateChange, stateChanges } from "@heatloop/core/live/transition";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExampleReading, readingOf, signsOf } from "#test/core/examples/example-readings.ts";

function run(reported: readonly ExampleReading[]): { changes: StateChange[]; states: CurrentStates } {
  let states = noCurrentStates;
  const changes: StateChange[] = [];
  for (const each of reported) {
    const { after, changes: more } = stateChanges(states, readingOf(each));
    states = after;
    changes.push(...more);
  }
  return { changes, states };
}

/** `kind from>to duration`, one a change. */
function shortOf(reported: readonly ExampleReading[], kind?: string): string[] {
  const { changes } = run(reported);
  return changes
    .filter((change) => kind === undefined || change.kind === kind)
    .map((change) => `${change.at / 1000} ${change.kind} ${change.from}>${change.to} ${change.durationS}`);
}

describe("a change", () => {
  test("is not made by the first state, and the second does not know how long that lasted", () => {
    expect(shortOf(signsOf(0, "standby"))).toEqual([]);
    expect(shortOf([...signsOf(0, "standby"), ...signsOf(90_000, "heating")])).toEqual([
      "90 compressor off>on null",
      "90 operation standby>heating null",
    ]);
  });

  test("reports how long the state before lasted, from the second on", () => {
    const reported = ["standby", "heating", "hot_water", "defrost", "standby"].flatMap((o, i) =>
      signsOf(i * 60_000, o),
    );
    expect(shortOf(reported, "operation")).toEqual([
      "60 operation standby>heating null",
      "120 operation heating>hot_water 60",
      "180 operation hot_water>heating 60",
      "180 operation heating>defrost 0",
      "240 operation defrost>standby 60",
    ]);
    expect(shortOf(reported, "defrost")).toEqual(["180 defrost off>on null", "240 defrost on>off 60"]);
    expect(shortOf(reported, "hot_water")).toEqual(["120 hot_water off>on null", "180 hot_water on>off 60"]);
    expect(shortOf(reported, "compressor")).toEqual(["60 compressor off>on null", "240 compressor on>off 180"]);
  });

  test("of a compressor that starts before the mode is reported is one, from standby to heating", () => {
    const reported: ExampleReading[] = [
      ...signsOf(0, "standby"),
      [10_000, "three_way_valve", false],
      [60_000, "compressor", true],
      [62_000, "operation_mode", "heating"],
    ];
    expect(shortOf(reported, "operation")).toEqual(["62 operation standby>heating null"]);
  });

  test("is not made by a value that is unknown for a moment", () => {
    const reported: ExampleReading[] = [
      ...signsOf(0, "heating"),
      [1000, "compressor", null],
      [2000, "operation_mode", null],
      [3000, "fault_code", null],
      [4000, "compressor", true],
      [5000, "operation_mode", "heating"],
    ];
    expect(shortOf(reported)).toEqual([]);
  });

  test.each<[string, ExampleReading[], string[]]>([
    [
      "faults",
      [
        [0, "fault_code", "No error"],
        [5000, "fault_code", "U1 5000"],
        [65_400, "fault_code", "E9 1234"],
        [70_000, "fault_code", "No error"],
      ],
      ["5 fault none>U1 5000 null", "65.4 fault U1 5000>E9 1234 60", "70 fault E9 1234>none 5"],
    ],
    [
      "lockouts",
      [
        [0, "short_cycle_lockout", false],
        [5000, "short_cycle_lockout", true],
        [905_000, "short_cycle_lockout", false],
      ],
      ["5 lockout off>on null", "905 lockout on>off 900"],
    ],
    [
      "a clock that was set back, which makes no duration below zero",
      [
        [0, "defrost", false],
        [7_200_000, "defrost", true],
        [3_600_000, "defrost", false],
      ],
      ["7200 defrost off>on null", "3600 defrost on>off 0", "3600 operation defrost>standby 0"],
    ],
  ])("is made by %s", (_what, reported, changes) => {
    expect(shortOf([...signsOf(0, "standby"), ...reported]).filter((e) => !e.includes(" operation standby"))).toEqual(
      changes,
    );
  });

  test("of points that nothing follows is none", () => {
    const before = run(signsOf(0, "heating")).states;
    expect(stateChanges(before, readingOf([1, "wifi_signal", -60]))).toEqual({ after: before, changes: [] });
  });
});

describe("going offline", () => {
  test("ends every state: what is reported afterwards makes no change, and the next has no duration", () => {
    const reported: ExampleReading[] = [
      [0, "online", true],
      ...signsOf(0, "standby"),
      ...signsOf(60_000, "heating"),
      [100_000, "online", false],
      [400_000, "online", true],
      ...signsOf(401_000, "standby"),
      ...signsOf(460_000, "heating"),
      ...signsOf(520_000, "standby"),
    ];
    expect(shortOf(reported, "online")).toEqual(["100 online online>offline null", "400 online offline>online 300"]);
    expect(shortOf(reported, "operation").slice(1)).toEqual([
      "460 operation standby>heating null",
      "520 operation heating>standby 60",
    ]);
    expect(run(reported.slice(0, 8)).states.signs).toEqual(noSigns);
  });

  test("the last will of a device that never was online makes no change", () => {
    expect(shortOf([[0, "online", false]])).toEqual([]);
  });
});

test("changes join up: each starts where the one before of its kind ended, and their durations are the time between", () => {
  const reported = fc.record({
    gapS: fc.integer({ min: 0, max: 900 }),
    point: fc.constantFrom("compressor", "defrost", "operation_mode", "online", "short_cycle_lockout"),
    on: fc.constantFrom(true, false, null),
  });
  fc.assert(
    fc.property(fc.array(reported, { maxLength: 60 }), (entries) => {
      let at = 0;
      const all = entries.map(({ gapS, point, on }): ExampleReading => {
        at += gapS * 1000;
        if (point === "operation_mode") return [at, point, on === null ? null : on ? "heating" : "hot_water"];
        return [at, point as "defrost", point === "online" ? on !== false : on];
      });
      let states = noCurrentStates;
      const last = new Map<string, StateChange>();
      for (const each of [[0, "online", true], ...all] satisfies ExampleReading[]) {
        const { after, changes } = stateChanges(states, readingOf(each));
        states = after;
        for (const change of changes) {
          const before = last.get(change.kind);
          expect(change.from).not.toBe(change.to);
          expect(change.from).toBe(before?.to ?? change.from);
          expect(change.durationS).toBe(before === undefined ? null : (change.at - before.at) / 1000);
          last.set(change.kind, change);
        }
        // It ends every other state, also where it is told again.
        if (each[1] === "online" && each[2] === false)
          for (const kind of last.keys()) if (kind !== "online") last.delete(kind);
      }
    }),
  );
});
