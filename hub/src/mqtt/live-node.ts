import type { Database } from "../database/database.ts";

/** The tenant of a node that may speak; `revoked`, or undefined for one that does not exist. */
export async function tenantOfNode(database: Database, node: string): Promise<number | "revoked" | undefined> {
  const row = await database.transaction({ node }, (queries) =>
    queries.first<{ tenant_id: number; revoked: boolean }>(
      "select tenant_id, revoked_at is not null as revoked from nodes where id = $1",
      [node],
    ),
  );
  return row?.revoked === true ? "revoked" : row?.tenant_id;
}
