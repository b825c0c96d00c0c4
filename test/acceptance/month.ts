import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import { nextDate, zoneOf } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { systemClock } from "@heatloop/program/clock";
import type { LedgerDay } from "@heatloop/simulator/physics/ledger";
import { backfill } from "#scripts/demo-house/backfill.ts";
import { recordingLog } from "#test/support/recording-log.ts";

/** A simulated month: its days from the archive, and from the simulator's ledger. */
export type Month = { readonly days: readonly DayEnergy[]; readonly ledger: ReadonlyMap<string, LedgerDay> };

/** Logs a simulated heat pump from one local date to another, both included, and reports from the archive alone. */
export async function simulatedMonth(parts: {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly seed: number;
}): Promise<Month> {
  const zone = zoneOf(parts.timeZone);
  if (zone === undefined) throw new Error(`no zone ${parts.timeZone}`);
  const folder = await mkdtemp(join(tmpdir(), "heatloop-month-"));
  const clock = systemClock();
  try {
    const files = openArchive({ folder, log: recordingLog(), clock });
    const simulation = await backfill({
      options: { seed: parts.seed, prefix: "ecodan-heatpump" },
      from: zone.startOf(parts.from),
      to: zone.endOf(parts.to),
      zone,
      files,
      onProgress: () => {},
    });
    await files.close();
    const archive = typedArchive(openArchive({ folder, log: recordingLog(), clock }), () => zone);
    return {
      days: await archive.days("ecodan-heatpump", parts.from, parts.to, zone.endOf(nextDate(parts.to))),
      ledger: new Map(simulation.ledger().map((day) => [day.date, day])),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
