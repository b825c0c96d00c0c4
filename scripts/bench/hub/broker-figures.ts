import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { minuteRecorder } from "@heatloop/hub/telemetry/minute-record";
import type { BenchFigure, Goal, Measured } from "../figure.ts";
import { runProgram } from "../processes.ts";
import { once } from "../turns.ts";
import { type HomeRows, hubSink, pahoSink, type RowSink, secondsUntilStored } from "./from-broker.ts";
import {
  type BenchRows,
  benchRows,
  bodiesOf,
  measuredTurns,
  minuteColumnsSql,
  type StoredHub,
  withHub,
} from "./stored-hub.ts";

/** What homes publish in a turn: rows of a day that they catch up with, or a row each minute as they live. */
const ways = {
  caught_up: { homes: 8, bodies: (lines: readonly string[]) => bodiesOf(lines) },
  live: { homes: 100, bodies: (lines: readonly string[]) => bodiesOf(lines.slice(0, 15), 1) },
} as const;
type Way = keyof typeof ways;
const day = once(async () => benchRows(1));

/**
 * From a real Mosquitto, at QoS 1, to the commit after which a message is acknowledged: against psql's \copy of the same rows,
 * and against Python's usual way to do the same.
 */
export function brokerFigures(folder: string): readonly BenchFigure[] {
  return [
    copyFigure(folder, "typed columns", { of: "ratio", is: ">=", limit: 0.2 }),
    copyFigure(folder, "a jsonb column", { of: "ratio", is: ">=", limit: 0.7 }),
    pahoFigure("caught_up", { of: "ratio", is: ">=", limit: 2 }),
    pahoFigure("live"),
  ];
}

function pahoFigure(way: Way, goal?: Goal): BenchFigure {
  return {
    name: `hub_mqtt_${way}_rows_per_s`,
    against: "paho and psycopg2 execute_values, which commit before they acknowledge too",
    ...(goal === undefined ? {} : { goal }),
    measure: () =>
      withSinks(async (hub, ours) => {
        const peer = await pahoSink(hub);
        try {
          return await measuredTurns({ ours: () => rowsPerS(hub, ours, way), peer: () => rowsPerS(hub, peer, way) });
        } finally {
          await peer.close();
        }
      }),
  };
}

function copyFigure(folder: string, into: "typed columns" | "a jsonb column", goal: Goal): BenchFigure {
  return {
    name: `hub_mqtt_rows_per_s_vs_copy_into_${into === "typed columns" ? "columns" : "jsonb"}`,
    against: `psql \\copy into ${into}`,
    goal,
    measure: () =>
      withSinks(async (hub, ours) => {
        const lines = into === "typed columns" ? columnLines(await day()) : jsonLines(await day());
        const columns = into === "typed columns" ? minuteColumnsSql : "row jsonb";
        await hub.owner.query(
          `create table public.copied (home int, at timestamptz, ${columns}, primary key (home, at))`,
        );
        let home = 0;
        return measuredTurns({
          ours: () => rowsPerS(hub, ours, "caught_up"),
          peer: async () => {
            const text = Array.from({ length: ways.caught_up.homes }, () => {
              home += 1;
              return lines.map((line) => `${home}\t${line}`).join("\n");
            });
            const file = join(folder, "hub-copied.tsv");
            await writeFile(file, text.join("\n"));
            const startedAt = performance.now();
            runProgram("psql", ["-q", hub.ownerUrl, "-c", `\\copy public.copied from '${file}'`]);
            return (ways.caught_up.homes * lines.length) / ((performance.now() - startedAt) / 1000);
          },
        });
      }),
  };
}

async function withSinks(
  measure: (hub: StoredHub, ours: RowSink) => Promise<readonly Measured[]>,
): Promise<readonly Measured[]> {
  return withHub(async (hub) => {
    const ours = await hubSink(hub);
    try {
      return await measure(hub, ours);
    } finally {
      await ours.close();
    }
  });
}

async function rowsPerS(hub: StoredHub, sink: RowSink, way: Way): Promise<number> {
  const { homes, bodies } = ways[way];
  const texts = bodies((await day()).lines);
  const publishing: HomeRows[] = [];
  for (let i = 0; i < homes; i += 1) publishing.push({ node: await hub.newNode(), bodies: texts });
  const rows = homes * texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);
  return rows / (await secondsUntilStored(sink, publishing));
}

/** Rows as \copy reads them, without the home. */
function columnLines({ minutes }: BenchRows): readonly string[] {
  const record = minuteRecorder();
  return minutes.map((minute) => {
    const { at, values } = record(minute, 0);
    return [new Date(at).toISOString(), ...values.map((value) => value ?? "\\N")].join("\t");
  });
}

function jsonLines({ minutes }: BenchRows): readonly string[] {
  return minutes.map(({ at, figures, points }) => {
    const known = Object.entries({ ...figures, ...points }).filter(([, value]) => value != null);
    return `${new Date(at).toISOString()}\t${JSON.stringify(Object.fromEntries(known)).replaceAll("\\", "\\\\")}`;
  });
}
