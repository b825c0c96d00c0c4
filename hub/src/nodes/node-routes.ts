import type { Clock } from "@heatloop/core/time/clock";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { standingOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { addList } from "../web/list.ts";
import { nameSchema } from "../web/names.ts";
import { noSuch, problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { HubServer, Routes } from "../web/web.ts";
import { type NodeRow, nodeJson, nodeSchema, selectNodes } from "./node-json.ts";

type NodeParts = { readonly database: Database; readonly clock: Clock };

/** The path of one node. */
export const nodeParams = z.object({ id: askedIdSchema("a node", "/api/v1/nodes") });
/** The end of the path of one of its keys. */
export const keyParams = z.object({ key_id: askedIdSchema("a key", "/api/v1/nodes/{id}") });

const statusesShown = 20;
/** The name and the id behind which a part of the list begins. */
const placeSchema = z.tuple([z.string(), idSchema]);

const keySchema = z.object({
  id: idSchema,
  alg: z.enum(["ed25519", "hmac-sha256"]),
  public_key: z.string().nullable().describe("as base64url; null: a shared secret"),
  added_by: z.enum(["node", "person"]).nullable().describe("null: not known"),
  created_at: timeSchema,
});

const oneNodeSchema = nodeSchema.extend({
  keys: z.array(keySchema).max(2),
  statuses: z
    .array(
      z.object({ at: timeSchema, status: z.enum(["ONLINE", "OFFLINE"]), why: z.enum(["heard", "silent", "revoked"]) }),
    )
    .describe(`the last ${statusesShown} changes of its status, the newest first`),
});

/** The nodes of a tenant: shown, renamed and revoked. */
export function nodeRoutes(parts: NodeParts): Routes {
  return (app) => {
    addNodes(app, parts);
    addOne(app, parts);
    addRevoking(app, parts);
  };
}

function addNodes(app: HubServer, { database }: NodeParts): void {
  addList(app, "/api/v1/nodes", {
    needs: "viewer",
    summary: "The nodes of the organization, by name",
    item: nodeSchema,
    place: placeSchema,
    async read({ request }, { after: [name, id] = [null, null], most }) {
      const rows = await database.transaction({ tenant: standingOf(request).tenant }, (queries) =>
        queries.all<NodeRow>(
          `${selectNodes} where $1::text is null or (nodes.name, nodes.id) > ($1, $2::uuid)
           order by nodes.name, nodes.id limit $3`,
          [name, id, most],
        ),
      );
      return rows.map((row) => ({ item: nodeJson(row), place: [row.name, row.id] }));
    },
  });
}

function addOne(app: HubServer, { database }: NodeParts): void {
  app.get(
    "/api/v1/nodes/:id",
    {
      config: { needs: "viewer" },
      schema: { summary: "One node", params: nodeParams, response: { 200: oneNodeSchema, ...problemsOf(404) } },
    },
    (request) =>
      database.transaction({ tenant: standingOf(request).tenant }, (queries) => oneNode(queries, request.params.id)),
  );
  app.patch(
    "/api/v1/nodes/:id",
    {
      config: { needs: "operator" },
      schema: {
        summary: "Gives a node another name",
        params: nodeParams,
        body: z.strictObject({ name: nameSchema }),
        response: { 200: oneNodeSchema, ...problemsOf(404, 413, 415) },
      },
    },
    (request) =>
      database.transaction({ tenant: standingOf(request).tenant }, async (queries) => {
        const { id } = request.params;
        await queries.change("update nodes set name = $2 where id = $1", [id, request.body.name]);
        return oneNode(queries, id);
      }),
  );
}

function addRevoking(app: HubServer, { database, clock }: NodeParts): void {
  app.post(
    "/api/v1/nodes/:id/revoke",
    {
      config: { needs: "operator" },
      schema: {
        summary: "Takes no request of the node any more, at once; what it has sent stays",
        description:
          "Until its home comes back with a code of the node, and a new key: `POST /api/v1/nodes/{id}/claim-codes`.",
        params: nodeParams,
        response: { 200: oneNodeSchema, ...problemsOf(404) },
      },
    },
    (request) => {
      const { tenant } = standingOf(request);
      return database.transaction({ tenant }, async (queries) => {
        const { id } = request.params;
        const at = new Date(clock.now());
        // Before the node, as who comes back with one does.
        await queries.change("delete from claim_codes where returns_as = $1 and used_at is null", [id]);
        const revoked = await queries.change("update nodes set revoked_at = $2 where id = $1 and revoked_at is null", [
          id,
          at,
        ]);
        if (revoked > 0) {
          await queries.change("update node_certificates set revoked_at = $2 where node_id = $1", [id, at]);
          await setOffline(queries, { tenant, node: id, at });
        }
        return oneNode(queries, id);
      });
    },
  );
}

async function setOffline(
  queries: Queries,
  { tenant, node, at }: { readonly tenant: number; readonly node: string; readonly at: Date },
): Promise<void> {
  const changed = await queries.change(
    "update node_presence set status = 'OFFLINE' where node_id = $1 and status = 'ONLINE'",
    [node],
  );
  if (changed === 0) return;
  await queries.change(
    "insert into node_statuses (tenant_id, node_id, at, status, why) values ($1, $2, $3, 'OFFLINE', 'revoked')",
    [tenant, node, at],
  );
}

type KeyRow = {
  readonly id: string;
  readonly alg: "ed25519" | "hmac-sha256";
  readonly public_key: Buffer | null;
  readonly added_by: "node" | "person" | null;
  readonly created_at: number;
};

async function oneNode(queries: Queries, id: string): Promise<z.output<typeof oneNodeSchema>> {
  const row = await queries.first<NodeRow>(`${selectNodes} where nodes.id = $1`, [id]);
  if (row === undefined) throw noSuch("node");
  const keys = await queries.all<KeyRow>(
    "select id, alg, public_key, added_by, created_at from node_keys where node_id = $1 order by created_at, slot",
    [id],
  );
  const statuses = await queries.all<{ at: number; status: "ONLINE" | "OFFLINE"; why: "heard" | "silent" | "revoked" }>(
    "select at, status, why from node_changes where node_id = $1 order by at desc, id desc limit $2",
    [id, statusesShown],
  );
  return {
    ...nodeJson(row),
    keys: keys.map(({ public_key: x, created_at: at, ...key }) => ({
      ...key,
      public_key: x?.toString("base64url") ?? null,
      created_at: timeOf(at),
    })),
    statuses: statuses.map((change) => ({ ...change, at: timeOf(change.at) })),
  };
}
