import type { IncomingMessage, ServerResponse } from "node:http";
import fastifySwagger from "@fastify/swagger";
import { secondMs } from "@heatloop/core/time/durations";
import { takeJsonBodies } from "@heatloop/program/http/json-bodies";
import { badRequest } from "@heatloop/program/http/problem";
import type { Log } from "@heatloop/program/log";
import { check } from "@heatloop/program/mistakes";
import Fastify, { type FastifyInstance, type FastifyRequest, type RawServerDefault } from "fastify";
import { jsonSchemaTransform, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import { admit, type Caller, rememberCaller } from "./caller.ts";
import { type Cursors, cursorsOf } from "./cursor.ts";
import { answerBadAddress, answerProblems } from "./problems.ts";

/** The server with the checks, types and documentation that zod's schemas are. */
export type HubServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyInstance["log"],
  ZodTypeProvider
>;

declare module "fastify" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface adds to one of fastify's.
  interface FastifyInstance {
    cursors: Cursors;
  }
}

/** Adds routes to the server. */
export type Routes = (app: HubServer) => void;

/** Finds out who makes a request by one kind of proof; undefined where the request has none of that kind. Throws a `Problem` for a proof that does not hold. */
export type Recognize = (request: FastifyRequest) => Promise<Caller | undefined>;

export type HubWebParts = {
  readonly routes: readonly Routes[];
  readonly recognize: readonly Recognize[];
  readonly secrets: { readonly keyFor: (purpose: string) => Buffer };
  readonly version: string;
  readonly log: Log;
};

const largestBodyBytes = 128 * 1024;

const securityHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
};

/**
 * The one address of a websocket. Whatever else asks to be upgraded is answered as if it had not asked, which HTTP allows: some
 * clients offer HTTP/2 so with their first request.
 */
export const livePath = "/api/v1/live";

/** Whether a request becomes a websocket where it is let in. */
export function isForWebsocket({ method, url, headers: { upgrade } }: IncomingMessage): boolean {
  return method === "GET" && upgrade?.toLowerCase() === "websocket" && url?.split("?", 1)[0] === livePath;
}

/** Never called, as both compilers are set; but where there is one, Fastify does not load its own. */
function noCompiler(): never {
  throw new Error("no compiler was set");
}

/** The API and its documentation, ready to listen. Throws where a route does not say whom it is for. */
export function buildHubWeb({ routes, recognize, secrets, version, log }: HubWebParts): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: largestBodyBytes,
    forceCloseConnections: true,
    return503OnClosing: false,
    requestTimeout: 60 * secondMs,
    http: { shouldUpgradeCallback: isForWebsocket },
    frameworkErrors: (error, _request, reply) => answerBadAddress(error, reply.headers(securityHeaders)),
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
  }).withTypeProvider<ZodTypeProvider>();
  takeJsonBodies(app);
  app.decorate("cursors", cursorsOf(secrets));
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (input) => {
    const checked = check(schema, input);
    return checked.ok ? { value: checked.value } : { error: badRequest(checked.mistakes) };
  });
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  admitCallers(app, recognize);
  answerProblems(app, log);
  app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Heatloop hub", version, description: "Many homes in one place." },
    },
    transform: jsonSchemaTransform,
  });
  app.register((scope, _options, done) => {
    for (const add of routes) add(scope.withTypeProvider<ZodTypeProvider>());
    done();
  });
  return app;
}

/** Finds out who makes each request, and lets in whom its route is for, before its body is read. */
function admitCallers(app: FastifyInstance, recognize: readonly Recognize[]): void {
  app.addHook("onRoute", ({ url, method, config }) => {
    if (config?.needs === undefined) throw new Error(`the route ${method} ${url} does not say whom it is for`);
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders);
    const needs = request.routeOptions.config.needs ?? "nobody";
    const caller = await recognized(request, recognize);
    rememberCaller(request, caller);
    admit(caller, needs);
  });
}

async function recognized(request: FastifyRequest, recognize: readonly Recognize[]): Promise<Caller> {
  for (const each of recognize) {
    const caller = await each(request);
    if (caller !== undefined) return caller;
  }
  return { kind: "nobody" };
}
