import type { Queries } from "../database/queries.ts";

/**
 * Whether a person is the only administrator of the tenant that the transaction works for. All of them are locked, so that two who leave
 * at the same moment take turns.
 */
export async function isLastAdmin(queries: Queries, tenant: number, user: string): Promise<boolean> {
  const admins = await queries.all<{ user: string }>(
    "select user_id as user from memberships where tenant_id = $1 and role = 'admin' order by user_id for update",
    [tenant],
  );
  return admins.length === 1 && admins[0]?.user === user;
}
