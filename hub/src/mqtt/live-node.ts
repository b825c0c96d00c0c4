import { z } from "zod";
import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
import { gathered } from "../database/gathered.ts";
import { transactionOfJobs } from "../database/jobs.ts";
import type { NodeOfTenant } from "../telemetry/devices.ts";
import type { HubMqtt } from "./hub-mqtt.ts";

/** The tenant of a node that may speak; `revoked`, or undefined for one that does not exist. */
export type TenantOfNode = (node: string) => Promise<number | "revoked" | undefined>;

/** By what it is known who speaks, and that a node that may not is taken off the broker. */
export type NodeGate = { readonly mqtt: Pick<HubMqtt, "disconnect">; readonly tenantOfNode: TenantOfNode };

/** Does `work` for the node that a topic is of, where there is one and it may speak. */
export async function forLiveNode(
  { mqtt, tenantOfNode }: NodeGate,
  node: string | undefined,
  work: (sender: NodeOfTenant) => Promise<unknown>,
): Promise<void> {
  if (node === undefined || !z.uuid().safeParse(node).success) return;
  const tenant = await tenantOfNode(node);
  if (tenant === undefined) return;
  if (tenant === "revoked") await mqtt.disconnect(node);
  else await work({ tenant, node });
}

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
