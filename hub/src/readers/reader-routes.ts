import type { Clock } from "@heatloop/core/time/clock";
import { Problem } from "@heatloop/program/http/problem";
import type { Log } from "@heatloop/program/log";
import pg from "pg";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { standingOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { addList, behind, newestFirst } from "../web/list.ts";
import { nameSchema } from "../web/names.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { HubServer, Routes } from "../web/web.ts";
import { newReaderRole, scramVerifierOf } from "./reader-role.ts";

/** More than an organization has programs that read the database. */
const mostReaders = 5;
const connectionsOfReader = 3;
const statementTimeout = "30s";
const bodyBytes = 4 * 1024;
const tags = ["readers"];

const readerSchema = z.object({
  id: idSchema,
  name: z.string(),
  role: z.string().describe("the user of PostgreSQL"),
  created_at: timeSchema,
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
    addReaders(app, parts);
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
      return reply.code(201).send({ id, name, role, created_at: timeOf(now), password });
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

function addReaders(app: HubServer, { database }: ReaderRouteParts): void {
  addList(app, "/api/v1/readers", {
    needs: "admin",
    summary: "The logins of PostgreSQL that read this organization's telemetry, the newest first",
    tags,
    item: readerSchema,
    place: newestFirst,
    async read({ request }, { after, most }) {
      const { tenant } = standingOf(request);
      const rows = await database.transaction({ tenant }, (queries) =>
        queries.all<{ id: string; name: string; role: string; created_at: number }>(
          `select id, name, role, created_at from readers
           where tenant_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
           order by created_at desc, id desc limit $4`,
          [tenant, ...behind(after), most],
        ),
      );
      return rows.map((row) => ({
        item: { ...row, created_at: timeOf(row.created_at) },
        place: [row.created_at, row.id],
      }));
    },
  });
}

function addRemoving(app: HubServer, { owner, log }: ReaderRouteParts): void {
  app.delete(
    "/api/v1/readers/:id",
    {
      config: { needs: "admin" },
      schema: {
        summary: "Removes a login of PostgreSQL; one that is connected sees nothing any more",
        tags,
        params: z.object({ id: askedIdSchema("a reader", "/api/v1/readers") }),
        response: { 204: nothing, ...problemsOf(404) },
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
        if (gone === undefined) throw noSuch("reader");
        await queries.change(`drop role if exists ${pg.escapeIdentifier(gone.role)}`);
      });
      log.info("a reader of the database was removed", { reader: id, tenant });
      return reply.code(204).send();
    },
  );
}
