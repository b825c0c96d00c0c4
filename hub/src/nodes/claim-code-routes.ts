import type { Log } from "@heatloop/program/log";
import { z } from "zod";
import { callerOf, standingOf } from "../web/caller.ts";
import { askedIdSchema } from "../web/ids.ts";
import { addList, behind, newestFirst } from "../web/list.ts";
import { nameSchema } from "../web/names.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import type { HubServer, Routes } from "../web/web.ts";
import {
  type CodeParts,
  type CodeRow,
  codeColumns,
  codeJson,
  mostOpenCodes,
  newClaimCode,
  newCodeSchema,
  openCodeSchema,
} from "./new-claim-code.ts";
import { nodeParams } from "./node-routes.ts";

/** One-time codes by which homes become nodes. */
export function claimCodeRoutes(parts: CodeParts & { readonly log: Log }): Routes {
  return (app) => {
    addMaking(app, parts);
    addReturning(app, parts);
    addCodes(app, parts);
    addWithdrawing(app, parts);
  };
}

function addMaking(app: HubServer, parts: CodeParts): void {
  app.post(
    "/api/v1/claim-codes",
    {
      config: { needs: "operator" },
      schema: {
        summary: "Makes a one-time code by which a home becomes a node; it is good for an hour and shown this once",
        body: z.strictObject({ name: nameSchema }),
        response: { 201: newCodeSchema, ...problemsOf(409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { name } = request.body;
      const code = await newClaimCode(parts, standingOf(request).tenant, () => ({ name, returnsAs: null }));
      return reply.code(201).send(code);
    },
  );
}

function addReturning(app: HubServer, { log, ...parts }: CodeParts & { readonly log: Log }): void {
  app.post(
    "/api/v1/nodes/:id/claim-codes",
    {
      config: { needs: "operator" },
      schema: {
        summary:
          "Makes a one-time code by which a home that has lost its key, or a new machine, comes back as this node",
        description:
          "Used like any code. The node goes on under its id, with all that it has sent and with the new key alone: its keys and " +
          "certificates of before open nothing any more. One that was revoked is taken again then.",
        params: nodeParams,
        response: { 201: newCodeSchema, ...problemsOf(404, 409) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { tenant } = standingOf(request);
      const code = await newClaimCode(parts, tenant, async (queries) => {
        const node = await queries.first<{ name: string }>("select name from nodes where id = $1", [id]);
        if (node === undefined) throw noSuch("node");
        return { name: node.name, returnsAs: id };
      });
      const caller = callerOf(request);
      const by = caller.kind === "person" ? caller.user : caller.kind;
      log.info("a code was made by which a home can come back as a node", { node: id, by });
      return reply.code(201).send(code);
    },
  );
}

function addCodes(app: HubServer, { database, clock }: CodeParts): void {
  addList(app, "/api/v1/claim-codes", {
    needs: "operator",
    summary: `The codes that can be used still, the newest first; there are at most ${mostOpenCodes}`,
    item: openCodeSchema,
    place: newestFirst,
    async read({ request }, { after, most }) {
      const rows = await database.transaction({ tenant: standingOf(request).tenant }, (queries) =>
        queries.all<CodeRow>(
          `select ${codeColumns} from claim_codes
           where used_at is null and expires_at > $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
           order by created_at desc, id desc limit $4`,
          [new Date(clock.now()), ...behind(after), most],
        ),
      );
      return rows.map((row) => ({ item: codeJson(row), place: [row.created_at, row.id] }));
    },
  });
}

function addWithdrawing(app: HubServer, { database }: CodeParts): void {
  app.delete(
    "/api/v1/claim-codes/:id",
    {
      config: { needs: "operator" },
      schema: {
        summary: "Withdraws a code that was not used",
        params: z.object({ id: askedIdSchema("a code", "/api/v1/claim-codes") }),
        response: { 204: nothing, ...problemsOf(404) },
      },
    },
    async (request, reply) => {
      const { tenant } = standingOf(request);
      const withdrawn = await database.transaction({ tenant }, (queries) =>
        queries.change("delete from claim_codes where id = $1 and used_at is null", [request.params.id]),
      );
      if (withdrawn === 0) throw noSuch("code that can be used still");
      return reply.code(204).send();
    },
  );
}
