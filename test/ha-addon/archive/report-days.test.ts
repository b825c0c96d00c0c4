import { join } from "node:path";
import type { DayEvents } from "@heatloop/core/events/day-events";
import { usualWater } from "@heatloop/core/heat/heat-formula";
import { minuteMs } from "@heatloop/core/time/durations";
import { datesBetween } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { dayCache } from "@heatloop/ha-addon/archive/day-cache";
import type { DaySummary } from "@heatloop/ha-addon/archive/day-summaries";
import { reportDays } from "@heatloop/ha-addon/archive/report-days";
import { expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { archiveOf, csvOf, day, later, rome } from "#test/support/examples/archive.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const warm = { flow_rate: 15, flow_temperature: 35, return_temperature: 30, outdoor_temperature: 5 };
const startAt = rome.startOf("2026-01-01");
const minutes = Array.from({ length: 60 }, (_, i) =>
  wholeMinute(startAt + i * 60_000, "heating", { heatWh: 86, electricityWh: i % 5 === 4 ? 100 : 0 }, warm),
);

it("reads once for simultaneous requests, and again where the water in the circuit has changed", async () => {
  const { home, log } = archiveOf({ "2026-01-01.csv": csvOf(minutes) });
  const files = openArchive({ folder: join(home, "../.."), log, clock: simulatedClock(0) });
  let water = usualWater;
  const readDays = reportDays({ files, zone: () => rome, water: () => water, caches: {} });
  const stages = [[{ from: "2026-01-01", to: "2026-01-01" }]];
  const read = () => readDays({ device: "pump", now: later, stages, events: true });
  const heat = async ({ whole }: ReturnType<typeof read>) =>
    [...(await whole).events.values()].flatMap(({ performance }) => performance.heating.carnotHeatWh);
  const plain = read();
  const same = read();
  expect(same).toBe(plain);
  water = { ...usualWater, glycolPercent: 30 };
  const glycol = read();
  const [[plainWh], [glycolWh]] = [await heat(plain), await heat(glycol)];
  expect(plainWh).toBeGreaterThan(0);
  expect(glycolWh).toBeLessThan((plainWh as number) * 0.99);
});

it("says how many of the days it makes are made, which grows to all of them, and is nothing where all are kept", async () => {
  const dates = datesBetween("2026-01-01", "2026-01-12");
  const { home, log } = archiveOf(Object.fromEntries(dates.map((date) => [`${date}.csv`, day(date)])));
  const files = openArchive({ folder: join(home, "../.."), log, clock: simulatedClock(0) });
  const cacheOf = <T>(name: string) => dayCache<T>({ folder: join(home, "..", name), name, version: "1", log });
  const caches = { summaries: cacheOf<DaySummary>("summaries"), events: cacheOf<DayEvents>("events") };
  const readDays = reportDays({ files, zone: () => rome, caches });
  const span = { from: "2026-01-01", to: "2026-01-12" };
  const read = () => readDays({ device: "pump", now: later, stages: [[span]], events: true });
  const reading = read();
  expect(reading.progress().made).toBe(0);
  const seen: number[] = [];
  let isOver = false;
  const over = reading.whole.finally(() => {
    isOver = true;
  });
  const waiting = readDays({ device: "pump", now: later, stages: [[{ ...span, from: "2026-01-02" }]], events: true });
  for (; !isOver; seen.push(reading.progress().made)) {
    expect(waiting.progress()).toEqual(reading.progress());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all([over, waiting.whole]);
  expect(reading.progress()).toEqual({ made: 12, all: 12 });
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(new Set(seen).size).toBeGreaterThan(3);
  const again = read();
  await again.whole;
  expect(again.progress()).toEqual({ made: 0, all: 0 });
});

it("shares a reading with who asks for the same minutes later, and not once that is long ago", async () => {
  const { home, log } = archiveOf({ "2026-01-01.csv": csvOf(minutes) });
  const files = openArchive({ folder: join(home, "../.."), log, clock: simulatedClock(0) });
  const readDays = reportDays({ files, zone: () => rome, caches: {} });
  const stages = [[{ from: "2026-01-01", to: "2026-01-01" }]];
  const readAt = (now: number) => readDays({ device: "pump", now, stages, events: true });
  const first = readAt(later);
  expect(readAt(later + 3 * minuteMs)).toBe(first);
  expect(first.now).toBe(later);
  const other = readAt(later + 6 * minuteMs);
  expect(other).not.toBe(first);
  expect(readAt(later + 7 * minuteMs)).toBe(other);
  await Promise.all([first.whole, other.whole]);
});
