import { spawn } from "node:child_process";
import { setTimeout as passed } from "node:timers/promises";
import { searchFilters } from "@heatloop/ha-addon/device/find-devices";
import type { Figure } from "./figure.ts";
import { firmwareStates } from "./firmware-messages.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { endProcess, residentMb } from "./processes.ts";
import { type Program, startProgram } from "./program.ts";
import { openRawPublisher, packetsOf } from "./raw-publisher.ts";

const settledAfterMs = 15_000;

/** Resident MB of the bundled program with a whole heat pump behind a broker, against Node doing nothing. */
export function memoryFigure(folder: () => Promise<string>): Figure {
  return {
    name: "memory_mb",
    goal: { of: "ours", is: "<=", limit: 90 },
    async measure() {
      const broker = await startMosquitto();
      const bare = spawn(process.execPath, ["-e", "setTimeout(() => {}, 600_000)"], { stdio: "ignore" });
      try {
        // A start before it counts: it leaves compiled code behind.
        await endProcess((await startSubscribed(await folder(), broker)).child);
        const program = await startSubscribed(await folder(), broker);
        try {
          const publisher = await openRawPublisher(broker.port, 1);
          await publisher.send(packetsOf(firmwareStates(), 1));
          await program.said("found a heat pump");
          await passed(settledAfterMs);
          publisher.close();
          if (bare.pid === undefined) throw new Error("Node cannot be started");
          return { ours: residentMb(program.pid), peer: residentMb(bare.pid) };
        } finally {
          await endProcess(program.child);
        }
      } finally {
        await endProcess(bare);
        await broker.close();
      }
    },
  };
}

async function startSubscribed(folder: string, broker: Mosquitto): Promise<Program> {
  const before = broker.filtersOf("heatloop-");
  const program = await startProgram(folder, broker.url);
  await broker.subscribed("heatloop-", before + searchFilters.length);
  return program;
}
