import type { Queries } from "../database/queries.ts";
import { noSuch } from "../web/problems.ts";

/** Throws the 404 that any other id gets too where the tenant has no such node. */
export async function findNode(queries: Queries, node: string): Promise<void> {
  const found = await queries.first("select id from nodes where id = $1", [node]);
  if (found === undefined) throw noSuch("node");
}
