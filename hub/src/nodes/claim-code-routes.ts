import { createHash, randomBytes } from "node:crypto";
import { claimCodeBytes, claimCodeOf } from "@heatloop/core/hub/claim-code";
import type { Clock } from "@heatloop/core/time/clock";
import { hourMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { standingOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { addList, behind, newestFirst } from "../web/list.ts";
import { nameSchema } from "../web/names.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { HubServer, Routes } from "../web/web.ts";

/** How long a code is good for. */
export const claimCodeLivesMs = hourMs;
/** Open ones of a tenant, so that a list of them is bounded. */
const mostOpenCodes = 200;

/** What a code is stored and looked up by; `code` in the form that it is shown in. */
export function claimCodeHash(code: string): Buffer {
  return createHash("sha256").update(code).digest();
}

const openCodeSchema = z.object({
  id: idSchema,
  name: z.string().describe("what the node will be called"),
  created_at: timeSchema,
  expires_at: timeSchema,
});

const newCodeSchema = openCodeSchema.extend({
  code: z.string().describe("for the home's settings; shown this once"),
  url: z.url().describe("the same as a link"),
  qr_svg: z.string().describe("the link as a QR code, an SVG picture"),
});

type CodeParts = { readonly database: Database; readonly clock: Clock; readonly publicUrl: string };
type CodeRow = { readonly id: string; readonly name: string; readonly created_at: number; readonly expires_at: number };

/** One-time codes by which homes become nodes. */
export function claimCodeRoutes(parts: CodeParts): Routes {
  return (app) => {
    addMaking(app, parts);
    addCodes(app, parts);
    addWithdrawing(app, parts);
  };
}

function addMaking(app: HubServer, { database, clock, publicUrl }: CodeParts): void {
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
      const { tenant } = standingOf(request);
      const code = claimCodeOf(randomBytes(claimCodeBytes));
      const now = clock.now();
      const row = await database.transaction({ tenant }, async (queries) => {
        const open = await queries.first<{ codes: number }>(
          "select count(*)::int as codes from claim_codes where used_at is null and expires_at > $1",
          [new Date(now)],
        );
        if ((open?.codes ?? 0) >= mostOpenCodes) {
          throw new Problem(409, `There are ${mostOpenCodes} open codes: use or withdraw some of them first.`);
        }
        return queries.first<CodeRow>(
          `insert into claim_codes (tenant_id, name, code_hash, created_at, expires_at) values ($1, $2, $3, $4, $5)
           returning id, name, created_at, expires_at`,
          [tenant, request.body.name, claimCodeHash(code), new Date(now), new Date(now + claimCodeLivesMs)],
        );
      });
      if (row === undefined) throw new Error("a claim code was not stored");
      const url = `${publicUrl}/#claim=${code}`;
      const { toString: qrCode } = await import("qrcode");
      const qr = await qrCode(url, { type: "svg", errorCorrectionLevel: "M" });
      return reply.code(201).send({ ...codeJson(row), code, url, qr_svg: qr });
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
          `select id, name, created_at, expires_at from claim_codes
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

function codeJson({ id, name, created_at, expires_at }: CodeRow): z.output<typeof openCodeSchema> {
  return { id, name, created_at: timeOf(created_at), expires_at: timeOf(expires_at) };
}
