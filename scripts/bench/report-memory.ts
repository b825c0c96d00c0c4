import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import type { ReportJson } from "@heatloop/ha-addon/report/json/json";
import { writeYear } from "./archive-year.ts";
import { yearDevice, yearZone } from "./archive-zone.ts";
import type { BenchFigure } from "./figure.ts";
import { highestResidentMb } from "./highest-resident.ts";
import { idleNodeMb } from "./idle-node.ts";
import { startMosquitto } from "./mosquitto.ts";
import { endProcess } from "./processes.ts";
import { startProgram } from "./program.ts";

const years = [2022, 2023, 2024, 2025];

/**
 * The most resident MB of the bundled program with a heap of at most 96 MB while it makes the first report over four
 * years of one heat pump, nothing of which it has read before, and is asked for it until nothing of it is pending.
 */
export function reportMemoryFigure(folder: () => Promise<string>): BenchFigure {
  return {
    name: "report-4-years-rss-mb",
    against: "node, doing nothing",
    // 150 MB where Node itself takes 43.
    goal: { of: "ratio", is: "<=", limit: 3.5 },
    async measure() {
      const home = await folder();
      const archive = join(home, "archive");
      for (const year of years) await writeYear(archive, year);
      const broker = await startMosquitto();
      const how = {
        flags: ["--max-old-space-size=96"],
        // The image's C library has a single heap.
        environment: { MALLOC_ARENA_MAX: "1" },
        settings: { time_zone: yearZone.name, devices: [{ prefix: yearDevice }] },
      };
      try {
        // A start before it counts: it leaves compiled code behind.
        await endProcess((await startProgram(home, broker.url, how)).child);
        const program = await startProgram(home, broker.url, how);
        try {
          await program.logged("logs a heat pump");
          const range = `from=${years[0]}-01-01&to=${years.at(-1)}-12-31`;
          const url = `${program.url}/api/devices/${yearDevice}/report.json?${range}`;
          while ((await reportOf(url)).pending) await passed(10_000);
          return { ours: highestResidentMb(program.pid), peer: idleNodeMb() };
        } finally {
          await endProcess(program.child);
        }
      } finally {
        await broker.close();
        for (const made of ["archive", "data"]) await rm(join(home, made), { recursive: true, force: true });
      }
    },
  };
}

async function reportOf(url: string): Promise<ReportJson> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the report was answered with ${answer.status}`);
  return (await answer.json()) as ReportJson;
}
