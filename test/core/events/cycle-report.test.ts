import { timelineOf } from "@heatloop/core/energy/timeline";
import { cycleReports, mainCause, runLengths } from "@heatloop/core/events/cycle-report";
import { cyclesOf, type DayCycles, joinRuns } from "@heatloop/core/events/cycles";
import { addedStops, type ShortRun } from "@heatloop/core/events/stops";
import type { Minute } from "@heatloop/core/minute/minute";
import { datesBetween, nextDate } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch, withElectricity } from "#test/core/examples/example-day.ts";

const zone = romeZone();
const from = "2026-03-27";
const startAt = zone.startOf(from);

function daysOf(minutes: readonly Minute[], to: string): DayCycles[] {
  const of = (date: string) => minutes.filter(({ at }) => zone.dateOf(at) === date);
  return datesBetween(from, to).map((date) =>
    cyclesOf(timelineOf({ date, zone, minutes: of(date), nextDay: of(nextDate(date)) })),
  );
}

const pause = (seconds: number): Stretch => ({ seconds, operation: "standby", points: { outdoor_temperature: 8 } });
const heat = (seconds: number, points: Stretch["points"] = {}): Stretch => ({
  seconds,
  operation: "heating",
  heatW: 3600,
  points: {
    outdoor_temperature: 8,
    flow_temperature: 33,
    zone_1_flow_setpoint: 30,
    compressor_frequency: 40,
    ...points,
  },
});

describe("cycles of days", () => {
  it("are the same runs wherever midnight cuts them, over the night of the clock change", () => {
    const length = fc.integer({ min: 61, max: 40_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(length, length), { minLength: 1, maxLength: 8 }), (cycles) => {
        const stretches = [...cycles.flatMap(([rest, run]) => [pause(rest), heat(run)]), pause(400)];
        const seconds = stretches.reduce((sum, stretch) => sum + stretch.seconds, 0);
        const minutes = withElectricity(minutesOf(startAt, stretches), () => 10);
        const to = zone.dateOf(startAt + seconds * 1000);
        const runs = joinRuns(daysOf(minutes, to));
        const expected: number[][] = [];
        cycles.reduce((at, [rest, run]) => {
          expected.push([startAt + (at + rest) * 1000, startAt + (at + rest + run) * 1000]);
          return at + rest + run;
        }, 0);
        expect(runs.map((run) => [run.from, run.to])).toEqual(expected);
        expect(runs.every(({ startSeen, endSeen }) => startSeen && endSeen)).toBe(true);
        expect(runs.map(({ date }) => date)).toEqual(runs.map((run) => zone.dateOf(run.from)));
        const heatWh = minutes.reduce((sum, { figures }) => sum + (figures.heating_wh ?? 0), 0);
        expect(runs.reduce((sum, run) => sum + (run.heatWh ?? Number.NaN), 0)).toBeCloseTo(heatWh, 3);
      }),
      { numRuns: 25 },
    );
  });

  it("count each start in its local hour, the repeated hour of October twice", () => {
    const night = zone.startOf("2026-10-25");
    const hourly = Array.from({ length: 25 }, () => [heat(1200), pause(2400)]).flat();
    const minutes = minutesOf(night - 600_000, [pause(600), ...hourly]).filter(({ at }) => at >= night);
    const { startsByHour } = cyclesOf(timelineOf({ date: "2026-10-25", zone, minutes }));
    expect(startsByHour).toEqual([0, 1, 2, ...new Array(21).fill(1)].map((starts, hour) => (hour === 0 ? 1 : starts)));
  });

  it("count how often the lock-out began", () => {
    const locked = (seconds: number): Stretch => ({
      seconds,
      operation: "standby",
      points: { short_cycle_lockout: 60 },
    });
    const open = (seconds: number): Stretch => ({ seconds, operation: "standby", points: { short_cycle_lockout: 0 } });
    const minutes = minutesOf(startAt, [open(600), locked(900), open(600), locked(900), open(60)]);
    expect(cyclesOf(timelineOf({ date: from, zone, minutes })).lockouts).toBe(2);
  });
});

describe("the report of a day's cycles", () => {
  // Runs of 5 minutes at 40 Hz each half hour: the house takes 600 W, the least output at 26 Hz is 2340 W.
  const short = Array.from({ length: 6 }, () => [pause(1500), heat(300)]).flat();
  const modulating = [pause(1500), heat(3600, { compressor_frequency: 26, flow_temperature: 30 })];

  it("finds that the least output is above the house's need", () => {
    const [report] = cycleReports(daysOf(minutesOf(startAt, [...short, ...modulating, pause(1500)]), from));
    expect(report).toMatchObject({ starts: 7, runs: 7, causes: { overshoot: 6 } });
    expect(report?.meanRunMinutes).toBeCloseTo((6 * 5 + 60) / 7, 6);
    expect(report?.main).toEqual({
      cause: "overshoot",
      reason: "minimum_output",
      count: 6,
      ofShortRuns: 6,
      aboveOutdoorC: 7,
    });
  });

  it("tells why each run ended, not only the short ones", () => {
    const satisfied = [pause(1500), heat(3600, { compressor_frequency: 26, flow_temperature: 30 })];
    const minutes = minutesOf(startAt, [...short, ...satisfied, ...satisfied, pause(1500)]);
    const [report] = cycleReports(daysOf(minutes, from));
    expect(report?.stops.reduce((sum, { runs }) => sum + runs, 0)).toBe(report?.runs);
    expect(report?.stops).toMatchObject([
      { cause: "overshoot", reason: "minimum_output", runs: 6, seconds: 1800, shortRuns: 6 },
      { runs: 2, seconds: 7200, shortRuns: 0 },
    ]);
    expect(addedStops([...(report?.stops ?? []), ...(report?.stops ?? [])])).toMatchObject([
      { runs: 12, shortRuns: 12 },
      { runs: 4, seconds: 14_400 },
    ]);
  });

  it("does not claim that where the compressor could have gone low enough", () => {
    const busy = Array.from({ length: 6 }, () => [pause(180), heat(420)]).flat();
    const [report] = cycleReports(daysOf(minutesOf(startAt, [pause(600), ...busy, pause(600)]), from), 5);
    expect(report?.main).toMatchObject({ cause: "overshoot", reason: null, count: 6 });
  });

  it("has no main cause without a short run, and no length without a run", () => {
    const [calm] = cycleReports(daysOf(minutesOf(startAt, [pause(600), heat(3600), pause(600)]), from));
    expect(calm).toMatchObject({ main: null, runs: 1 });
    const [off] = cycleReports(daysOf(minutesOf(startAt, [pause(3600)]), from));
    expect(off).toMatchObject({ main: null, runs: 0, meanRunMinutes: null });
  });

  it("counts a run over midnight once, on the day of its start", () => {
    const untilMidnight = (zone.endOf(from) - startAt) / 1000;
    const minutes = minutesOf(startAt, [pause(untilMidnight - 120), heat(300), pause(3600)]);
    const reports = cycleReports(daysOf(minutes, nextDate(from)));
    expect(reports.map(({ runs, starts, shortRuns }) => [runs, starts, shortRuns.length])).toEqual([
      [1, 1, 1],
      [0, 0, 0],
    ]);
  });

  it("leaves out runs that were not seen from start to stop", () => {
    const [report] = cycleReports(daysOf(minutesOf(startAt, [heat(300), pause(600), heat(300)]), from));
    expect(report).toMatchObject({ runs: 0, shortRuns: [] });
  });
});

describe("the main cause", () => {
  const [run] = joinRuns(daysOf(minutesOf(startAt, [pause(300), heat(300), pause(300)]), from));
  const shortRun = (cause: ShortRun["cause"], reason: ShortRun["reason"], outdoorC: number | null): ShortRun => {
    if (run === undefined) throw new Error("no run");
    return { ...run, cause, reason, outdoorC };
  };
  const many = (count: number, outdoorC: number | null) =>
    Array.from({ length: count }, (_, i) =>
      shortRun("overshoot", "minimum_output", outdoorC === null ? null : outdoorC + i / 10),
    );

  it("is the commonest, with the outdoor temperature that all its runs were above", () => {
    const main = mainCause([...many(19, 9.2), ...Array.from({ length: 4 }, () => shortRun("hot_water", null, 3))]);
    expect(main).toMatchObject({ reason: "minimum_output", count: 19, ofShortRuns: 23, aboveOutdoorC: 9 });
  });

  it.each([
    [9, 8],
    [9.01, 9],
    [0, -1],
    [-0.5, -1],
    [null, null],
  ])("of runs from %j °C on is described as above %j °C", (outdoorC, above) => {
    expect(mainCause(many(3, outdoorC))?.aboveOutdoorC).toBe(above);
  });
});

describe("the distribution of run lengths", () => {
  it("has each run seen from start to stop in one class", () => {
    const lengths = [61, 299, 300, 900, 3599, 3600, 20_000, 90_000];
    const minutes = minutesOf(startAt, [...lengths.flatMap((seconds) => [pause(600), heat(seconds)]), pause(600)]);
    const runs = joinRuns(daysOf(minutes, "2026-03-29"));
    const classes = runLengths(runs);
    expect(classes.map((row) => row.runs)).toEqual([2, 1, 1, 0, 1, 1, 0, 1, 0, 1]);
    expect(classes.reduce((sum, row) => sum + row.seconds, 0)).toBe(lengths.reduce((sum, s) => sum + s, 0));
    expect(classes[0]).toMatchObject({ fromMinutes: 0, toMinutes: 5, seconds: 360 });
    expect(classes.at(-1)).toMatchObject({ fromMinutes: 1440, toMinutes: null });
  });
});
