import type { PointId } from "@heatloop/core/catalogue/points";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { dayMs, hourMs } from "@heatloop/core/time/durations";
import { totalIds } from "@heatloop/simulator/firmware/esp";
import { describe, expect, it } from "vitest";
import { at, type Seen, startWatched, type Watched } from "#test/simulator/watched.ts";

const topicOf = (point: PointId) => stateTopic("ecodan-heatpump", point, "en");
const kept = new Set(
  (
    [
      "daily_electricity",
      "daily_estimated_heat",
      "controller_date",
      "heating_electricity_yesterday",
      "heating_heat_yesterday",
      "heating_cop_yesterday",
      "dhw_electricity_yesterday",
      "dhw_heat_yesterday",
      "cooling_electricity_yesterday",
      "cooling_heat_yesterday",
      ...totalIds,
    ] as const
  ).map(topicOf),
);

function run(from: string, days: number, timeZone = "Europe/Rome"): Watched {
  const watched = startWatched({ startAt: at(from), timeZone, keep: (topic) => kept.has(topic) });
  watched.simulation.advanceTo(at(from) + days * dayMs);
  return watched;
}

const numbersOf = (watched: Watched, point: PointId) =>
  (watched.seen.get(topicOf(point)) ?? []).map(({ payload, at: time }) => ({ value: Number(payload), at: time }));

function changesOf(watched: Watched, point: PointId): readonly Seen[] {
  const messages = watched.seen.get(topicOf(point)) ?? [];
  return messages.filter(({ payload }, i) => i > 0 && payload !== messages[i - 1]?.payload);
}

const resetsOf = (watched: Watched, point: PointId) =>
  numbersOf(watched, point)
    .filter(({ value }, i, all) => i > 0 && value < (all[i - 1]?.value ?? 0))
    .map((reset) => reset.at);

describe("the controller's midnight", () => {
  it.each([
    ["in winter is the local one", "2026-01-10T11:00:00Z", "Europe/Rome", "23:00"],
    ["in summer comes an hour late: its clock knows no DST", "2026-07-10T11:00:00Z", "Europe/Rome", "23:00"],
    ["in a zone with half hours", "2026-05-10T11:00:00Z", "Asia/Kolkata", "18:30"],
    ["in the southern summer", "2026-01-10T20:00:00Z", "Australia/Adelaide", "14:30"],
  ])("%s", (_, from, timeZone, utc) => {
    const watched = run(from, 3, timeZone);
    const midnights = resetsOf(watched, "daily_estimated_heat");
    expect(midnights.length).toBe(3);
    for (const time of midnights) {
      const clock = new Date(time).toISOString();
      const late = time - at(`${clock.slice(0, 10)}T${utc}:00Z`);
      expect(late, clock).toBeGreaterThanOrEqual(0);
      expect(late, clock).toBeLessThan(22_000);
    }
  });

  it("resets the consumed counter at 23:59 or 00:00, the produced one at 00:00", () => {
    const watched = run("2026-01-10T11:00:00Z", 8);
    const early = resetsOf(watched, "daily_electricity").map((time) => {
      const midnight = at(`${new Date(time + 120_000).toISOString().slice(0, 10)}T23:00:00Z`);
      return midnight - time;
    });
    expect(early.length).toBe(8);
    expect(early.filter((ms) => ms > 45_000 && ms <= 60_000).length).toBeGreaterThan(1);
    expect(early.filter((ms) => ms > -15_000 && ms <= 0).length).toBeGreaterThan(1);
    expect(early.filter((ms) => ms > 60_000 || ms <= -15_000)).toEqual([]);
  });

  it("changes the controller's date, an hour after the local one in summer", () => {
    const watched = run("2026-07-10T11:00:00Z", 1);
    const change = changesOf(watched, "controller_date")[0];
    expect(change?.payload).toBe("2026-07-11");
    expect(Math.abs((change?.at ?? 0) - at("2026-07-10T23:00:00Z"))).toBeLessThan(65_000);
  });

  it("a repeated and a skipped local hour don't disturb it", () => {
    for (const from of ["2026-03-28T11:00:00Z", "2026-10-24T11:00:00Z"]) {
      const times = resetsOf(run(from, 3), "daily_estimated_heat").map((time) => Math.round(time / 60_000));
      expect(times.map((time) => (time - (times[0] ?? 0)) / 1440)).toEqual(
        [0, 1, 2].map((day) => expect.closeTo(day, 2)),
      );
    }
  });
});

describe("the live counter", () => {
  const watched = run("2026-01-10T11:00:00Z", 3);

  it("steps by 0.1 kWh and never falls but to 0.0 or 0.1 at a reset", () => {
    const values = numbersOf(watched, "daily_electricity").map(({ value }) => value);
    const steps = new Set(values.slice(1).map((value, i) => Math.round((value - (values[i] ?? 0)) * 10)));
    for (const step of steps) expect(step === 0 || step === 1 || step < -50).toBe(true);
    expect(resetsOf(watched, "daily_electricity").length).toBe(3);
  });
});

describe("the totals of the day before", () => {
  const from = at("2026-01-10T11:00:00Z");
  const watched = run("2026-01-10T11:00:00Z", 4);

  it("are published anew some minutes after the controller's midnight and repeated all day", () => {
    const changes = changesOf(watched, "heating_electricity_yesterday");
    expect(changes.length).toBe(4);
    for (const change of changes) {
      const late = (change.at + hourMs) % dayMs;
      expect(late).toBeGreaterThan(60_000);
      expect(late).toBeLessThan(10 * 60_000);
    }
    expect(numbersOf(watched, "heating_electricity_yesterday").length).toBeGreaterThan((4 * dayMs) / 10_500 - 3);
  });

  it("are the day's own electricity and heat, split by use", () => {
    const noon = (day: number, point: PointId) => {
      const messages = numbersOf(watched, point).filter(({ at: time }) => time > from + day * dayMs);
      return messages[0]?.value ?? Number.NaN;
    };
    const ledger = watched.simulation.ledger();
    for (const [day, date] of [
      [2, "2026-01-11"],
      [3, "2026-01-12"],
    ] as const) {
      const actual = ledger.find((row) => row.date === date)?.actual;
      const consumed = noon(day, "heating_electricity_yesterday") + noon(day, "dhw_electricity_yesterday");
      expect(consumed).toBeCloseTo((actual?.electricityWh ?? 0) / 1000, 1);
      const delivered = noon(day, "heating_heat_yesterday") + noon(day, "dhw_heat_yesterday");
      const seen = ((actual?.heatWh ?? 0) - (actual?.immersionWh ?? 0)) / 1000;
      expect(delivered / seen).toBeGreaterThan(1.02);
      expect(delivered / seen).toBeLessThan(1.16);
      expect(noon(day, "heating_cop_yesterday")).toBeCloseTo(
        noon(day, "heating_heat_yesterday") / noon(day, "heating_electricity_yesterday"),
        2,
      );
      expect(noon(day, "cooling_heat_yesterday")).toBe(0);
    }
  });

  it("are added once to the running totals, which nothing else moves", () => {
    const totals = numbersOf(watched, "heating_electricity_total").map(({ value }) => value);
    const yesterdays = changesOf(watched, "heating_electricity_yesterday").map(({ payload }) => Number(payload));
    expect(totals.slice(1).map((value, i) => value - (totals[i] ?? 0))).toEqual(
      yesterdays.slice(-totals.length + 1).map((value) => expect.closeTo(value, 2)),
    );
  });
});
