import { noSigns } from "@heatloop/core/live/operation";
import { type CurrentStates, type Edge, noCurrentStates, takeEdges } from "@heatloop/core/live/transition";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExampleReading, readingOf, signsOf } from "#test/core/examples/example-readings.ts";

function run(reported: readonly ExampleReading[]): { edges: Edge[]; states: CurrentStates } {
  let states = noCurrentStates;
  const edges: Edge[] = [];
  for (const each of reported) {
    const { after, edges: more } = takeEdges(states, readingOf(each));
    states = after;
    edges.push(...more);
  }
  return { edges, states };
}

/** `kind from>to duration`, one an edge. */
function shortOf(reported: readonly ExampleReading[], kind?: string): string[] {
  const { edges } = run(reported);
  return edges
    .filter((edge) => kind === undefined || edge.kind === kind)
    .map((edge) => `${edge.at / 1000} ${edge.kind} ${edge.from}>${edge.to} ${edge.durationS}`);
}

describe("an edge", () => {
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
  ])("is made by %s", (_what, reported, edges) => {
    expect(shortOf([...signsOf(0, "standby"), ...reported]).filter((e) => !e.includes(" operation standby"))).toEqual(
      edges,
    );
  });

  test("of points that nothing follows is none", () => {
    const before = run(signsOf(0, "heating")).states;
    expect(takeEdges(before, readingOf([1, "wifi_signal", -60]))).toEqual({ after: before, edges: [] });
  });
});

describe("going offline", () => {
  test("ends every state: what is reported afterwards makes no edge, and the next has no duration", () => {
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

  test("the last will of a device that never was online makes no edge", () => {
    expect(shortOf([[0, "online", false]])).toEqual([]);
  });
});

test("edges join up: each starts where the one before of its kind ended, and their durations are the time between", () => {
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
      const { edges } = run([[0, "online", true], ...all]);
      const offlineAt = (edge: Edge) => edge.kind === "online" && edge.to === "offline";
      for (const [i, edge] of edges.entries()) {
        expect(edge.from).not.toBe(edge.to);
        const previous = edges.slice(0, i).findLast((e) => e.kind === edge.kind || offlineAt(e));
        const joined = previous?.kind === edge.kind ? previous : undefined;
        expect(edge.from).toBe(joined?.to ?? edge.from);
        expect(edge.durationS).toBe(joined === undefined ? null : (edge.at - joined.at) / 1000);
      }
    }),
  );
});
