import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
import { gathered } from "../database/gathered.ts";
import { transactionOfJobs } from "../database/jobs.ts";

/** The tenant of a node that may speak; `revoked`, or undefined for one that does not exist. */
export type TenantOfNode = (node: string) => Promise<number | "revoked" | undefined>;

const mostAtOnce = 200;

/** Looks nodes up as they are now, those of several messages at once; `owner` is of the database's owner. */
export function nodeLookUp(owner: Database): TenantOfNode {
  const rules = { groupOf: () => 0, weightOf: () => 1, most: mostAtOnce, atOnce: 1, failsAll: isAway };
  return gathered(rules, async (nodes: readonly string[]) => {
    const rows = await transactionOfJobs(owner, (queries) =>
      queries.all<{ id: string; tenant_id: number; revoked: boolean }>(
        "select id, tenant_id, revoked_at is not null as revoked from nodes where id = any ($1::uuid[])",
        [nodes],
      ),
    );
    const found = new Map(rows.map((row) => [row.id, row.revoked ? ("revoked" as const) : row.tenant_id]));
    return nodes.map((node) => found.get(node.toLowerCase()));
  });
}
