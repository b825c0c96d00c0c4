import { certificatePath } from "@heatloop/core/hub/node-paths";
import type { Clock } from "@heatloop/core/time/clock";
import { hourMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { transactionOfJobs } from "../database/jobs.ts";
import type { Queries } from "../database/queries.ts";
import { nodeOf } from "../web/caller.ts";
import { problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { HubServer, Routes } from "../web/web.ts";
import type { NodeCa } from "./node-ca.ts";
import { publicKeySchema } from "./node-key.ts";
import { lockKeys } from "./node-keys.ts";

/** Of a node at one time; a home that the broker refuses asks for one each hour of their thirty days. */
const mostCertificates = 1_000;

/** The broker as nodes reach it. */
export type NodesBroker = {
  readonly url: string;
  /** Of whom its own certificate is, as PEM; undefined: of an authority that every machine knows. */
  readonly ca: string | undefined;
};

type CertificateParts = {
  readonly database: Database;
  /** Connected as the database's owner. */
  readonly owner: Database;
  readonly clock: Clock;
  /** Makes it when it is first asked for. */
  readonly ca: () => Promise<NodeCa>;
  /** undefined: nodes have none. */
  readonly broker: NodesBroker | undefined;
};

/** The certificates by which the broker knows nodes, and what the broker needs to check them. */
export function certificateRoutes(parts: CertificateParts): Routes {
  return (app) => {
    addIssuing(app, parts);
    addForBroker(app, parts);
  };
}

function addIssuing(app: HubServer, { database, clock, ca, broker }: CertificateParts): void {
  app.post(
    certificatePath,
    {
      config: { needs: "node" },
      schema: {
        summary: "A certificate for the broker, of a key that the node has made for it",
        body: z.object({ public_key: publicKeySchema }),
        response: {
          201: z.object({
            url: z.string().describe("the broker"),
            broker_ca: z.string().nullable().describe("PEM; null: its certificate is of an authority that all know"),
            certificate: z.string().describe("PEM; its common name is the node's id"),
            expires_at: timeSchema,
          }),
          ...problemsOf(404, 413, 415, 429),
        },
      },
    },
    async (request, reply) => {
      const { node, tenant, key } = nodeOf(request);
      if (broker === undefined) throw new Problem(404, "This hub has no broker for nodes.");
      const { certificate, serial, expiresAt } = await (await ca()).issue(node, request.body.public_key, clock.now());
      await database.transaction({ node, tenant }, async (queries) => {
        await lockKeys(queries, node, key);
        await refuseMany(queries, node, clock.now());
        await queries.change(
          "insert into node_certificates (serial, tenant_id, node_id, key_id, expires_at) values ($1, $2, $3, $4, $5)",
          [serial, tenant, node, key, new Date(expiresAt)],
        );
      });
      const { url, ca: brokerCa = null } = broker;
      return reply.code(201).send({ url, broker_ca: brokerCa, certificate, expires_at: timeOf(expiresAt) });
    },
  );
}

const pem = "application/x-pem-file";
const pemAnswer = { description: "PEM", content: { [pem]: { schema: z.string() } } };

function addForBroker(app: HubServer, { owner, clock, ca }: CertificateParts): void {
  const signed = listSigner(ca);
  app.get(
    "/api/v1/broker/node-ca.pem",
    {
      config: { needs: "nobody" },
      schema: {
        summary: "The authority of the nodes' certificates, for the broker",
        response: { 200: pemAnswer, ...problemsOf() },
      },
    },
    async (_request, reply) => reply.type(pem).send((await ca()).certificate),
  );
  app.get(
    "/api/v1/broker/node-crl.pem",
    {
      config: { needs: "nobody" },
      schema: {
        summary:
          "The certificates of nodes that were revoked and of keys that were removed, for the broker; good for a week, and for an hour the same where none is revoked",
        response: { 200: pemAnswer, ...problemsOf() },
      },
    },
    async (_request, reply) => {
      const revoked = await transactionOfJobs(owner, (queries) =>
        queries.all<Revoked>(
          "select serial, revoked_at as at from node_certificates where revoked_at is not null order by serial",
        ),
      );
      return reply.type(pem).send(await signed(revoked, hourOf(clock.now())));
    },
  );
}

async function refuseMany(queries: Queries, node: string, now: number): Promise<void> {
  const live = await queries.first<{ certificates: number }>(
    "select count(*)::int as certificates from node_certificates where node_id = $1 and expires_at > $2",
    [node, new Date(now)],
  );
  if ((live?.certificates ?? 0) < mostCertificates) return;
  throw new Problem(429, `The node has ${mostCertificates} certificates that are good: use one of them.`);
}

type Revoked = { readonly serial: string; readonly at: number };

/** Signs a list once, however many ask for it. */
function listSigner(ca: () => Promise<NodeCa>): (revoked: readonly Revoked[], at: number) => Promise<string> {
  let last: { readonly of: string; readonly list: string } | undefined;
  return async (revoked, at) => {
    const of = JSON.stringify([revoked, at]);
    if (last?.of !== of) last = { of, list: await (await ca()).revocations(revoked, at) };
    return last.list;
  };
}

/** A list of the same certificates is the same text of every hub, so that a broker reads it again only where it has to. */
function hourOf(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}
