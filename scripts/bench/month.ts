import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zoneOf } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv-files";
import { systemClock } from "@heatloop/ha-addon/base/clock";
import { startLog } from "@heatloop/ha-addon/base/log";
import { backfill } from "../backfill.ts";
import type { Figure } from "./figure.ts";

const from = "2026-01-01";
const to = "2026-02-01";

/** Seconds for a simulated January, from the heat pump's physics to the archive's files. */
export const monthFigure: Figure = {
  name: "simulated_month_s",
  goal: { of: "ours", is: "<=", limit: 60 },
  async measure() {
    const zone = zoneOf("Europe/Rome");
    if (zone === undefined) throw new Error("this machine knows no time zones");
    const folder = await mkdtemp(join(tmpdir(), "heatloop-month-"));
    const clock = systemClock();
    const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
    const files = openArchive({ folder, log, clock });
    try {
      const startedAt = performance.now();
      const span = { from: zone.startOf(from), to: zone.startOf(to) };
      const simulation = await backfill({ options: {}, ...span, zone, files, onProgress: () => {} });
      await files.close();
      const ours = (performance.now() - startedAt) / 1000;
      await simulation.close();
      const days = (await files.dates("ecodan-heatpump")).length;
      if (days !== 31) throw new Error(`the archive has ${days} days of January`);
      return { ours, peer: null };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
