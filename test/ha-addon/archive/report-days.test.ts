import { join } from "node:path";
import { usualWater } from "@heatloop/core/heat/heat-formula";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { reportDays } from "@heatloop/ha-addon/archive/report-days";
import { expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { archiveOf, csvOf, later, rome } from "#test/support/examples/archive.ts";
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
