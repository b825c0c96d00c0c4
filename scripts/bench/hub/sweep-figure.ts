import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { sweepNodes } from "@heatloop/hub/nodes/sweep";
import type { BenchFigure } from "../figure.ts";
import { measuredTurns, type StoredHub, withHub } from "./stored-hub.ts";

const nodes = 100_000;
const silent = 1_000;
/** Within a minute, at whose beginning the sweep removes what is out of date as well. */
const now = Date.parse("2026-01-20T12:00:30Z");

/** Makes 1,000 of 100,000 nodes OFFLINE, against counting those that are ONLINE by their index alone. */
export const sweepFigure: BenchFigure = {
  name: "hub_sweep_ms",
  against: "count of the nodes that are ONLINE, by the index that has only them",
  goal: { of: "ratio", is: "<=", limit: 2 },
  measure: () =>
    withHub(async (hub) => {
      await addNodes(hub);
      const millisecondsOf = async (work: () => Promise<unknown>) => {
        const startedAt = performance.now();
        await work();
        return performance.now() - startedAt;
      };
      return measuredTurns({
        async ours() {
          await allHeard(hub);
          return millisecondsOf(async () => {
            const gone = await sweepNodes(hub.jobs, now);
            if (gone !== silent) throw new Error(`${gone} nodes fell silent, not ${silent}`);
          });
        },
        async peer() {
          await allHeard(hub);
          return millisecondsOf(() => hub.owner.query("select count(*) from node_presence where status = 'ONLINE'"));
        },
      });
    }),
};

async function addNodes({ owner, tenant }: StoredHub): Promise<void> {
  await owner.query(`insert into nodes (tenant_id, name) select $1, n::text from generate_series(1, ${nodes}) as n`, [
    tenant,
  ]);
  await owner.query(
    `insert into node_presence (tenant_id, node_id, status, last_seen_at) select tenant_id, id, 'ONLINE', $1 from nodes`,
    [new Date(now)],
  );
}

/** All were heard just now, but for some; hubs have swept all the time. */
async function allHeard({ owner }: StoredHub): Promise<void> {
  await owner.query("update node_presence set status = 'ONLINE', last_seen_at = $1", [new Date(now - secondMs)]);
  const some = `select node_id from node_presence order by node_id limit ${silent}`;
  await owner.query(`update node_presence set last_seen_at = $1 where node_id in (${some})`, [
    new Date(now - 6 * minuteMs),
  ]);
  await owner.query("update node_sweep set swept_at = $1, hearing_since = 'epoch'", [new Date(now - 5 * secondMs)]);
  // As the database's own upkeep does after such a change.
  await owner.query("vacuum analyze node_presence");
}
