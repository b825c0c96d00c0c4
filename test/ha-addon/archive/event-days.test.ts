import { join } from "node:path";
import { usualElectricity } from "@heatloop/core/energy/electricity-facts";
import { usualLimits } from "@heatloop/core/events/findings";
import { usualWater } from "@heatloop/core/heat/heat-formula";
import { simulatedClock } from "@heatloop/core/time/clock";
import { openArchive } from "@heatloop/ha-addon/archive/csv-files";
import { happenedDays } from "@heatloop/ha-addon/archive/event-days";
import { expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { archiveOf, csvOf, later, rome } from "#test/support/example-archive.ts";

const warm = { flow_rate: 15, flow_temperature: 35, return_temperature: 30, outdoor_temperature: 5 };
const startAt = rome.startOf("2026-01-01");
const minutes = Array.from({ length: 60 }, (_, i) =>
  wholeMinute(startAt + i * 60_000, "heating", { heatWh: 86, electricityWh: i % 5 === 4 ? 100 : 0 }, warm),
);

it("tells those who ask at once of one reading, and those of other water in the circuit of their own", async () => {
  const { home, open, log } = archiveOf({ "2026-01-01.csv": csvOf(minutes) });
  const files = openArchive({ folder: join(home, "../.."), log, clock: simulatedClock(0) });
  const read = happenedDays({ archive: open(), files, kept: undefined });
  const range = { from: "2026-01-01", to: "2026-01-01", now: later };
  const basis = { zone: rome, electricity: usualElectricity, water: usualWater, limits: usualLimits };
  const heat = async (asked: ReturnType<typeof read>) =>
    (await asked).flatMap(({ performance }) => performance.heating.carnotHeatWh);
  const plain = read("pump", range, basis);
  const same = read("pump", range, { ...basis });
  const glycol = read("pump", range, { ...basis, water: { ...usualWater, glycolPercent: 30 } });
  expect(same).toBe(plain);
  const [[plainWh], [glycolWh]] = [await heat(plain), await heat(glycol)];
  expect(plainWh).toBeGreaterThan(0);
  expect(glycolWh).toBeLessThan((plainWh as number) * 0.99);
});
