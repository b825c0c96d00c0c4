import type { PointId } from "@heatloop/core/catalogue/points";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { operations } from "@heatloop/core/live/operation";
import { dayMs } from "@heatloop/core/time/durations";
import { ledgerPoints } from "@heatloop/simulator/firmware/published-reader";
import type { LedgerDay, LedgerSide } from "@heatloop/simulator/physics/ledger";
import { streamW } from "@heatloop/simulator/physics/water";
import { beforeAll, describe, expect, it } from "vitest";
import { at, type Seen, startWatched, type Watched } from "#test/simulator/watched.ts";

const topicOf = (point: PointId) => stateTopic("ecodan-heatpump", point, "en");
const ledgerTopics = new Set([...ledgerPoints].map(topicOf));
const start = at("2026-02-01T00:00:00+01:00");
const days = 7;

function sumOf(side: LedgerSide, of: (part: LedgerSide["parts"]["heating"]) => number): number {
  return operations.reduce((sum, operation) => sum + of(side.parts[operation]), 0);
}

describe("the ledger of a winter week", () => {
  let watched: Watched;
  let week: readonly LedgerDay[];

  beforeAll(() => {
    watched = startWatched({ startAt: start, keep: (topic) => ledgerTopics.has(topic) });
    watched.simulation.advanceTo(start + days * dayMs);
    week = watched.simulation.ledger().slice(0, days);
  });

  it("has one row a local day, 24 hours of operations each", () => {
    expect(week.map(({ date }) => date)).toEqual([
      "2026-02-01",
      "2026-02-02",
      "2026-02-03",
      "2026-02-04",
      "2026-02-05",
      "2026-02-06",
      "2026-02-07",
    ]);
    // The last step of the week may end up to 2.1 s before midnight.
    for (const { actual } of week) {
      expect(sumOf(actual, (part) => part.seconds)).toBeGreaterThan(86_397);
      expect(sumOf(actual, (part) => part.seconds)).toBeLessThan(86_400.001);
    }
  });

  it("adds up from its parts, on both sides", () => {
    for (const { actual, published } of week) {
      for (const side of [actual, published]) {
        expect(side.electricityWh).toBeCloseTo(
          sumOf(side, (part) => part.electricityWh),
          6,
        );
        expect(side.heatWh + side.coolingWh).toBeCloseTo(
          sumOf(side, (part) => part.heatWh),
          6,
        );
      }
    }
  });

  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(week))).toEqual(week);
  });

  it("the published side is what a reader of the messages alone finds", () => {
    const read = readMessages([...watched.seen.values()].flat());
    for (const { date, published } of week.slice(0, days - 1)) {
      expect(published.heatWh, date).toBeCloseTo(read.get(date)?.heatWh ?? Number.NaN, 3);
      expect(published.electricityWh, date).toBeCloseTo(read.get(date)?.electricityWh ?? Number.NaN, 3);
    }
  });

  it("the published heat differs from the true one by no more than rounding may do", () => {
    for (const { date, actual, published } of week) {
      const seeable = actual.heatWh - actual.immersionWh;
      expect(Math.abs(published.heatWh - seeable) / seeable, date).toBeLessThan(0.05);
      expect(
        Math.abs(published.parts.hot_water.heatWh + actual.immersionWh - actual.parts.hot_water.heatWh),
      ).toBeLessThan(400);
      expect(Math.abs(published.parts.defrost.heatWh - actual.parts.defrost.heatWh)).toBeLessThan(400);
      expect(published.heatWh).not.toBe(actual.heatWh);
    }
  });

  it("the published electricity is that of the 0.1 kWh counter, a step more or less", () => {
    for (const { date, actual, published } of week) {
      expect(Math.abs(published.electricityWh - actual.electricityWh), date).toBeLessThan(210);
      expect(published.electricityWh / 100).toBeCloseTo(Math.round(published.electricityWh / 100), 6);
      for (const operation of operations) {
        const difference = published.parts[operation].electricityWh - actual.parts[operation].electricityWh;
        expect(Math.abs(difference), `${date} ${operation}`).toBeLessThan(210);
      }
    }
  });

  it("counts the same starts and defrosts on both sides", () => {
    for (const { date, actual, published } of week) {
      expect(Math.abs(published.starts - actual.starts), date).toBeLessThanOrEqual(1);
      expect(Math.abs(published.defrosts - actual.defrosts), date).toBeLessThanOrEqual(1);
    }
    expect(week.reduce((sum, { published }) => sum + published.starts, 0)).toBeGreaterThan(20);
  });
});

/** Heat and electricity by UTC+1 date, from nothing but the messages. */
function readMessages(messages: readonly Seen[]): Map<string, { heatWh: number; electricityWh: number }> {
  const byDate = new Map<string, { heatWh: number; electricityWh: number }>();
  const bookAt = (time: number) => {
    const date = new Date(time + 3_600_000).toISOString().slice(0, 10);
    const book = byDate.get(date) ?? { heatWh: 0, electricityWh: 0 };
    byDate.set(date, book);
    return book;
  };
  const values = new Map<string, number>();
  let until = start;
  for (const { topic, payload, at: time } of [...messages].sort((a, b) => a.at - b.at)) {
    const flow = values.get(topicOf("flow_rate"));
    const supply = values.get(topicOf("flow_temperature"));
    const back = values.get(topicOf("return_temperature"));
    if (flow !== undefined && supply !== undefined && back !== undefined) {
      const midnight = Math.floor((time + 3_600_000) / dayMs) * dayMs - 3_600_000;
      const powerW = streamW(flow, supply, back);
      const border = Math.min(time, Math.max(until, midnight));
      bookAt(until).heatWh += (powerW * (border - until)) / 3_600_000;
      bookAt(time).heatWh += (powerW * (time - border)) / 3_600_000;
    }
    until = time;
    const before = values.get(topic);
    if (topic === topicOf("daily_electricity") && before !== undefined) {
      const kwh = Number(payload);
      bookAt(time).electricityWh += Math.round((kwh < before ? kwh : kwh - before) * 10) * 100;
    }
    values.set(topic, Number(payload));
  }
  return byDate;
}

describe("the ledger on days of another length", () => {
  it.each([
    ["2026-03-29", 23],
    ["2026-10-25", 25],
  ])("%s has %i hours", (date, hours) => {
    const from = at(`${date}T00:00:00Z`) - 6 * 3_600_000;
    const { simulation } = startWatched({ startAt: from, keep: () => false });
    simulation.advanceTo(from + 2 * dayMs);
    const day = simulation.ledger().find((row) => row.date === date);
    expect(day && sumOf(day.actual, (part) => part.seconds)).toBeCloseTo(hours * 3600, 3);
    expect(day && sumOf(day.published, (part) => part.seconds)).toBeCloseTo(hours * 3600, 3);
  });

  it("keeps cold apart in summer", () => {
    const from = at("2026-07-14T00:00:00+02:00");
    const { simulation } = startWatched({ startAt: from, keep: () => false });
    simulation.advanceTo(from + 2 * dayMs);
    const day = simulation.ledger()[0];
    expect(day?.actual.coolingWh).toBeGreaterThan(3000);
    expect(day?.published.parts.cooling.heatWh).toBe(day?.published.coolingWh);
    expect(Math.abs((day?.published.coolingWh ?? 0) / (day?.actual.coolingWh ?? 1) - 1)).toBeLessThan(0.08);
    expect(day?.actual.parts.heating.heatWh).toBe(0);
  });
});

describe("a seed", () => {
  const run = (seed: number) => {
    let digest = 0;
    let count = 0;
    const watched = startWatched({
      startAt: start,
      seed,
      zones: 2,
      keep: () => false,
    });
    watched.simulation.advanceTo(start + dayMs);
    for (const [topic, payload] of watched.last) {
      for (const char of topic + payload) digest = (Math.imul(digest, 31) + char.charCodeAt(0)) | 0;
      count += 1;
    }
    return { digest, count, ledger: watched.simulation.ledger(), last: new Map(watched.last) };
  };

  it("gives the same messages and the same account twice, and another one otherwise", () => {
    const first = run(7);
    expect(run(7)).toEqual(first);
    expect(run(8).ledger).not.toEqual(first.ledger);
  });

  it("gives the same whether driven in one go or in pieces", () => {
    const whole = startWatched({ startAt: start, keep: (topic) => ledgerTopics.has(topic) });
    whole.simulation.advanceTo(start + dayMs / 4);
    const pieces = startWatched({ startAt: start, keep: (topic) => ledgerTopics.has(topic) });
    for (let time = start; time <= start + dayMs / 4; time += 7919) pieces.simulation.advanceTo(time);
    pieces.simulation.advanceTo(start + dayMs / 4);
    expect(pieces.seen).toEqual(whole.seen);
    expect(pieces.simulation.ledger()).toEqual(whole.simulation.ledger());
  });
});
