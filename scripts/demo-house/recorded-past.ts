import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";

/** A value that an entity had from a time on (ms since the epoch). */
export type PastState = { readonly at: number; readonly state: string };
/** The past of an entity, in the order of time; `mean`: its statistics are means, as those of temperatures. */
export type Past = {
  readonly entityId: string;
  readonly states: readonly PastState[];
  /** `unitClass`: of what can be converted, as in Home Assistant's util/unit_conversion.py. */
  readonly mean: { readonly unit: string | null; readonly unitClass: string | null } | undefined;
};

const fiveMinutesMs = 5 * minuteMs;

/**
 * Writes into the database of a Home Assistant of this machine what its recorder would have kept, had it run before:
 * states of the last days, their means of 5 minutes, and those of an hour from the beginning. For demo and pictures only: it
 * knows the recorder's tables of 2026. Entities that it has not recorded yet are left out.
 */
export function recordPast(folder: string, pasts: readonly Past[], now: number, statesDays: number): void {
  const database = new DatabaseSync(join(folder, "home-assistant_v2.db"), { timeout: 20_000 });
  const statesFrom = now - statesDays * 24 * hourMs;
  const metadataOf = database.prepare(
    "SELECT m.metadata_id AS id, s.attributes_id AS attributes FROM states_meta m JOIN states s USING (metadata_id) WHERE m.entity_id = ? ORDER BY s.state_id LIMIT 1",
  );
  const addState = database.prepare(
    "INSERT INTO states (state, attributes_id, metadata_id, last_updated_ts, origin_idx, context_id_bin) VALUES (?, ?, ?, ?, 0, zeroblob(16))",
  );
  const addMeta = database.prepare(
    "INSERT INTO statistics_meta (statistic_id, source, unit_of_measurement, unit_class, has_mean, has_sum, mean_type) VALUES (?, 'recorder', ?, ?, 1, 0, 1) ON CONFLICT DO NOTHING",
  );
  const metaOf = database.prepare("SELECT id FROM statistics_meta WHERE statistic_id = ?");
  const add = (table: string) =>
    database.prepare(
      `INSERT INTO ${table} (created_ts, metadata_id, start_ts, mean, min, max) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
  const tables = [
    { insert: add("statistics_short_term"), periodMs: fiveMinutesMs, from: statesFrom },
    { insert: add("statistics"), periodMs: hourMs, from: 0 },
  ];
  database.exec("BEGIN IMMEDIATE");
  for (const { entityId, states, mean } of pasts) {
    const known = metadataOf.get(entityId) as { id: number; attributes: number } | undefined;
    if (known === undefined) continue;
    for (const { at, state } of states) {
      if (at >= statesFrom && at < now) addState.run(state, known.attributes, known.id, at / secondMs);
    }
    if (mean === undefined) continue;
    addMeta.run(entityId, mean.unit, mean.unitClass);
    const { id } = metaOf.get(entityId) as { id: number };
    for (const { insert, periodMs, from } of tables) {
      for (const [start, values] of periodsOf(states, periodMs)) {
        if (start < from || start + periodMs > now) continue;
        const sum = values.reduce((total, value) => total + value, 0);
        insert.run(now / secondMs, id, start / secondMs, sum / values.length, Math.min(...values), Math.max(...values));
      }
    }
  }
  database.exec("COMMIT");
  database.close();
}

function periodsOf(states: readonly PastState[], periodMs: number): ReadonlyMap<number, readonly number[]> {
  const periods = new Map<number, number[]>();
  for (const { at, state } of states) {
    const value = Number(state);
    if (state === "" || !Number.isFinite(value)) continue;
    const start = Math.floor(at / periodMs) * periodMs;
    const values = periods.get(start);
    if (values === undefined) periods.set(start, [value]);
    else values.push(value);
  }
  return periods;
}
