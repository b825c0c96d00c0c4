import { compressorSpans } from "@heatloop/core/events/runs";
import { minuteMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minutesOf, type Stretch } from "#test/core/examples/example-day.ts";
import { minuteOf } from "#test/core/examples/example-minutes.ts";

const startAt = Date.UTC(2026, 0, 15);
const standby = (seconds: number): Stretch => ({ seconds, operation: "standby" });
const heating = (seconds: number): Stretch => ({ seconds, operation: "heating", heatW: 5000 });

function spans(stretches: readonly Stretch[]) {
  return compressorSpans(minutesOf(startAt, stretches), Number.POSITIVE_INFINITY).map(
    ({ from, to, startSeen, endSeen }) => [(from - startAt) / 1000, (to - startAt) / 1000, startSeen, endSeen],
  );
}

describe("the runs of the compressor", () => {
  it("have their starts and stops to the second", () => {
    expect(spans([standby(130), heating(425), standby(245), heating(640), standby(300)])).toEqual([
      [130, 555, true, true],
      [800, 1440, true, true],
    ]);
  });

  it("are not seen to their ends where the log begins and ends", () => {
    expect(spans([heating(130), standby(200), heating(150)])).toEqual([
      [0, 130, false, true],
      [330, 480, true, false],
    ]);
    expect(spans([heating(600)])).toEqual([[0, 600, false, false]]);
    expect(spans([standby(600)])).toEqual([]);
  });

  it("that fit into a minute are there with their length", () => {
    const [run] = spans([standby(70), heating(30), standby(200)]);
    expect([Number(run?.[1]) - Number(run?.[0]), run?.[2], run?.[3]]).toEqual([30, true, true]);
  });

  it("that begin in the last minute of the log are begun", () => {
    expect(spans([standby(90), heating(30)])).toEqual([[90, 120, true, false]]);
    const minutes = minutesOf(startAt, [standby(90), heating(600)]).filter((_, i) => i !== 2);
    expect(compressorSpans(minutes, Number.POSITIVE_INFINITY)[0]).toMatchObject({
      from: startAt + 90_000,
      to: startAt + 120_000,
    });
  });

  it("with a pause inside one minute are two, as long together as it ran", () => {
    const found = spans([heating(310), standby(20), heating(390), standby(120)]);
    expect(found).toHaveLength(2);
    expect(found[1]?.[1]).toBe(720);
    expect(found.reduce((sum, [from, to]) => sum + Number(to) - Number(from), 0)).toBe(700);
    expect(found[1]?.[2]).toBe(true);
  });

  it("start in the last second of a minute", () => {
    expect(spans([standby(119.8), heating(300.2), standby(180)])).toEqual([[119.8, 420, true, true]]);
  });

  it("end unseen where a minute is missing or does not know", () => {
    const minutes = minutesOf(startAt, [standby(60), heating(600), standby(120)]);
    const torn = minutes.filter((_, i) => i !== 5);
    const unseen = minutes.map((minute, i) => (i === 5 ? minuteOf(minute.at) : minute));
    for (const rows of [torn, unseen]) {
      expect(compressorSpans(rows, Number.POSITIVE_INFINITY)).toEqual([
        { from: startAt + minuteMs, to: startAt + 5 * minuteMs, startSeen: true, endSeen: false },
        { from: startAt + 6 * minuteMs, to: startAt + 11 * minuteMs, startSeen: false, endSeen: true },
      ]);
    }
  });

  it("go on through a minute that was known in part", () => {
    const minutes = minutesOf(startAt, [standby(60), heating(600), standby(120)]);
    const partly = minutes.map((minute, i) =>
      i === 5 ? { ...minute, points: { ...minute.points, compressor: 20 } } : minute,
    );
    expect(compressorSpans(partly, Number.POSITIVE_INFINITY)).toHaveLength(1);
  });

  it("are found without counted starts, as in what other programs logged", () => {
    const uncounted = minutesOf(startAt, [standby(120), heating(600), standby(120)]).map((minute) => ({
      ...minute,
      figures: { ...minute.figures, starts: null },
    }));
    expect(compressorSpans(uncounted, Number.POSITIVE_INFINITY)).toEqual([
      { from: startAt + 120_000, to: startAt + 720_000, startSeen: true, endSeen: true },
    ]);
  });

  it("are those that there were, for any that are a minute or more apart and long", () => {
    const length = fc.integer({ min: 61, max: 4000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(length, length), { minLength: 1, maxLength: 15 }), length, (cycles, last) => {
        const stretches = [...cycles.flatMap(([pause, run]) => [standby(pause), heating(run)]), standby(last + 120)];
        const expected: unknown[] = [];
        cycles.reduce((at, [pause, run]) => {
          expected.push([at + pause, at + pause + run, true, true]);
          return at + pause + run;
        }, 0);
        expect(spans(stretches)).toEqual(expected);
      }),
    );
  });
});
