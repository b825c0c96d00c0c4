import { timelineOf } from "@heatloop/core/energy/timeline";
import { copBesideDefrosts, defrostShare, noDefrosts, sumOfDefrosts } from "@heatloop/core/events/defrost-share";
import { defrostsOf } from "@heatloop/core/events/defrosts";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone, type Stretch, withElectricity } from "#test/core/examples/example-day.ts";

const zone = romeZone();
const date = "2026-01-15";
const startAt = zone.startOf(date);
const endAt = zone.endOf(date);

const warm: Stretch = {
  seconds: 600,
  operation: "heating",
  heatW: 6000,
  points: { flow_temperature: 32, return_temperature: 28, outdoor_temperature: 2 },
};
const defrost: Stretch = {
  seconds: 240,
  operation: "defrost",
  heatW: -4000,
  points: { flow_temperature: 22, return_temperature: 26, outdoor_temperature: 5 },
};
const cold: Stretch = { ...warm, heatW: 3000, points: { ...warm.points, flow_temperature: 27 } };

function defrosts(minutes: readonly Minute[], nextDay: readonly Minute[] = []) {
  return defrostsOf(timelineOf({ date, zone, minutes, nextDay }));
}

describe("a defrost", () => {
  const minutes = withElectricity(
    minutesOf(startAt, [{ ...warm, seconds: 630 }, defrost, { ...cold, seconds: 150 }, warm]),
    () => 20,
  );
  const [found] = defrosts(minutes);

  it("has its start, its length and the heat that it took back", () => {
    expect(found?.at).toBe(startAt + 630_000);
    expect(found?.startSeen).toBe(true);
    expect(found?.seconds).toBe(240);
    expect(found?.heatWh).toBeCloseTo((-4000 * 240) / 3600, 6);
    expect(found?.operation).toBe("heating");
  });

  it("has its share of the electricity of the minutes that it lies in", () => {
    expect(found?.electricityWh).toBeCloseTo(80, 6);
  });

  it("has the outdoor temperature from before it warmed the sensor", () => {
    expect(found?.outdoorC).toBe(2);
  });

  it("is followed by a recovery until the flow is as warm as before", () => {
    expect(found?.recovery.end).toBe("flow_back");
    expect(found?.recovery.seconds).toBe(150);
    expect(found?.recovery.heatWh).toBeCloseTo((3000 * 150) / 3600, 6);
    expect(found?.recovery.electricityWh).toBeCloseTo(50, 6);
  });
});

describe("a recovery", () => {
  const ends: [string, readonly Stretch[], string, number][] = [
    ["ends when the compressor stops", [cold, { seconds: 300, operation: "standby" }], "compressor_stopped", 600],
    ["ends when hot water takes over", [cold, { ...cold, operation: "hot_water" }], "operation_changed", 600],
    ["is given up after half an hour", [{ ...cold, seconds: 3600 }], "not_back", 1800],
    [
      "is given up at the next defrost",
      [
        { ...cold, seconds: 300 },
        { ...defrost, points: cold.points ?? {} },
      ],
      "not_back",
      300,
    ],
    [
      "takes a flow 0.5 K below as back",
      [{ ...warm, points: { ...warm.points, flow_temperature: 31.5 } }],
      "flow_back",
      0,
    ],
  ];
  it.each(ends)("%s", (_, after, end, seconds) => {
    const [found] = defrosts(minutesOf(startAt, [warm, defrost, ...after, warm]));
    expect(found?.recovery).toMatchObject({ end, seconds });
  });

  it("is not seen to its end where the log stops, or does not know the flow before", () => {
    expect(defrosts(minutesOf(startAt, [warm, defrost, { ...cold, seconds: 120 }]))[0]?.recovery.end).toBe("not_seen");
    const unseen = { ...warm, points: { flow_temperature: null } };
    expect(defrosts(minutesOf(startAt, [unseen, defrost, warm]))[0]?.recovery.end).toBe("not_seen");
  });
});

describe("defrosts of a day", () => {
  it("go on over midnight and count on the day of their start", () => {
    const from = endAt - 12 * minuteMs;
    const all = minutesOf(from, [warm, defrost, { ...cold, seconds: 180 }, warm]);
    const today = all.filter(({ at }) => at < endAt);
    const tomorrow = all.filter(({ at }) => at >= endAt);
    const [found] = defrosts(today, tomorrow);
    expect(found).toMatchObject({ at: from + 600_000, seconds: 240, recovery: { end: "flow_back", seconds: 180 } });
    expect(defrostsOf(timelineOf({ date: "2026-01-16", zone, minutes: tomorrow }))).toEqual([]);
  });

  it("just after midnight are compared with the flow of the day before", () => {
    const all = minutesOf(startAt - 600_000, [{ ...warm, seconds: 605 }, defrost, { ...cold, seconds: 200 }, warm]);
    const minutes = all.filter(({ at }) => at >= startAt);
    const dayBefore = all.filter(({ at }) => at < startAt);
    const [found] = defrostsOf(timelineOf({ date, zone, minutes, dayBefore }));
    expect(found).toMatchObject({ at: startAt + 5000, seconds: 240, outdoorC: 2, recovery: { seconds: 175 } });
    expect(defrosts(minutes)[0]?.recovery.end).toBe("not_seen");
  });

  it("are distinguished from one that had begun before the log did", () => {
    const found = defrosts(minutesOf(startAt + 60 * minuteMs, [defrost, warm, defrost, warm]));
    expect(found.map(({ startSeen }) => startSeen)).toEqual([false, true]);
  });

  it("don't reach over a gap of the log", () => {
    const minutes = minutesOf(startAt, [warm, { ...defrost, seconds: 480 }, warm]).filter((_, i) => i !== 13);
    expect(defrosts(minutes).map(({ seconds, startSeen }) => [seconds, startSeen])).toEqual([
      [180, true],
      [240, false],
    ]);
  });

  it("add up to the defrost heat, time and electricity of the minutes, whatever happens", () => {
    const stretch = fc.record({
      seconds: fc.integer({ min: 60, max: 1500 }),
      operation: fc.constantFrom("heating" as const, "hot_water" as const, "standby" as const),
      heatW: fc.integer({ min: 0, max: 9000 }),
    });
    const day = fc.array(fc.tuple(stretch, fc.integer({ min: 61, max: 500 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 100 }), (spans, electricityWh) => {
        const stretches = spans.flatMap(([before, seconds]): Stretch[] => [before, { ...defrost, seconds }]);
        const minutes = withElectricity(minutesOf(startAt, stretches), () => electricityWh);
        const found = defrosts(minutes);
        const sum = sumOfDefrosts(found);
        const total = (figure: "defrost_wh" | "defrost_s" | "defrosts") =>
          minutes.reduce((all, { figures }) => all + (figures[figure] ?? 0), 0);
        expect(sum.heatWh).toBeCloseTo(total("defrost_wh"), 3);
        expect(Math.abs(sum.seconds - total("defrost_s"))).toBeLessThanOrEqual(found.length);
        expect(found.filter(({ startSeen }) => startSeen)).toHaveLength(total("defrosts"));
        expect(sum.electricityWh).toBeLessThanOrEqual(electricityWh * minutes.length + 1e-6);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the share of defrosts", () => {
  const sum = {
    count: 10,
    seconds: 2400,
    heatWh: -2000,
    electricityWh: 800,
    recoverySeconds: 1200,
    recoveryHeatWh: 300,
    recoveryElectricityWh: 500,
  };
  const day = { heatWh: 38_000, electricityWh: 12_500 };

  it("is of the heat before any was taken back, and of all electricity", () => {
    expect(defrostShare(sum, day)).toEqual({ ofHeat: 0.05, ofElectricity: 0.064, recoveryOfElectricity: 0.04 });
  });

  it("is not known where the whole is not", () => {
    const unknown = { ofHeat: null, ofElectricity: null, recoveryOfElectricity: null };
    expect(defrostShare(sum, { heatWh: null, electricityWh: null })).toEqual(unknown);
    expect(defrostShare(noDefrosts, { heatWh: 0, electricityWh: 0 })).toEqual(unknown);
  });

  it("can be left out of a COP, and so can the recovery alone", () => {
    // 38,000 / 12,500; 37,700 / 12,000; 39,700 / 11,200
    expect(copBesideDefrosts(sum, day)).toEqual({ asMeasured: 3.04, withoutRecovery: 3.14, undisturbed: 3.54 });
  });

  it("leaves a COP as it is where there was none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 30_000 }), (heatWh, electricityWh) => {
        const { asMeasured, withoutRecovery, undisturbed } = copBesideDefrosts(noDefrosts, { heatWh, electricityWh });
        expect([withoutRecovery, undisturbed]).toEqual([asMeasured, asMeasured]);
      }),
    );
  });
});
