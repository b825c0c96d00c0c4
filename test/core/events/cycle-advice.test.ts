import { adviceOn, advisedSettings, type WholeDayRuns } from "@heatloop/core/events/cycle-advice";
import { type Cause, stopCauses } from "@heatloop/core/events/cycle-cause";
import { pauseChoicesMinutes, type Stops } from "@heatloop/core/events/stops";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

type Group = {
  readonly runs: number;
  readonly minutes?: number;
  readonly short?: number;
  readonly pauseMinutes?: number;
  readonly leastOutputW?: number;
  readonly needW?: number;
};

/** Stops of one cause, each after as long a run and before as long a pause. */
function stops(cause: Cause["cause"], reason: Cause["reason"], group: Group): Stops {
  const { runs, minutes = 30, short = 0, pauseMinutes = 40, leastOutputW, needW } = group;
  const pauses = (isUnder: boolean) => ({ count: isUnder ? runs : 0, seconds: isUnder ? runs * pauseMinutes * 60 : 0 });
  const sized = leastOutputW !== undefined && needW !== undefined;
  return {
    cause,
    reason,
    runs,
    seconds: runs * minutes * 60,
    shortRuns: short,
    pauses: { ...pauses(true), under: pauseChoicesMinutes.map((choice) => pauses(pauseMinutes < choice)) },
    sized: sized
      ? { count: runs, leastOutputW: leastOutputW * runs, needW: needW * runs }
      : { count: 0, leastOutputW: 0, needW: 0 },
  };
}

/** A day of these stops, in which it started as often. */
function dayOf(list: readonly Stops[], of: Partial<WholeDayRuns> = {}): WholeDayRuns {
  const starts = list.reduce((sum, { runs }) => sum + runs, 0);
  return { days: 1, starts, stops: list, heatingFlowC: 33, hasCooled: false, ...of };
}

describe("the runs of whole days", () => {
  const fine = stops("room_satisfied", null, { runs: 8, minutes: 90 });
  const short = (runs: number, of: number) => stops("overshoot", "minimum_output", { runs: of, short: runs });
  it.each([
    ["are long enough with 8 starts a day", dayOf([fine]), "none"],
    ["are too many with more", dayOf([fine], { starts: 9 }), "many_starts"],
    ["are long enough where a fifth of them is short", dayOf([short(1, 5)]), "none"],
    ["are too short where more of them are", dayOf([short(2, 8)]), "short_runs"],
    ["say nothing where they are fewer than five", dayOf([short(4, 4)]), null],
    ["say nothing where no day is whole", dayOf([fine], { days: 0 }), null],
  ] as const)("%s", (_, of, problem) => {
    expect(adviceOn(of).problem).toBe(problem);
  });

  it("are not advised on where nothing is wrong", () => {
    expect(adviceOn(dayOf([fine]))).toEqual({ problem: "none", advice: null });
  });
});

describe("the advice", () => {
  const adviceOf = (list: readonly Stops[], of: Partial<WholeDayRuns> = {}) => adviceOn(dayOf(list, of)).advice;
  const flow = { setting: "flow_setpoint", by: expect.any(Number), to: null, unit: "K" };
  it.each([
    [
      "on runs that the least output ends is a pause that halves the starts",
      [stops("overshoot", "minimum_output", { runs: 20, pauseMinutes: 15 })],
      { setting: "pause", change: "higher", by: null, to: 30, unit: "min", startsPerDayFewer: 10 },
    ],
    [
      "is a pause of at most an hour, and of what that spares",
      [stops("overshoot", "minimum_output", { runs: 12, pauseMinutes: 40 })],
      { setting: "pause", to: 60, startsPerDayFewer: 4 },
    ],
    [
      "on a flow that passes its target by itself is a target higher by what it halts at",
      [stops("overshoot", null, { runs: 20 })],
      { ...flow, change: "higher", by: 2, startsPerDayFewer: 20 },
    ],
    [
      "on targets that are lowered is to lower them more slowly",
      [stops("overshoot", "target_lowered", { runs: 20 })],
      { setting: "flow_setpoint_step", change: "lower", by: null, to: 1, unit: "K" },
    ],
    [
      "on a room thermostat that ends runs is a lower flow, by the share of time without them",
      [stops("room_satisfied", null, { runs: 12, minutes: 100, pauseMinutes: 20 })],
      { ...flow, change: "lower", by: 2, startsPerDayFewer: expect.closeTo(11.1, 1) },
    ],
    [
      "is at most 3 K at a time, and spares the part of the starts that it is of the way",
      [stops("room_satisfied", null, { runs: 20, minutes: 20, pauseMinutes: 40 })],
      { ...flow, change: "lower", by: 3, startsPerDayFewer: expect.closeTo(6.9, 1) },
    ],
    [
      "on a room thermostat is a pause where the house takes less than the least output",
      [stops("room_satisfied", null, { runs: 20, pauseMinutes: 15, leastOutputW: 3000, needW: 2000 })],
      { setting: "pause", to: 30 },
    ],
    [
      "on hot water that is made often is a tank that cools down further",
      [stops("hot_water", null, { runs: 6 }), stops("room_satisfied", null, { runs: 4 })],
      { setting: "dhw_max_temperature_drop", change: "higher", by: null, to: null, unit: null, startsPerDayFewer: 2 },
    ],
    [
      "is that for the commonest cause that a setting can change",
      [stops("unexplained", null, { runs: 10 }), stops("overshoot", null, { runs: 8 })],
      { cause: "overshoot", setting: "flow_setpoint" },
    ],
    [
      "on short runs is that for what ends the short ones",
      [
        stops("room_satisfied", null, { runs: 4, minutes: 90 }),
        stops("overshoot", "minimum_output", { runs: 3, short: 3, pauseMinutes: 15 }),
      ],
      { cause: "overshoot", reason: "minimum_output", startsPerDayFewer: 1.5 },
    ],
  ])("%s", (_, list, advice) => {
    expect(adviceOf(list)).toMatchObject(advice);
  });

  it.each(["fault", "manual", "defrost", "lockout", "unexplained"] as const)(
    "is none on stops by %s, which no setting is known to change",
    (cause) => {
      expect(adviceOf([stops(cause, null, { runs: 20 })])).toBeNull();
    },
  );

  it.each<[string, readonly Stops[], Partial<WholeDayRuns>]>([
    ["pauses are long already", [stops("overshoot", "minimum_output", { runs: 12, pauseMinutes: 60 })], {}],
    [
      "the tank is heated twice a day, each time between two runs",
      [stops("hot_water", null, { runs: 4 })],
      { starts: 9 },
    ],
    ["it cooled, and the flow ended the runs", [stops("overshoot", null, { runs: 20 })], { hasCooled: true }],
    ["it cooled, and the rooms ended the runs", [stops("room_satisfied", null, { runs: 20 })], { hasCooled: true }],
    [
      "what a setting could change is rare",
      [stops("unexplained", null, { runs: 20 }), stops("overshoot", null, { runs: 5 })],
      {},
    ],
  ])("is none where %s", (_, list, of) => {
    expect(adviceOf(list, of)).toBeNull();
  });

  it("begins with a step where the flow temperature is not known", () => {
    const list = [stops("room_satisfied", null, { runs: 20 })];
    expect(adviceOf(list, { heatingFlowC: null })).toMatchObject({ by: 1, startsPerDayFewer: null });
  });
});

describe("any advice", () => {
  const group = fc.record({
    cause: fc.constantFrom(...stopCauses),
    reason: fc.constantFrom("minimum_output" as const, "target_lowered" as const, null),
    runs: fc.integer({ min: 1, max: 200 }),
    minutes: fc.integer({ min: 1, max: 300 }),
    pauseMinutes: fc.integer({ min: 1, max: 600 }),
    leastOutputW: fc.integer({ min: 500, max: 5000 }),
    needW: fc.integer({ min: 0, max: 9000 }),
    shortOf: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const anyDays = fc
    .record({
      list: fc.uniqueArray(group, {
        maxLength: 8,
        selector: ({ cause, reason }) => (cause === "overshoot" ? reason : cause),
      }),
      days: fc.integer({ min: 0, max: 400 }),
      more: fc.integer({ min: 0, max: 50 }),
      heatingFlowC: fc.option(fc.double({ min: 10, max: 70, noNaN: true })),
      hasCooled: fc.boolean(),
    })
    .map(({ list, more, ...of }) => {
      const made = list.map(({ cause, reason, shortOf, ...each }) =>
        stops(cause, cause === "overshoot" ? reason : null, { ...each, short: Math.floor(shortOf * each.runs) }),
      );
      const { starts } = dayOf(made);
      return { ...dayOf(made, of), starts: starts + more };
    });

  it("spares some starts, never more than there are", () => {
    fc.assert(
      fc.property(anyDays, (of) => {
        const { advice, problem } = adviceOn(of);
        if (advice === null) return;
        expect(problem).not.toBe("none");
        if (advice.startsPerDayFewer === null) return;
        expect(advice.startsPerDayFewer).toBeGreaterThanOrEqual(0.5);
        expect(advice.startsPerDayFewer).toBeLessThanOrEqual(of.starts / of.days);
      }),
    );
  });

  it("is of one setting in one direction, by a step that a person can try", () => {
    fc.assert(
      fc.property(anyDays, (of) => {
        const { advice } = adviceOn(of);
        if (advice === null) return;
        expect(advisedSettings).toContain(advice.setting);
        expect(advice.by === null || (advice.by >= 1 && advice.by <= 3)).toBe(true);
        expect(advice.to === null || advice.unit !== "min" || advice.to <= 60).toBe(true);
        // A flow that passes its target is never answered by a lower one, nor a warm room by a higher one.
        if (advice.setting === "flow_setpoint") {
          expect(advice.change).toBe(advice.cause === "overshoot" ? "higher" : "lower");
          expect(of.hasCooled).toBe(false);
        }
      }),
    );
  });

  it("sees the same problem in whatever order the causes are", () => {
    fc.assert(
      fc.property(anyDays, (of) => {
        const problemOf = (list: readonly Stops[]) => adviceOn({ ...of, stops: list }).problem;
        expect(problemOf([...of.stops].reverse())).toBe(problemOf(of.stops));
      }),
    );
  });
});
