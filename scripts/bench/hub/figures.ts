import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { dayMs } from "@heatloop/core/time/durations";
import { minuteColumns } from "@heatloop/hub/telemetry/minute-columns";
import { minuteOfStored, minuteRecorder } from "@heatloop/hub/telemetry/minute-record";
import { minutesBetween } from "@heatloop/hub/telemetry/stored-minutes";
import { bundleHubInto, hubWords } from "../../hub-scene/bundled-hub.ts";
import { startHubProcess } from "../../hub-scene/hub-process.ts";
import type { BenchFigure } from "../figure.ts";
import { residentMb } from "../highest-resident.ts";
import { runProgram } from "../processes.ts";
import { brokerFigures } from "./broker-figures.ts";
import { readingsFigure } from "./foreign-figure.ts";
import { growthFigures } from "./growth-figures.ts";
import { benchRows, bodiesOf, measuredTurns, minuteColumnsSql, type StoredHub, withHub } from "./stored-hub.ts";
import { sweepFigure } from "./sweep-figure.ts";

/** Homes that send at the same time. */
const homes = 8;
/** Its first looks are over by then. */
const idleMs = 10_000;

/** The hub's database and its programs: `folder` is for files of the peers. */
export function hubFigures(folder: string): readonly BenchFigure[] {
  return [
    storeFigure(folder),
    ...brokerFigures(folder),
    readingsFigure,
    bytesFigure,
    dayFigure,
    sweepFigure,
    ...growthFigures(),
    idleFigure(folder),
  ];
}

/** From the text that a home sends to the commit, against psql's \copy of the same rows into a table of the same columns. */
function storeFigure(folder: string): BenchFigure {
  return {
    name: "hub_rows_stored_per_s",
    against: "psql \\copy into typed columns",
    goal: { of: "ratio", is: ">=", limit: 0.2 },
    measure: () =>
      withHub(async (hub) => {
        const { minutes, lines } = benchRows(1);
        const file = join(folder, "hub-rows.csv");
        const record = minuteRecorder();
        const records = minutes.map((minute) => record(minute, 0));
        await hub.owner.query(
          `create table public.copied (home int, at timestamptz, ${minuteColumnsSql}, primary key (home, at))`,
        );
        let home = 0;
        const bodies = bodiesOf(lines);
        const rows = homes * lines.length;
        const secondsOf = async (work: () => unknown) => {
          const startedAt = performance.now();
          await work();
          return (performance.now() - startedAt) / 1000;
        };
        return measuredTurns({
          async ours() {
            const nodes: string[] = [];
            for (let i = 0; i < homes; i += 1) nodes.push(await hub.newNode());
            return rows / (await secondsOf(() => Promise.all(nodes.map((node) => storeAll(hub, node, bodies)))));
          },
          async peer() {
            const text = Array.from({ length: homes }, () => {
              home += 1;
              return records
                .map(({ at, values }) => [home, new Date(at).toISOString(), ...values].join(","))
                .join("\n");
            });
            await writeFile(file, text.join("\n"));
            const copy = `\\copy public.copied from '${file}' csv`;
            return rows / (await secondsOf(() => runProgram("psql", ["-q", hub.ownerUrl, "-c", copy])));
          },
        });
      }),
  };
}

async function storeAll(hub: StoredHub, node: string, bodies: readonly string[]): Promise<void> {
  for (const body of bodies) await hub.store(node, body);
}

/** The bytes on the disk of a row with its index, against the same row as JSONB with the same key. */
const bytesFigure: BenchFigure = {
  name: "hub_bytes_per_row",
  against: "the row's known values as JSONB under the same key",
  goal: { of: "ratio", is: "<=", limit: 0.2 },
  measure: () =>
    withHub(async (hub) => {
      const { minutes, lines } = benchRows(7);
      for (let home = 0; home < 3; home += 1) await storeAll(hub, await hub.newNode(), bodiesOf(lines));
      await hub.owner.query(
        "create table public.as_json (home int, at timestamptz, row jsonb, primary key (home, at))",
      );
      const objects = minutes.map(({ figures, points }) => JSON.stringify(knownOf({ ...figures, ...points })));
      const times = minutes.map(({ at }) => new Date(at).toISOString());
      for (let home = 0; home < 3; home += 1) {
        const insert = "insert into public.as_json select $1, * from unnest($2::timestamptz[], $3::jsonb[])";
        await hub.owner.query(insert, [home, times, objects]);
      }
      const rows = 3 * minutes.length;
      const sizeOf = async (query: string) => Number((await hub.owner.query<{ size: string }>(query)).rows[0]?.size);
      const ours = await sizeOf(
        `select sum(pg_total_relation_size(inhrelid)) + pg_total_relation_size('held_values') as size
            from pg_inherits where inhparent = 'minutes'::regclass`,
      );
      const peer = await sizeOf("select pg_total_relation_size('public.as_json') as size");
      return { ours: ours / rows, peer: peer / rows };
    }),
};

/** All minutes of a home's day as the program has them, against a bare read of the same rows by their primary key. */
const dayFigure: BenchFigure = {
  name: "hub_day_ms",
  against: "select of the day's rows by their primary key, through the same driver",
  goal: { of: "ratio", is: "<=", limit: 3 },
  measure: () =>
    withHub(async (hub) => {
      const { minutes, lines } = benchRows(2);
      await storeAll(hub, await hub.newNode(), bodiesOf(lines));
      const from = minutes[0]?.at ?? 0;
      const names = minuteColumns.map(({ name }) => name).join(", ");
      const bare = `select at, ${names} from minutes where device_id = 1 and at >= $1 and at < $2`;
      const span = [new Date(from).toISOString(), new Date(from + dayMs).toISOString()];
      const millisecondsOf = async (work: () => Promise<unknown>) => {
        const startedAt = performance.now();
        for (let i = 0; i < 20; i += 1) await work();
        return (performance.now() - startedAt) / 20;
      };
      return measuredTurns({
        ours: () =>
          millisecondsOf(() =>
            hub.database.transaction({ tenant: hub.tenant }, async (queries) =>
              (await minutesBetween(queries, 1, { from, to: from + dayMs })).map(minuteOfStored),
            ),
          ),
        peer: () => millisecondsOf(() => hub.owner.query(bare, span)),
      });
    }),
};

/** What the bundled hub keeps in RAM when it does nothing, MB: that is what an image runs. */
function idleFigure(folder: string): BenchFigure {
  return {
    name: "hub_idle_mb",
    goal: { of: "ours", is: "<=", limit: 120 },
    measure: () =>
      withHub(async ({ postgres }) => {
        const bundled = { folder: join(folder, "hub"), words: hubWords() };
        await bundleHubInto(bundled.folder);
        const environment = {
          HUB_DATABASE_URL: await postgres.createDatabase("idle"),
          HUB_MQTT_URL: "mqtt://127.0.0.1:9",
          HUB_SECRETS: join(folder, "hub-secrets"),
          HUB_PORT: "0",
          NODE_COMPILE_CACHE: join(folder, "hub-cache"),
        };
        // A start before it counts: it makes the tables, and leaves compiled code behind.
        await (await startHubProcess(environment, bundled)).close();
        const hub = await startHubProcess(environment, bundled);
        try {
          await fetch(`${hub.url}/health`);
          await pause(idleMs);
          return { ours: residentMb(hub.pid), peer: null };
        } finally {
          await hub.close();
        }
      }),
  };
}

function knownOf(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
