import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { daySums } from "@heatloop/core/energy/day-sums";
import { gapsOf, mayBeBroker, withOnlineTransitions } from "@heatloop/core/energy/gaps";
import { signalQuality } from "@heatloop/core/energy/signal-quality";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

const day = { startAt: 0, passedAt: 24 * hourMs };

type What = "seen" | "blank" | "no flow" | "away";
type Stage = readonly [fromHour: number, what: What];

function minutesOf(stages: readonly Stage[], hours = 24) {
  return columnsOfMinutes(
    Array.from({ length: hours * 60 }, (_, i) => i * minuteMs).flatMap((at) => {
      const what = stages.findLast(([from]) => from * hourMs <= at)?.[1] ?? "away";
      if (what === "away") return [];
      if (what === "blank") return [minuteOf(at)];
      if (what === "no flow") return [minuteOf(at, { heating_s: 60 }, { flow_temperature: 35 })];
      const points = { flow_rate: 18, flow_temperature: 35, return_temperature: 30 };
      return [wholeMinute(at, "heating", { heatWh: 60, electricityWh: 20 }, points)];
    }),
  );
}

const hoursOf = (gaps: ReturnType<typeof gapsOf>) =>
  gaps.map(({ startAt, seconds, cause }) => `${startAt / hourMs}+${seconds / 3600} ${cause}`);

describe("the gaps of a day", () => {
  test.each<[string, readonly Stage[], readonly string[]]>([
    ["all seen", [[0, "seen"]], []],
    ["nothing logged at all", [], ["0+24 program_off"]],
    [
      "the program off at the begin, in the middle and at the end",
      [
        [1, "seen"],
        [8, "away"],
        [9, "seen"],
        [23, "away"],
      ],
      ["0+1 program_off", "8+1 program_off", "23+1 program_off"],
    ],
    [
      "rows of which nothing is known",
      [
        [0, "seen"],
        [10, "blank"],
        [12, "seen"],
      ],
      ["10+2 device_offline"],
    ],
    [
      "a device that publishes, but not its flow",
      [
        [0, "seen"],
        [10, "no flow"],
        [12, "seen"],
      ],
      ["10+2 sensor_silent"],
    ],
    ["a flow sensor that is not fitted", [[0, "no flow"]], ["0+24 sensor_unfitted"]],
    [
      "one after the other",
      [
        [0, "seen"],
        [4, "blank"],
        [5, "away"],
        [6, "no flow"],
        [7, "seen"],
      ],
      ["4+1 device_offline", "5+1 program_off", "6+1 sensor_silent"],
    ],
  ])("%s", (_what, stages, gaps) => {
    expect(hoursOf(gapsOf(minutesOf(stages), day))).toEqual(gaps);
  });

  test("have the minutes in which they begin and end, of which a bit is known still", () => {
    const points = { flow_rate: 18, flow_temperature: 35, return_temperature: 30 };
    const minutes = Array.from({ length: 1440 }, (_, i) => {
      if (i > 600 && i < 659) return minuteOf(i * minuteMs);
      const coveredS = i === 600 || i === 659 ? 21 : 60;
      return minuteOf(i * minuteMs, { covered_s: coveredS, heating_s: coveredS }, points);
    });
    expect(hoursOf(gapsOf(columnsOfMinutes(minutes), day))).toEqual(["10+1 device_offline"]);
    const without = minutes.filter((_, i) => i <= 600 || i >= 659);
    expect(hoursOf(gapsOf(columnsOfMinutes(without), day))).toEqual(["10+1 program_off"]);
  });

  test("of a running day end now, and the running minute is none", () => {
    const minutes = minutesOf([[0, "seen"]], 10);
    expect(gapsOf(minutes, { startAt: 0, passedAt: 10 * hourMs + 59_000 })).toEqual([]);
    expect(hoursOf(gapsOf(minutes, { startAt: 0, passedAt: 11 * hourMs }))).toEqual(["10+1 program_off"]);
  });
});

describe("a gap in which nothing arrived", () => {
  const gaps = gapsOf(
    minutesOf([
      [0, "seen"],
      [10, "blank"],
      [12, "seen"],
    ]),
    day,
  );
  const edge = (hour: number, to: string) => ({ at: hour * hourMs, kind: "online" as const, to });
  test.each([
    ["is the device's where it went offline then", [edge(10, "offline"), edge(12, "online")], "device_offline"],
    ["is the device's where the last will came a minute later", [edge(10.02, "offline")], "device_offline"],
    ["is the device's where it came back at the end", [edge(12, "online")], "device_offline"],
    ["is the broker's where the device was reported online", [edge(3, "offline"), edge(4, "online")], "broker_away"],
    ["is the broker's where the device only went later", [edge(20, "offline")], "broker_away"],
    ["is the broker's where no status was ever reported, but the day was seen", [], "broker_away"],
  ])("%s", (_what, edges, cause) => {
    expect(mayBeBroker(gaps)).toBe(true);
    expect(withOnlineTransitions(gaps, edges, true).map((gap) => gap.cause)).toEqual([cause]);
  });

  test("is the device's where nothing was seen all day", () => {
    expect(withOnlineTransitions(gapsOf(minutesOf([[0, "blank"]]), day), [], false)).toEqual([
      { startAt: 0, seconds: 86_400, cause: "device_offline" },
    ]);
  });
});

describe("the quality of a signal", () => {
  const minutes = minutesOf([
    [0, "seen"],
    [12, "no flow"],
    [18, "away"],
  ]);
  const quality = signalQuality(daySums(minutes), 1440);
  test("is the share of the minutes that knew it, those without a row included", () => {
    expect(quality).toMatchObject({ heat: 50, flow_rate: 50, operation: 75, flow_temperature: 75 });
  });

  test("is empty, not 0, for what is not there", () => {
    expect(quality).toMatchObject({ electricity_meter: null, outdoor_temperature: null, estimated_heat: null });
  });

  test("of a running day counts what has passed", () => {
    expect(signalQuality(daySums(minutesOf([[0, "seen"]], 6)), 360).flow_rate).toBe(100);
  });
});
