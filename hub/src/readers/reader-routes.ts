import type { Clock } from "@heatloop/core/time/clock";
import { Problem } from "@heatloop/program/http/problem";
import type { Log } from "@heatloop/program/log";
import pg from "pg";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { standingOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import type { HubServer, Routes } from "../web/web.ts";
import { newReaderRole, scramVerifierOf } from "./reader-role.ts";

/** More than an organization has programs that read the database. */
const mostReaders = 5;
const connectionsOfReader = 3;
const statementTimeout = "30s";
const bodyBytes = 4 * 1024;
const tags = ["readers"];

const nameRule = "a name of 1 to 100 characters, none of which is a line break or another control character";
const nameSchema = z
  .string({ error: nameRule })
  .trim()
  .min(1, { error: nameRule })
  .max(100, { error: nameRule })
  .regex(/^\P{Cc}*$/u, { error: nameRule });
const readerSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.string().describe("the user of PostgreSQL"),
  created_at: z.iso.datetime(),
});

export type ReaderRouteParts = {
  readonly database: Database;
  /** Connected as the database's owner, who makes roles. */
  readonly owner: Database;
  readonly clock: Clock;
  readonly log: Log;
};

/** Logins of PostgreSQL for programs such as Grafana, each of which sees the telemetry of its organization alone. */
export function readerRoutes(parts: ReaderRouteParts): Routes {
  return (app) => {
    addMaking(app, parts);
    addList(app, parts);
    addRemoving(app, parts);
  };
}

function addMaking(app: HubServer, { owner, clock, log }: ReaderRouteParts): void {
  app.post(
    "/api/v1/readers",
    {
      config: { needs: "admin" },
      bodyLimit: bodyBytes,
      schema: {
        summary:
          "Makes a login of PostgreSQL that reads this organization's telemetry; the answer has its password this once",
        tags,
        body: z.strictObject({
          name: nameSchema,
        }),
        response: { 201: readerSchema.extend({ password: z.string() }), ...problemsOf(409, 413, 415) },
      },
    },
    async (request, reply) => {
      const { tenant } = standingOf(request);
      const { name } = request.body;
      const { role, password } = newReaderRole();
      const now = clock.now();
      const id = await owner.transaction({ tenant }, async (queries) => {
        // Those who make one at the same moment take turns.
        await queries.first("select pg_advisory_xact_lock($1, $2)", [readersLock, tenant]);
        const there = await queries.first<{ count: number }>(
          "select count(*)::int as count from readers where tenant_id = $1",
          [tenant],
        );
        if ((there?.count ?? 0) >= mostReaders) throw new Problem(409, `There are ${mostReaders} readers: remove one.`);
        for (const statement of statementsOfNew(role, password)) await queries.change(statement);
        const made = await queries.first<{ id: string }>(
          "insert into readers (role, tenant_id, name, created_at) values ($1, $2, $3, $4) returning id",
          [role, tenant, name, new Date(now)],
        );
        return made?.id ?? "";
      });
      log.info("a reader of the database was made", { reader: id, tenant });
      return reply.code(201).send({ id, name, role, created_at: new Date(now).toISOString(), password });
    },
  );
}

/** A number of ours that no other lock of two numbers has. */
const readersLock = 4_838_472;

function statementsOfNew(role: string, password: string): string[] {
  const name = pg.escapeIdentifier(role);
  const kept = pg.escapeLiteral(scramVerifierOf(password));
  return [
    `create role ${name} login connection limit ${connectionsOfReader} password ${kept}`,
    `grant heatloop_hub_reader to ${name}`,
    `alter role ${name} set default_transaction_read_only = on`,
    `alter role ${name} set statement_timeout = '${statementTimeout}'`,
    `alter role ${name} set search_path = hub_read`,
  ];
}

function addList(app: HubServer, { database }: ReaderRouteParts): void {
  app.get(
    "/api/v1/readers",
    {
      config: { needs: "admin" },
      schema: {
        summary: "The logins of PostgreSQL that read this organization's telemetry",
        tags,
        response: { 200: z.object({ readers: z.array(readerSchema) }), ...problemsOf() },
      },
    },
    async (request) => {
      const { tenant } = standingOf(request);
      const rows = await database.transaction({ tenant }, (queries) =>
        queries.all<{ id: string; name: string; role: string; created: number }>(
          "select id, name, role, created_at as created from readers where tenant_id = $1 order by created_at, id",
          [tenant],
        ),
      );
      const readers = rows.map(({ created, ...row }) => ({ ...row, created_at: new Date(created).toISOString() }));
      return { readers };
    },
  );
}

function addRemoving(app: HubServer, { owner, log }: ReaderRouteParts): void {
  app.delete(
    "/api/v1/readers/:id",
    {
      config: { needs: "admin" },
      schema: {
        summary: "Removes a login of PostgreSQL; one that is connected sees nothing any more",
        tags,
        params: z.object({ id: z.uuid({ error: "the id of a reader" }) }),
        response: { 204: z.undefined(), ...problemsOf(404) },
      },
    },
    async (request, reply) => {
      const { tenant } = standingOf(request);
      const { id } = request.params;
      await owner.transaction({ tenant }, async (queries) => {
        const gone = await queries.first<{ role: string }>(
          "delete from readers where id = $1 and tenant_id = $2 returning role",
          [id, tenant],
        );
        if (gone === undefined) throw new Problem(404, "There is no such reader.");
        await queries.change(`drop role if exists ${pg.escapeIdentifier(gone.role)}`);
      });
      log.info("a reader of the database was removed", { reader: id, tenant });
      return reply.code(204).send();
    },
  );
}
