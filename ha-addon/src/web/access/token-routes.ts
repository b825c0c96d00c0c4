import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { KeptToken } from "../../access/access-file.ts";
import { tokenScopes } from "../../access/credential.ts";
import { mostTokens } from "../../access/token.ts";
import type { WebParts, WebServer } from "../parts.ts";
import { problems, problemsOf } from "../problem.ts";
import { accountRoute } from "./route-access.ts";
import { notWritten, refuseUnderIngress } from "./session-routes.ts";

const instant = z.string().describe("ISO 8601 with the offset of the local time zone");
const nameRule = "a text of 1 to 100 characters on one line";
const name = z
  .string({ error: nameRule })
  .trim()
  .min(1, { error: nameRule })
  .max(100, { error: nameRule })
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), { error: nameRule });

const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(tokenScopes).describe("read: sees everything; write: changes things too"),
  created: instant,
  last_used: instant.nullable(),
});
const newTokenSchema = tokenSchema.extend({ token: z.string().describe("shown this once; send it as Bearer") });

const tags = ["access"];

/** API tokens, for programs: `Authorization: Bearer ...`. */
export function tokenRoutes(app: WebServer, parts: WebParts): void {
  const { access, view } = parts;
  const json = ({ id, name, scope, created, last_used: used }: KeptToken): z.output<typeof tokenSchema> => {
    const zone = view.zone();
    return { id, name, scope, created: zone.isoOf(created), last_used: used === null ? null : zone.isoOf(used) };
  };
  app.get(
    "/api/tokens",
    {
      config: accountRoute,
      schema: {
        summary: "The API tokens that there are",
        tags,
        response: { 200: z.array(tokenSchema), ...problems, ...problemsOf(409) },
      },
    },
    async () => {
      refuseUnderIngress(parts);
      return access.tokens().map(json);
    },
  );
  app.post(
    "/api/tokens",
    {
      config: accountRoute,
      bodyLimit: 8 * 1024,
      schema: {
        summary: "Makes an API token for a program; the answer is the only one that has its text",
        tags,
        body: z.strictObject({ name, scope: z.enum(tokenScopes) }),
        response: { 201: newTokenSchema, ...problems, ...problemsOf(409, 413, 415) },
      },
    },
    async (request, reply) => {
      refuseUnderIngress(parts);
      if (!access.isPasswordSet()) throw new Problem(409, "Set a password first, with PUT /api/password.");
      const { name, scope } = request.body;
      const made = await access
        .addToken(name, scope)
        .catch((error: unknown) => notWritten(parts, error, "No token was made"));
      if (made === undefined) throw new Problem(409, `There are ${mostTokens} tokens: revoke one that is not used.`);
      return reply.code(201).send({ ...json(made.token), token: made.secret });
    },
  );
  revocationRoute(app, parts);
}

function revocationRoute(app: WebServer, parts: WebParts): void {
  app.delete(
    "/api/tokens/:id",
    {
      config: accountRoute,
      schema: {
        summary: "Revokes an API token: it ends at once, also for open websockets",
        tags,
        params: z.object({ id: z.string().describe("as in /api/tokens") }),
        response: { 204: z.null().describe("it has ended"), ...problems, ...problemsOf(404, 409, 414) },
      },
    },
    async (request, reply) => {
      refuseUnderIngress(parts);
      const isRevoked = await parts.access
        .removeToken(request.params.id)
        .catch((error: unknown) => notWritten(parts, error, "The token has ended until Heatloop starts again"));
      if (!isRevoked) throw new Problem(404, "There is no such token.");
      return reply.code(204).send(null);
    },
  );
}
