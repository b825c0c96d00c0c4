import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import type { Role } from "../web/caller.ts";
import { idSchema } from "../web/ids.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import { roleSchema } from "./schemas.ts";

/** More than anybody works for. */
const mostTenants = 200;

const tenantSchema = z.object({ id: idSchema, name: z.string(), role: roleSchema });

/** A person, as the person sees oneself. */
export const meSchema = z.object({
  id: idSchema,
  email: z.string(),
  name: z.string(),
  is_platform_admin: z.boolean(),
  has_second_factor: z.boolean(),
  tenant: tenantSchema.nullable().describe("the organization that is worked in; null until one is chosen"),
  tenants: z.array(tenantSchema).describe("all that the person works for"),
  created_at: timeSchema,
});

type TenantRow = { readonly tenant: number; readonly id: string; readonly name: string; readonly role: Role };
type UserRow = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly is_platform_admin: boolean;
  readonly has_second_factor: boolean;
  readonly created_at: number;
};

/** A person in a transaction of theirs; `chosen` is the tenant that the session works in. */
export async function meOf(queries: Queries, user: string, chosen: number | null): Promise<z.output<typeof meSchema>> {
  const row = await queries.first<UserRow>(
    `select id, email, name, is_platform_admin, created_at,
       exists (select from second_factors where user_id = users.id and confirmed_at is not null) as has_second_factor
     from users where id = $1`,
    [user],
  );
  if (row === undefined) throw new Error("a person who has signed in is not there");
  const rows = await queries.all<TenantRow>(
    `select t.id as tenant, t.public_id as id, t.name, m.role from memberships m join tenants t on t.id = m.tenant_id
     where m.user_id = $1 order by t.name, t.id limit $2`,
    [user, mostTenants],
  );
  const tenants = rows.map(({ id, name, role }) => ({ id, name, role }));
  const at = rows.findIndex(({ tenant }) => tenant === chosen);
  return { ...row, created_at: timeOf(row.created_at), tenant: tenants[at] ?? null, tenants };
}
