import { spawn } from "node:child_process";
import { once } from "node:events";
import { type Figure, median } from "./figure.ts";
import { startMosquitto } from "./mosquitto.ts";
import { endProcess } from "./processes.ts";
import { startProgram } from "./program.ts";

const starts = 15;

/** Milliseconds from the spawn of the bundled program until it listens, against Node starting and ending. */
export function startFigure(folder: () => Promise<string>): Figure {
  return {
    name: "start_ms",
    goal: { of: "ours", is: "<=", limit: 130 },
    async measure() {
      const broker = await startMosquitto();
      const times: { ours: number; peer: number }[] = [];
      try {
        // Two starts before it counts: they leave compiled code behind.
        for (let start = -2; start < starts; start += 1) {
          const program = await startProgram(await folder(), broker.url);
          await endProcess(program.child);
          const time = { ours: program.startMs, peer: await bareNodeMs() };
          if (start >= 0) times.push(time);
        }
      } finally {
        await broker.close();
      }
      return { ours: median(times, ({ ours }) => ours).ours, peer: median(times, ({ peer }) => peer).peer };
    },
  };
}

async function bareNodeMs(): Promise<number> {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - startedAt;
}
