import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import { idSchema } from "../web/ids.ts";

/** Another heat pump of the tenant that says it is the same one, at another node. */
export const otherClaimSchema = z.object({ device_id: idSchema, node_id: idSchema, home_id: z.string() });

type OtherClaim = z.output<typeof otherClaimSchema>;

/** Of heat pumps, by their numbers, those of other nodes that have the same identity; none whose history was moved on between them. */
export async function otherClaims(
  queries: Queries,
  devices: readonly number[],
): Promise<ReadonlyMap<number, readonly OtherClaim[]>> {
  const rows = await queries.all<OtherClaim & { id: number }>(
    `select own.id, other.public_id as device_id, other.node_id, other.home_id
      from devices own join devices other on other.tenant_id = own.tenant_id and other.identity = own.identity
        and other.node_id <> own.node_id and other.continued_as is distinct from own.id
        and own.continued_as is distinct from other.id
      where own.id = any ($1::int[]) order by other.public_id limit 1000`,
    [devices],
  );
  const claims = rows.map(({ id, ...claim }) => ({ id, claim }));
  return new Map([...Map.groupBy(claims, ({ id }) => id)].map(([id, of]) => [id, of.map(({ claim }) => claim)]));
}
