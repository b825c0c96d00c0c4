import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { startDevice } from "@heatloop/ha-addon/device/device";
import { type Database, openDatabase } from "@heatloop/hub/database/database";
import { prepareDatabase } from "@heatloop/hub/database/prepare";
import { bodySpacesOfHeap } from "@heatloop/hub/telemetry/body-space";
import { newLoad } from "@heatloop/hub/telemetry/load";
import { minuteColumns, sqlTypes } from "@heatloop/hub/telemetry/minute-columns";
import { openPartitions } from "@heatloop/hub/telemetry/partitions";
import { type TakeTelemetry, type TelemetryParts, telemetryIntake } from "@heatloop/hub/telemetry/take-telemetry";
import { type Log, startLog } from "@heatloop/program/log";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";
import pg from "pg";
import { installedPostgres, type Postgres, startPostgres } from "../../hub-scene/postgres.ts";
import type { Measured } from "../figure.ts";
import { alternately } from "../turns.ts";

/** The days of the rows: far enough from today that none of them is a running one. */
const startAt = Date.parse("2026-01-10T00:00:00Z");
export const benchNow = startAt + 10 * dayMs;
/** A home sends at most so many rows at once. */
export const rowsAtOnce = 500;
const turns = 7;

/** A hub's database in which homes of one tenant store rows. */
export type StoredHub = {
  readonly postgres: Postgres;
  readonly ownerUrl: string;
  readonly owner: pg.Client;
  readonly database: Database;
  readonly tenant: number;
  readonly takeTelemetry: TakeTelemetry;
  /** What rows are stored with. */
  readonly telemetry: TelemetryParts;
  readonly jobs: Database;
  readonly log: Log;
  readonly clock: TelemetryParts["clock"];
  /** A new home's node. */
  newNode(): Promise<string>;
  /** Stores rows of a home (`bodiesOf`) as the hub does when they come; resolves once they are committed. */
  store(node: string, minutes: string): Promise<void>;
  close(): Promise<void>;
};

/** Starts a PostgreSQL and prepares it; rejected with a sentence where there is none. */
export async function startStoredHub(): Promise<StoredHub> {
  const bin = installedPostgres();
  if (bin === undefined) throw new Error("PostgreSQL is not installed");
  const postgres = await startPostgres({ bin });
  const ownerUrl = await postgres.createDatabase("heatloop");
  const log = startLog({ level: "error", write: (line) => process.stderr.write(line), now: Date.now });
  const url = await prepareDatabase({ url: ownerUrl, appPassword: "bench", keyFingerprint: "bench", log });
  const [database, jobs] = [openDatabase(url, log), openDatabase(ownerUrl, log, { max: 2 })];
  const owner = new pg.Client({ connectionString: ownerUrl, options: "-c search_path=hub" });
  await owner.connect();
  const made = await owner.query<{ id: number }>("insert into tenants (name) values ('bench') returning id");
  const tenant = made.rows[0]?.id ?? 0;
  const clock = { now: () => benchNow } as TelemetryParts["clock"];
  const parts: TelemetryParts = {
    database,
    partitions: openPartitions(jobs, clock),
    clock,
    keptFrom: async () => startAt,
    load: newLoad(bodySpacesOfHeap()),
  };
  const takeTelemetry = telemetryIntake(parts);
  return {
    ...{ postgres, ownerUrl, owner, database, tenant, takeTelemetry, telemetry: parts, jobs, clock, log },
    async newNode() {
      const node = await owner.query<{ id: string }>(
        "insert into nodes (tenant_id, name) values ($1, 'bench') returning id",
        [tenant],
      );
      return node.rows[0]?.id ?? "";
    },
    async store(node, minutes) {
      await takeTelemetry({ tenant, node }, telemetryOf(minutes));
    },
    async close() {
      await Promise.all([database.close(), jobs.close(), owner.end()]);
      await postgres.close();
    },
  };
}

/** The texts in which a home sends rows, so many of them in each. */
export function bodiesOf(lines: readonly string[], rows = rowsAtOnce): readonly string[] {
  return Array.from({ length: Math.ceil(lines.length / rows) }, (_, i) =>
    [minutesHeader, ...lines.slice(i * rows, (i + 1) * rows)].join("\n"),
  );
}

/** What a home sends of its only heat pump. */
export function telemetryOf(minutes: string) {
  return { devices: [{ device: "pump", time_zone: "UTC", minutes }] };
}

/** Minutes, and the lines that the program at home logs of them. */
export type BenchRows = { readonly minutes: readonly Minute[]; readonly lines: readonly string[] };

/** The rows of days of a simulated heat pump. */
export function benchRows(days: number): BenchRows {
  const zone = zoneOf("UTC") as Zone;
  const prefix = "ecodan-heatpump";
  let deliver: (topic: string, payload: string, at: number) => void = () => {};
  const wires = directWires((topic, payload, at) => deliver(topic, payload, at));
  const device = startDevice({ prefix, mqtt: { publish: async () => false }, zone: () => zone, at: startAt });
  deliver = (topic, payload, at) => device.take({ topic, payload, retained: false }, at);
  const simulation = startSimulation({ prefix, seed: 1, startAt, timeZone: zone.name, openWire: wires.open });
  const minutes: Minute[] = [];
  for (let at = startAt; at < startAt + days * dayMs; at += minuteMs) {
    simulation.advanceTo(at + minuteMs);
    minutes.push({ ...device.closeMinute(at + minuteMs), at });
  }
  return { minutes, lines: minutes.map((minute) => minuteRow(minute, zone)) };
}

/** Works with a hub that is ended afterwards. */
export async function withHub<T>(work: (hub: StoredHub) => Promise<T>): Promise<T> {
  const hub = await startStoredHub();
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}

/** Turns of both, after one that does not count. */
export async function measuredTurns(contestants: {
  readonly ours: () => Promise<number>;
  readonly peer: () => Promise<number>;
}): Promise<readonly Measured[]> {
  await alternately(1, contestants);
  return alternately(turns, contestants);
}

/** The columns of the table `minutes` for a peer's table. */
export const minuteColumnsSql = minuteColumns.map(({ name, kind }) => `${name} ${sqlTypes[kind]}`).join(", ");
