import { spawn } from "node:child_process";
import { once as event } from "node:events";
import type { BenchFigure } from "./figure.ts";
import { startMosquitto } from "./mosquitto.ts";
import { nodeRedStart, type TimedStart } from "./node-red.ts";
import { endProcess } from "./processes.ts";
import { startProgram } from "./program.ts";
import { alternately, once } from "./turns.ts";

const starts = 25;
/** They leave compiled code behind. */
const startsBefore = 2;

type Starts = {
  readonly turns: readonly { readonly ours: number; readonly bare: number; readonly nodeRed: number }[];
  /** Why Node-RED was not started. */
  readonly withoutNodeRed: Error | undefined;
};

/** From the spawn of the bundled program until it listens, against Node starting and ending, and against Node-RED. */
export function startFigures(folder: () => Promise<string>): BenchFigure[] {
  const measured = once(() => measureStarts(folder));
  return [
    {
      name: "start_ms",
      against: "node -e 0",
      goal: { of: "ratio", is: "<=", limit: 5.5 },
      measure: async () => (await measured()).turns.map(({ ours, bare }) => ({ ours, peer: bare })),
    },
    {
      name: "start_ms_vs_node_red",
      against: "Node-RED, MQTT in to a file, HTTP",
      goal: { of: "ratio", is: "<=", limit: 0.3 },
      async measure() {
        const { turns, withoutNodeRed } = await measured();
        if (withoutNodeRed !== undefined) throw withoutNodeRed;
        return turns.map(({ ours, nodeRed }) => ({ ours, peer: nodeRed }));
      },
    },
  ];
}

async function measureStarts(folder: () => Promise<string>): Promise<Starts> {
  const home = await folder();
  const broker = await startMosquitto();
  try {
    const nodeRed = await triedOnce(nodeRedStart(home, broker));
    const turns = await alternately(startsBefore + starts, {
      ours: () => programStartMs(home, broker.url),
      bare: bareNodeMs,
      nodeRed: nodeRed instanceof Error ? () => Number.NaN : nodeRed,
    });
    return { turns: turns.slice(startsBefore), withoutNodeRed: nodeRed instanceof Error ? nodeRed : undefined };
  } finally {
    await broker.close();
  }
}

/** A start that works, or why it does not. */
async function triedOnce(starting: Promise<TimedStart>): Promise<TimedStart | Error> {
  try {
    const start = await starting;
    await start();
    return start;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function programStartMs(home: string, brokerUrl: string): Promise<number> {
  const program = await startProgram(home, brokerUrl);
  await endProcess(program.child);
  return program.startMs;
}

async function bareNodeMs(): Promise<number> {
  const startedAt = performance.now();
  await event(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - startedAt;
}
