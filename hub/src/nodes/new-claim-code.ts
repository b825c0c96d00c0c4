import { createHash, randomBytes } from "node:crypto";
import { claimCodeBytes, claimCodeOf } from "@heatloop/core/hub/claim-code";
import type { Clock } from "@heatloop/core/time/clock";
import { hourMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { idSchema } from "../web/ids.ts";
import { timeOf, timeSchema } from "../web/times.ts";

/** How long a code is good for. */
export const claimCodeLivesMs = hourMs;
/** Open ones of a tenant, so that a list of them is bounded. */
export const mostOpenCodes = 200;

/** What a code is stored and looked up by; `code` in the form that it is shown in. */
export function claimCodeHash(code: string): Buffer {
  return createHash("sha256").update(code).digest();
}

/** A code that can be used still, without itself. */
export const openCodeSchema = z.object({
  id: idSchema,
  name: z.string().describe("what the node is or will be called"),
  node_id: idSchema.nullable().describe("the node that the home comes back as; null: it becomes a new one"),
  created_at: timeSchema,
  expires_at: timeSchema,
});

export const newCodeSchema = openCodeSchema.extend({
  code: z.string().describe("for the home's settings; shown this once"),
  url: z.url().describe("the same as a link"),
  qr_svg: z.string().describe("the link as a QR code, an SVG picture"),
});

export type CodeParts = { readonly database: Database; readonly clock: Clock; readonly publicUrl: string };

/** A row of `codeColumns`. */
export type CodeRow = {
  readonly id: string;
  readonly name: string;
  readonly returns_as: string | null;
  readonly created_at: number;
  readonly expires_at: number;
};
export const codeColumns = "id, name, returns_as, created_at, expires_at";

/** For whom a code is: what the new node will be called, or the node that the home comes back as. */
export type CodeFor = { readonly name: string; readonly returnsAs: string | null };

/**
 * Makes a code of a tenant and answers it. `forWhom` is asked within the transaction, and throws the problem of a node that is none.
 */
export async function newClaimCode(
  { database, clock, publicUrl }: CodeParts,
  tenant: number,
  forWhom: (queries: Queries) => CodeFor | Promise<CodeFor>,
): Promise<z.output<typeof newCodeSchema>> {
  const code = claimCodeOf(randomBytes(claimCodeBytes));
  const now = clock.now();
  const row = await database.transaction({ tenant }, async (queries) => {
    const { name, returnsAs } = await forWhom(queries);
    await refuseMany(queries, now);
    return queries.first<CodeRow>(
      `insert into claim_codes (tenant_id, name, returns_as, code_hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)
       returning ${codeColumns}`,
      [tenant, name, returnsAs, claimCodeHash(code), new Date(now), new Date(now + claimCodeLivesMs)],
    );
  });
  if (row === undefined) throw new Error("a claim code was not stored");
  const url = `${publicUrl}/#claim=${code}`;
  const { toString: qrCode } = await import("qrcode");
  const qr = await qrCode(url, { type: "svg", errorCorrectionLevel: "M" });
  return { ...codeJson(row), code, url, qr_svg: qr };
}

async function refuseMany(queries: Queries, now: number): Promise<void> {
  const open = await queries.first<{ codes: number }>(
    "select count(*)::int as codes from claim_codes where used_at is null and expires_at > $1",
    [new Date(now)],
  );
  if ((open?.codes ?? 0) >= mostOpenCodes) {
    throw new Problem(409, `There are ${mostOpenCodes} open codes: use or withdraw some of them first.`);
  }
}

export function codeJson({ returns_as: node, created_at: at, expires_at: until, ...row }: CodeRow) {
  return { ...row, node_id: node, created_at: timeOf(at), expires_at: timeOf(until) };
}
