import { dayMs } from "@heatloop/core/time/durations";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import type { BenchFigure } from "../figure.ts";
import { once } from "../turns.ts";
import { benchNow, benchRows, bodiesOf, type StoredHub, withHub } from "./stored-hub.ts";

const homes = 10;
const days = 7;

/** What a hub grows by, and how fast it sums days up: what `docs/hub-scale.md` calculates with. */
export function growthFigures(): readonly BenchFigure[] {
  const measured = once(() => withHub(measure));
  const figure = (name: keyof Growth): BenchFigure => ({
    name: `hub_${name}`,
    measure: async () => ({ ours: (await measured())[name], peer: null }),
  });
  return [figure("wal_bytes_per_row"), figure("summed_up_bytes_per_home_day"), figure("days_summed_up_per_s")];
}

type Growth = {
  readonly wal_bytes_per_row: number;
  readonly summed_up_bytes_per_home_day: number;
  readonly days_summed_up_per_s: number;
};

async function measure(hub: StoredHub): Promise<Growth> {
  const { minutes, lines } = benchRows(days);
  const before = await written(hub);
  for (let home = 0; home < homes; home += 1) {
    const node = await hub.newNode();
    for (const body of bodiesOf(lines)) await hub.store(node, body);
  }
  const afterRows = await written(hub);
  // When every day has been over for long.
  const now = benchNow + days * dayMs;
  const startedAt = performance.now();
  await sumUpDue({
    database: hub.database,
    owner: hub.jobs,
    log: hub.log,
    clock: { ...hub.clock, now: () => now },
    keptFrom: async () => 0,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const summedUp = await numberOf(hub, "select count(*) as n from days");
  return {
    wal_bytes_per_row: (afterRows - before) / (homes * minutes.length),
    summed_up_bytes_per_home_day: (await sizeOfSummedUp(hub)) / summedUp,
    days_summed_up_per_s: summedUp / seconds,
  };
}

/** Bytes that went into the database's log, of which backups and replicas are made. */
function written(hub: StoredHub): Promise<number> {
  return numberOf(hub, "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as n");
}

function sizeOfSummedUp(hub: StoredHub): Promise<number> {
  return numberOf(
    hub,
    `select sum(pg_total_relation_size(inhrelid)) as n from pg_inherits
      where inhparent in ('days'::regclass, 'hours'::regclass, 'quarters'::regclass)`,
  );
}

async function numberOf({ owner }: StoredHub, query: string): Promise<number> {
  return Number((await owner.query<{ n: string }>(query)).rows[0]?.n);
}
